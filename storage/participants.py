"""Queries about those who have a place in a webinar and can be told what happens to it."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, exists, func, select

from storage.registrations import Counts
from storage.tables import Person, Registration, RegistrationStatus, Webinar, WebinarStatus

_ACTIVE = (RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED)


def count(session: Session, webinar_id: int, *, extra: bool = False, since: datetime | None = None) -> Counts:
    """With `extra` only those who want what is no need; with `since` only those who have come after it."""
    query = (
        select(Registration.status, func.count())
        .join(Person, col(Person.id) == Registration.person_id)
        .where(_takes_part(webinar_id))
        .group_by(col(Registration.status))
    )
    if extra:
        query = query.where(col(Person.extras).is_(True))
    if since is not None:
        query = query.where(col(Registration.changed_at) > since)
    found = {RegistrationStatus(status): number for status, number in session.exec(query)}
    return Counts(found.get(RegistrationStatus.REGISTERED, 0), found.get(RegistrationStatus.WAITLISTED, 0))


def zones(session: Session, webinar_id: int) -> dict[str | None, int]:
    """How many are in each zone; None: they have not said where they are."""
    query = (
        select(Person.timezone, func.count())
        .join(Registration, col(Registration.person_id) == col(Person.id))
        .where(_takes_part(webinar_id))
        .group_by(col(Person.timezone))
    )
    return dict(session.exec(query).all())


def busy(session: Session, webinar_id: int, starts_at: datetime, ends_at: datetime) -> int:
    """How many of them have a place in another webinar in this time."""
    other = aliased(Registration)
    elsewhere = (
        exists()
        .where(col(other.person_id) == col(Person.id), col(other.webinar_id) == col(Webinar.id))
        .where(col(other.webinar_id) != webinar_id, col(other.status).in_(_ACTIVE))
        .where(col(Webinar.status) == WebinarStatus.PUBLISHED)
        .where(col(Webinar.starts_at) < ends_at, col(Webinar.ends_at) > starts_at)
    )
    query = (
        select(func.count())
        .select_from(Person)
        .join(Registration, col(Registration.person_id) == col(Person.id))
        .where(_takes_part(webinar_id), elsewhere)
    )
    return session.exec(query).one()


def _takes_part(webinar_id: int) -> ColumnElement[bool]:
    return and_(
        col(Registration.webinar_id) == webinar_id,
        col(Registration.status).in_(_ACTIVE),
        col(Person.reachable).is_(True),
    )
