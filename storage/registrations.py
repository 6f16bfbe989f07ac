"""Queries about seats and the waitlist."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session, col, func, or_, select, update
from sqlmodel.sql.expression import SelectOfScalar

from storage import circles
from storage.tables import Person, Registration, RegistrationStatus, Webinar

T = TypeVar("T")

_ACTIVE = (RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED)


@dataclass(frozen=True, slots=True)
class Counts:
    registered: int = 0
    waitlisted: int = 0


def find(session: Session, webinar_id: int, person_id: int) -> Registration | None:
    query = select(Registration).where(Registration.webinar_id == webinar_id, Registration.person_id == person_id)
    return session.exec(query).first()


def count_by_status(session: Session, webinar_ids: Iterable[int]) -> dict[int, Counts]:
    query = (
        select(Registration.webinar_id, Registration.status, func.count())
        .where(col(Registration.webinar_id).in_(list(webinar_ids)))
        .group_by(col(Registration.webinar_id), col(Registration.status))
    )
    return _counts(session.exec(query))


def _counts(rows: Iterable[tuple[int, str, int]]) -> dict[int, Counts]:
    found: dict[int, dict[str, int]] = {}
    for webinar_id, status, number in rows:
        found.setdefault(webinar_id, {})[status] = number
    return {
        webinar_id: Counts(
            by_status.get(RegistrationStatus.REGISTERED, 0), by_status.get(RegistrationStatus.WAITLISTED, 0)
        )
        for webinar_id, by_status in found.items()
    }


def count_places(session: Session, webinar_ids: Iterable[int]) -> dict[int, Counts]:
    """Seats taken, and those in line who can be told of one: what decides about the next seat."""
    query = (
        select(Registration.webinar_id, Registration.status, func.count())
        .join(Person, col(Person.id) == Registration.person_id)
        .where(
            col(Registration.webinar_id).in_(list(webinar_ids)),
            or_(col(Registration.status) == RegistrationStatus.REGISTERED, col(Person.reachable).is_(True)),
        )
        .group_by(col(Registration.webinar_id), col(Registration.status))
    )
    return _counts(session.exec(query))


def next_queue_number(session: Session, webinar_id: int) -> int:
    """One more than the highest so far. The webinar must be locked."""
    query = select(func.max(Registration.queue_number)).where(Registration.webinar_id == webinar_id)
    return (session.exec(query).one() or 0) + 1


def position(session: Session, registration: Registration) -> int:
    """The place in the line, counted from 1: who can't be told of a seat is passed over and stands before nobody."""
    ahead = _line(select(func.count()).select_from(Registration), registration.webinar_id).where(
        Registration.queue_number < registration.queue_number
    )
    return session.exec(ahead).one() + 1


def count_registered(session: Session, webinar_id: int) -> int:
    query = (
        select(func.count())
        .select_from(Registration)
        .where(Registration.webinar_id == webinar_id, Registration.status == RegistrationStatus.REGISTERED)
    )
    return session.exec(query).one()


def note_link_given(session: Session, code: str, person_id: int, now: datetime) -> None:
    """They took the join link away. Nothing that anybody's calendar shows has changed."""
    webinar_id = select(Webinar.id).where(Webinar.code == code).scalar_subquery()
    statement = (
        update(Registration)
        .where(col(Registration.webinar_id) == webinar_id, col(Registration.person_id) == person_id)
        .values(link_given_at=now)
    )
    session.exec(statement)


def _line(query: SelectOfScalar[T], webinar_id: int) -> SelectOfScalar[T]:
    """Those waiting who can be told: a seat won by somebody who blocked the bot would stay empty."""
    return query.join(Person, col(Person.id) == Registration.person_id).where(
        Registration.webinar_id == webinar_id,
        Registration.status == RegistrationStatus.WAITLISTED,
        col(Person.reachable).is_(True),
    )


def count_in_line(session: Session, webinar_id: int) -> int:
    return session.exec(_line(select(func.count()).select_from(Registration), webinar_id)).one()


def first_waiting(session: Session, webinar_id: int, limit: int) -> list[Registration]:
    query = _line(select(Registration), webinar_id).order_by(col(Registration.queue_number)).limit(limit)
    return list(session.exec(query))


def waitlisted_webinars(session: Session, person_id: int) -> list[int]:
    query = (
        select(Registration.webinar_id)
        .where(Registration.person_id == person_id, Registration.status == RegistrationStatus.WAITLISTED)
        .order_by(col(Registration.webinar_id))
    )
    return list(session.exec(query))


def of_person(session: Session, person_id: int, now: datetime) -> list[tuple[Registration, Webinar]]:
    """Active registrations for webinars that have not ended, soonest first; cancelled webinars included.

    Without meetings, if they are no organiser any more.
    """
    query = (
        select(Registration, Webinar)
        .join(Webinar, col(Webinar.id) == Registration.webinar_id)
        .where(
            Registration.person_id == person_id,
            col(Registration.status).in_(_ACTIVE),
            Webinar.ends_at > now,
            circles.known_to(person_id),
        )
        .order_by(col(Webinar.starts_at), col(Webinar.id))
    )
    return list(session.exec(query))


def webinars_ahead(session: Session, person_id: int, now: datetime) -> list[int]:
    """The ids of all webinars still to come, meetings too, in which the person has a seat or a place in line."""
    query = (
        select(Webinar.id)
        .join(Registration, col(Registration.webinar_id) == Webinar.id)
        .where(Registration.person_id == person_id, col(Registration.status).in_(_ACTIVE), Webinar.ends_at > now)
        .order_by(col(Webinar.id))
    )
    return list(session.exec(query))


def without_right(session: Session, now: datetime) -> list[tuple[int, int]]:
    """Ids of meetings still to come, each with that of somebody who has a place in it and is no organiser."""
    query = (
        select(Registration.webinar_id, Registration.person_id)
        .join(Webinar, col(Webinar.id) == Registration.webinar_id)
        .where(
            circles.meetings(),
            Webinar.ends_at > now,
            col(Registration.status).in_(_ACTIVE),
            ~circles.organises(col(Registration.person_id)),
        )
        .order_by(col(Registration.webinar_id), col(Registration.queue_number))
    )
    return list(session.exec(query))


def save(session: Session, registration: Registration) -> None:
    session.add(registration)
    session.flush()


def of_webinars(session: Session, person_id: int, webinar_ids: Iterable[int]) -> dict[int, Registration]:
    query = select(Registration).where(
        Registration.person_id == person_id, col(Registration.webinar_id).in_(list(webinar_ids))
    )
    return {registration.webinar_id: registration for registration in session.exec(query)}
