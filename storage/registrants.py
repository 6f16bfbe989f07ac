"""Queries for lists and counts of those who registered, as organisers see them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy
from sqlmodel import Session, case, col, func, select

from storage.tables import (
    Attendance,
    Cluster,
    Partnership,
    Person,
    Registration,
    RegistrationStatus,
)

_ACTIVE = (RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registrant:
    """`place` is the one in line, counted from 1, of those who wait. What somebody has not said is empty.

    `came`: they were seen to come, or said that they did.
    """

    name: str
    status: RegistrationStatus
    place: int | None
    company: str
    country: str
    cluster: str
    partnership: str
    came: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """So many of this status in this webinar come from there. None and empty: they have not said."""

    webinar_id: int
    status: RegistrationStatus
    cluster_id: str | None
    country: str
    number: int


def of_webinar(session: Session, webinar_id: int, *, limit: int | None = None, offset: int = 0) -> list[Registrant]:
    """Those with a seat, then those in line, each in the order in which they came. The forgotten have no name."""
    waits = col(Registration.status) == RegistrationStatus.WAITLISTED
    query = (
        select(Person, Registration)
        .join(Registration, col(Registration.person_id) == col(Person.id))
        .where(
            Registration.webinar_id == webinar_id,
            col(Registration.status).in_(_ACTIVE),
            col(Person.erased_at).is_(None),
        )
        .order_by(case((waits, 1), else_=0), col(Registration.queue_number))
        .limit(limit)
        .offset(offset)
    )
    places = {person_id: place for place, person_id in enumerate(_line(session, webinar_id), start=1)}
    clusters, came = _clusters(session), _who_came(session, webinar_id)
    return [
        _registrant(person, registration, places.get(person.id), clusters, came=person.id in came)
        for person, registration in session.exec(query)
    ]


def _who_came(session: Session, webinar_id: int) -> frozenset[int]:
    return frozenset(session.exec(select(Attendance.person_id).where(Attendance.webinar_id == webinar_id)))


def _registrant(
    person: Person,
    registration: Registration,
    place: int | None,
    clusters: Mapping[str | None, tuple[str, str]],
    *,
    came: bool,
) -> Registrant:
    cluster, partnership = clusters.get(person.cluster_id, ("", ""))
    return Registrant(
        name=person.name,
        status=registration.status,
        place=place,
        company=person.company,
        country=person.country,
        cluster=cluster,
        partnership=partnership,
        came=came,
    )


def _clusters(session: Session) -> dict[str | None, tuple[str, str]]:
    """Their names with those of their partnerships, by id."""
    query = select(Cluster.id, Cluster.name, Partnership.short_name).join(
        Partnership, col(Partnership.id) == Cluster.partnership_id
    )
    return {cluster_id: (name, partnership) for cluster_id, name, partnership in session.exec(query)}


def _line(session: Session, webinar_id: int) -> list[int]:
    query = select(Registration.person_id).where(
        Registration.webinar_id == webinar_id, Registration.status == RegistrationStatus.WAITLISTED
    )
    return list(session.exec(query.order_by(col(Registration.queue_number))))


def count_forgotten(session: Session, webinar_id: int) -> int:
    query = (
        select(func.count())
        .select_from(Registration)
        .join(Person, col(Person.id) == Registration.person_id)
        .where(
            Registration.webinar_id == webinar_id,
            col(Registration.status).in_(_ACTIVE),
            col(Person.erased_at).is_not(None),
        )
    )
    return session.exec(query).one()


def origins(session: Session, webinar_ids: Collection[int]) -> list[Origin]:
    """Where all of them come from, the forgotten too."""
    each = (col(Registration.webinar_id), col(Registration.status), col(Person.cluster_id), col(Person.country))
    query = (
        sqlalchemy.select(*each, func.count())
        .join(Person, col(Person.id) == Registration.person_id)
        .where(col(Registration.webinar_id).in_(webinar_ids), col(Registration.status).in_(_ACTIVE))
        .group_by(*each)
    )
    return [Origin(*row) for row in session.connection().execute(query)]
