"""Queries about when people came and registered: times and numbers, never who."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from storage import circles
from storage.clashes import Subjects, follows, share
from storage.tables import Person, Registration, RegistrationStatus, Webinar, WebinarStatus


def past(
    session: Session, subjects: Subjects, since: datetime, until: datetime, *, limit: int
) -> list[tuple[datetime, int | None, int]]:
    """The start, seats and number of registered people of the latest webinars of the kind that are over."""
    query = (
        select(Webinar.starts_at, Webinar.capacity, func.count(col(Registration.id)))
        .outerjoin(
            Registration,
            (col(Registration.webinar_id) == col(Webinar.id))
            & (col(Registration.status) == RegistrationStatus.REGISTERED),
        )
        .where(
            Webinar.status == WebinarStatus.PUBLISHED,
            Webinar.starts_at >= since,
            Webinar.ends_at <= until,
            share(subjects),
            circles.public(),
        )
        .group_by(col(Webinar.id), col(Webinar.starts_at), col(Webinar.capacity))
        .order_by(col(Webinar.starts_at).desc(), col(Webinar.id))
        .limit(limit)
    )
    return list(session.exec(query))


def registered_at(session: Session, subjects: Subjects, since: datetime, *, limit: int) -> list[datetime]:
    """When people who follow these registered for anything, the latest first."""
    followers = select(Person.id).where(follows(subjects))
    query = (
        select(Registration.created_at)
        .join(Webinar, col(Webinar.id) == Registration.webinar_id)
        .where(Registration.created_at >= since, col(Registration.person_id).in_(followers), circles.public())
        .order_by(col(Registration.created_at).desc())
        .limit(limit)
    )
    return list(session.exec(query))
