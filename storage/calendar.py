"""Queries about what calendars show, and cheap stamps that tell whether any of it has changed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select

from storage.tables import (
    HostState,
    Partnership,
    Registration,
    RegistrationStatus,
    Topic,
    Webinar,
    WebinarHost,
    WebinarStatus,
    WebinarTopic,
)

_IN_ORDER = (col(Webinar.starts_at), col(Webinar.id))


@dataclass(frozen=True, slots=True)
class Window:
    """What a feed shows: webinars that end at `ends_from` or later and start before `starts_before`.

    A cancelled one is shown only if it was to start at `cancelled_from` or later.
    """

    ends_from: datetime
    starts_before: datetime
    cancelled_from: datetime


@dataclass(frozen=True, slots=True)
class Stamp:
    """Equal stamps mean equal rows: none of them is ever deleted, and `sequences` grows with every visible change."""

    count: int
    sequences: int
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Version:
    """Which webinar, and since which change as it is now."""

    webinar_id: int
    sequence: int
    last_modified: datetime


def stamp(session: Session) -> Stamp:
    """Of all webinars."""
    query = select(func.count(), func.sum(col(Webinar.sequence)), func.max(Webinar.last_modified)).select_from(Webinar)
    return _stamp(session.exec(query).one())


def stamp_of_person(session: Session, person_id: int) -> Stamp:
    """Of one person's registrations, those given up included."""
    query = select(func.count(), func.sum(col(Registration.sequence)), func.max(Registration.changed_at)).where(
        Registration.person_id == person_id
    )
    return _stamp(session.exec(query).one())


def _stamp(row: tuple[int, int | None, datetime | None]) -> Stamp:
    count, sequences, changed_at = row
    return Stamp(count, sequences or 0, changed_at)


def shown(session: Session, window: Window) -> list[Version]:
    return _versions(session, _within(window))


def of_partnership(session: Session, partnership_id: str, window: Window) -> list[Version]:
    """Webinars that the partnership hosts, alone or with others."""
    hosted = select(WebinarHost.webinar_id).where(
        WebinarHost.partnership_id == partnership_id, WebinarHost.state == HostState.ACCEPTED
    )
    return _versions(session, _within(window), col(Webinar.id).in_(hosted))


def of_topic(session: Session, topic_id: str, window: Window) -> list[Version]:
    about = select(WebinarTopic.webinar_id).where(WebinarTopic.topic_id == topic_id)
    return _versions(session, _within(window), col(Webinar.id).in_(about))


def of_code(session: Session, code: str) -> list[Version]:
    return _versions(session, col(Webinar.code) == code)


def by_ids(session: Session, webinar_ids: Collection[int]) -> list[Webinar]:
    return list(session.exec(select(Webinar).where(col(Webinar.id).in_(webinar_ids))))


def of_person(session: Session, person_id: int, window: Window) -> list[tuple[Webinar, Registration]]:
    """What the person is registered for or waits for."""
    query = (
        select(Webinar, Registration)
        .join(Registration, col(Registration.webinar_id) == col(Webinar.id))
        .where(
            _within(window),
            Registration.person_id == person_id,
            Registration.status != RegistrationStatus.CANCELLED,
        )
        .order_by(*_IN_ORDER)
    )
    return list(session.exec(query))


def partnership(session: Session, partnership_id: str) -> Partnership | None:
    """Former members too: a subscription outlives a membership."""
    return session.get(Partnership, partnership_id)


def topic(session: Session, topic_id: str) -> Topic | None:
    return session.get(Topic, topic_id)


def _versions(session: Session, *conditions: ColumnElement[bool]) -> list[Version]:
    query = select(Webinar.id, Webinar.sequence, Webinar.last_modified).where(*conditions).order_by(*_IN_ORDER)
    return [Version(*row) for row in session.exec(query)]


def _within(window: Window) -> ColumnElement[bool]:
    return and_(
        col(Webinar.ends_at) >= window.ends_from,
        col(Webinar.starts_at) < window.starts_before,
        or_(col(Webinar.status) != WebinarStatus.CANCELLED, col(Webinar.starts_at) >= window.cancelled_from),
    )
