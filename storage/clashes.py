"""Queries about webinars for the same people, and how many those are: of meetings nobody is told that way."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from storage import circles
from storage.tables import (
    Follow,
    HostState,
    Person,
    Registration,
    RegistrationStatus,
    Webinar,
    WebinarHost,
    WebinarStatus,
    WebinarTopic,
)

_ACTIVE = (RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED)


@dataclass(frozen=True, slots=True)
class Subjects:
    """What webinars are about and whose they are: ids of partnerships and topics."""

    hosts: frozenset[str]
    topics: frozenset[str]


def spans(
    session: Session, subjects: Subjects, since: datetime, until: datetime, *, besides: int | None
) -> list[tuple[int, datetime, datetime]]:
    """The id, start and end of published webinars that share a host or a topic and are on in this time."""
    query = (
        select(Webinar.id, Webinar.starts_at, Webinar.ends_at)
        .where(
            Webinar.status == WebinarStatus.PUBLISHED,
            Webinar.starts_at < until,
            Webinar.ends_at > since,
            share(subjects),
            circles.public(),
            col(Webinar.id) != (besides or 0),
        )
        .order_by(col(Webinar.starts_at), col(Webinar.id))
    )
    return list(session.exec(query))


def webinars(session: Session, ids: Collection[int]) -> list[Webinar]:
    return list(session.exec(select(Webinar).where(col(Webinar.id).in_(ids), circles.public())))


def share(subjects: Subjects) -> ColumnElement[bool]:
    """Of webinars: one of these has accepted to host it, or it is filed under one of these topics."""
    hosted = select(WebinarHost.webinar_id).where(
        col(WebinarHost.partnership_id).in_(subjects.hosts), WebinarHost.state == HostState.ACCEPTED
    )
    filed = select(WebinarTopic.webinar_id).where(col(WebinarTopic.topic_id).in_(subjects.topics))
    return or_(col(Webinar.id).in_(hosted), col(Webinar.id).in_(filed))


def count_following_both(session: Session, one: Subjects, other: Subjects) -> int:
    query = select(func.count()).select_from(Person)
    return session.exec(query.where(col(Person.reachable).is_(True), follows(one), follows(other))).one()


def follows(subjects: Subjects) -> ColumnElement[bool]:
    """Of people: they follow one of these."""
    whose = or_(col(Follow.partnership_id).in_(subjects.hosts), col(Follow.topic_id).in_(subjects.topics))
    return col(Person.id).in_(select(Follow.person_id).where(whose))


def count_registered_for_both(session: Session, webinar_id: int, other_id: int) -> int:
    """Those in line count too."""
    here = select(Registration.person_id).where(
        Registration.webinar_id == webinar_id, col(Registration.status).in_(_ACTIVE)
    )
    query = (
        select(func.count())
        .select_from(Registration)
        .where(
            Registration.webinar_id == other_id,
            col(Registration.status).in_(_ACTIVE),
            col(Registration.person_id).in_(here),
        )
    )
    return session.exec(query).one()
