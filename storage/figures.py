"""What is counted of webinars: of the living from their rows, of the erased from what was kept of them."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy
from sqlalchemy import ColumnElement, CompoundSelect, Select, String, cast, literal
from sqlmodel import Session, and_, case, col, func, or_, select, union

from storage import circles
from storage.tables import (
    Attendance,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Feedback,
    HostState,
    Measure,
    Person,
    Registration,
    RegistrationStatus,
    Tally,
    Webinar,
    WebinarHost,
    WebinarStatus,
)

_COUNTS = and_(col(Webinar.status) == WebinarStatus.PUBLISHED, circles.public())


@dataclass(frozen=True, slots=True)
class Origin:
    """What is counted, of which webinar, and where the people come from; empty: they have not said."""

    webinar_id: int
    measure: Measure
    cluster_id: str
    country: str


def held(
    session: Session,
    *,
    since: datetime | None,
    until: datetime | None,
    partnership_id: str | None,
    now: datetime,
) -> list[Webinar]:
    """Webinars that have begun in this time and took place, earliest first; with a partnership those it hosted."""
    query = select(Webinar).where(_COUNTS, col(Webinar.starts_at) <= now)
    if since is not None:
        query = query.where(col(Webinar.starts_at) >= since)
    if until is not None:
        query = query.where(col(Webinar.starts_at) < until)
    if partnership_id is not None:
        hosted = select(WebinarHost.webinar_id).where(
            WebinarHost.partnership_id == partnership_id, WebinarHost.state == HostState.ACCEPTED
        )
        query = query.where(col(Webinar.id).in_(hosted))
    return list(session.exec(query.order_by(col(Webinar.starts_at), col(Webinar.id))))


def counts(session: Session, webinar_ids: Collection[int]) -> Counter[Origin]:
    """Everything there is to count, the erased included."""
    found = living(session, webinar_ids)
    found.update(_kept(session, webinar_ids))
    return found


def living(session: Session, webinar_ids: Collection[int]) -> Counter[Origin]:
    """Of those who were not erased."""
    found: Counter[Origin] = Counter()
    for measure, people in _counted(webinar_ids).items():
        taken = people.subquery()
        origin = (taken.c.webinar_id, func.coalesce(col(Person.cluster_id), ""), col(Person.country))
        query = (
            sqlalchemy.select(*origin, func.count())
            .join(Person, col(Person.id) == taken.c.person_id)
            .where(col(Person.erased_at).is_(None))
            .group_by(*origin)
        )
        for webinar_id, cluster_id, country, number in session.connection().execute(query):
            found[Origin(webinar_id, measure, cluster_id, country)] = number
    return found


def keep(session: Session, lost: Mapping[Origin, int]) -> None:
    """Add to what is kept of the erased."""
    for origin, number in lost.items():
        key = (origin.webinar_id, origin.measure, origin.cluster_id, origin.country)
        tally = session.get(Tally, key) or Tally(
            webinar_id=origin.webinar_id,
            measure=origin.measure,
            cluster_id=origin.cluster_id,
            country=origin.country,
            number=0,
        )
        tally.number += number
        session.add(tally)
    session.flush()


def touched_by(session: Session, person_id: int) -> set[int]:
    """The webinars whose counts change when this person is erased: their own, and those of their company."""
    company = select(func.lower(func.trim(Person.company))).where(Person.id == person_id, Person.company != "")
    people = select(Person.id).where(
        or_(col(Person.id) == person_id, func.lower(func.trim(Person.company)).in_(company))
    )
    told = select(Delivery.webinar_id).where(
        Delivery.person_id == person_id, Delivery.kind == DeliveryKind.ANNOUNCEMENT, col(Delivery.webinar_id) > 0
    )
    came = select(Registration.webinar_id).where(col(Registration.person_id).in_(people))
    return {row for query in (told, came) for row in session.exec(query) if row is not None}


def measured(session: Session, webinar_ids: Collection[int]) -> frozenset[int]:
    """Those of these webinars to which anybody was seen to come, erased since or not."""
    query = select(Attendance.webinar_id).where(
        col(Attendance.webinar_id).in_(webinar_ids), col(Attendance.said).is_(False)
    )
    return frozenset(session.exec(query.distinct()))


def ratings(session: Session, webinar_ids: Collection[int]) -> dict[int, Counter[int]]:
    """How many gave 1 to 5, by webinar."""
    query = (
        select(Feedback.webinar_id, Feedback.rating, func.count())
        .where(col(Feedback.webinar_id).in_(webinar_ids), col(Feedback.rating).is_not(None))
        .group_by(col(Feedback.webinar_id), col(Feedback.rating))
    )
    found: dict[int, Counter[int]] = {}
    for webinar_id, rating, number in session.exec(query):
        found.setdefault(webinar_id, Counter())[rating or 0] += number
    return found


def _kept(session: Session, webinar_ids: Collection[int]) -> Counter[Origin]:
    query = select(Tally).where(col(Tally.webinar_id).in_(webinar_ids))
    return Counter(
        {Origin(row.webinar_id, row.measure, row.cluster_id, row.country): row.number for row in session.exec(query)}
    )


def _counted(webinar_ids: Collection[int]) -> dict[Measure, Select[int, int] | CompoundSelect[int, int]]:
    """Whom each measure counts: pairs of a webinar and a person, none twice."""
    of_these = col(Registration.webinar_id).in_(webinar_ids)
    seated = col(Registration.status) == RegistrationStatus.REGISTERED
    places = sqlalchemy.select(col(Registration.webinar_id), col(Registration.person_id)).where(of_these)
    told = sqlalchemy.select(col(Delivery.webinar_id), col(Delivery.person_id)).where(
        col(Delivery.webinar_id).in_(webinar_ids),
        col(Delivery.kind) == DeliveryKind.ANNOUNCEMENT,
        col(Delivery.state) == DeliveryState.SENT,
    )
    waited = or_(col(Registration.status) == RegistrationStatus.WAITLISTED, col(Registration.promotions) > 0)
    there = (col(Attendance.webinar_id), col(Attendance.person_id))
    came = places.where(seated, sqlalchemy.tuple_(*places.selected_columns).in_(sqlalchemy.select(*there)))
    return {
        Measure.REACHED: union(places, told),
        Measure.REGISTERED: places.where(seated),
        Measure.WAITED: places.where(waited),
        Measure.ATTENDED: came,
        Measure.NEWCOMERS: _newcomers(webinar_ids),
    }


def _newcomers(webinar_ids: Collection[int]) -> Select[int, int]:
    """The first of each company in the first webinar in which it had a seat; who names no company stands for one."""
    first = (
        sqlalchemy.select(
            col(Registration.webinar_id).label("webinar_id"),
            col(Registration.person_id).label("person_id"),
            func.row_number()
            .over(
                partition_by=_company(),
                order_by=(col(Webinar.starts_at), col(Webinar.id), col(Registration.person_id)),
            )
            .label("place"),
        )
        .join(Webinar, col(Webinar.id) == col(Registration.webinar_id))
        .join(Person, col(Person.id) == col(Registration.person_id))
        .where(_COUNTS, col(Registration.status) == RegistrationStatus.REGISTERED, col(Person.erased_at).is_(None))
        .subquery()
    )
    return sqlalchemy.select(first.c.webinar_id, first.c.person_id).where(
        first.c.place == 1, first.c.webinar_id.in_(webinar_ids)
    )


def _company() -> ColumnElement[str]:
    """What makes two people of one company: its name, whatever the case. No name begins with a space once trimmed."""
    nameless = literal(" ") + cast(col(Person.id), String)
    return case((col(Person.company) == "", nameless), else_=func.lower(func.trim(col(Person.company))))
