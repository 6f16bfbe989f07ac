"""Queries about what calendars show, and cheap stamps that tell whether any of it has changed."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select

from storage import circles
from storage.follows import Followed
from storage.tables import (
    HostState,
    Partnership,
    Registration,
    RegistrationStatus,
    Topic,
    TopicKind,
    Webinar,
    WebinarHost,
    WebinarStatus,
    WebinarTopic,
)

_IN_ORDER = (col(Webinar.starts_at), col(Webinar.id))
_AT_ONCE = 500


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
class Choice:
    """Ids of partnerships and topics, and languages. Where none is named, any will do."""

    partnership_ids: frozenset[str]
    topic_ids: frozenset[str]
    languages: frozenset[str]


Versions = dict[int, int]
"""After which of its changes each webinar is, by its id, in a calendar's order."""


def stamp(session: Session, reader: int | None = None) -> Stamp:
    """Of all webinars that this person may know of; None is a stranger."""
    return _stamp_of(session, circles.known_to(reader))


def stamp_of_meetings(session: Session) -> Stamp:
    return _stamp_of(session, circles.meetings())


def _stamp_of(session: Session, condition: ColumnElement[bool]) -> Stamp:
    query = select(func.count(), func.sum(col(Webinar.sequence)), func.max(Webinar.last_modified)).select_from(Webinar)
    return _stamp(session.exec(query.where(condition)).one())


def stamp_of_person(session: Session, person_id: int) -> Stamp:
    """Of one person's registrations, those given up included."""
    query = select(func.count(), func.sum(col(Registration.sequence)), func.max(Registration.changed_at)).where(
        Registration.person_id == person_id
    )
    return _stamp(session.exec(query).one())


def _stamp(row: tuple[int, int | None, datetime | None]) -> Stamp:
    count, sequences, changed_at = row
    return Stamp(count, sequences or 0, changed_at)


def shown(session: Session, window: Window) -> Versions:
    return versions(session, _within(window))


def of_partnership(session: Session, partnership_id: str, window: Window) -> Versions:
    """Webinars that the partnership hosts, alone or with others."""
    return versions(session, _within(window), _hosted_by([partnership_id]))


def of_topic(session: Session, topic_id: str, window: Window) -> Versions:
    return versions(session, _within(window), _about([topic_id]))


def of_choice(session: Session, choice: Choice, window: Window) -> Versions:
    """Of several markets one will do, of several sectors too; of a market and a sector both must be there."""
    conditions = [_within(window), *map(_about, _by_kind(session, choice.topic_ids))]
    if choice.partnership_ids:
        conditions.append(_hosted_by(choice.partnership_ids))
    if choice.languages:
        conditions.append(col(Webinar.language).in_(choice.languages))
    return versions(session, *conditions)


def of_followed(session: Session, person_id: int, followed: Followed, window: Window) -> Versions:
    """What the person follows, but for what they are registered for, wait for, or have left."""
    theirs = select(Registration.webinar_id).where(Registration.person_id == person_id)
    wanted = or_(_hosted_by(followed.partnerships), _about(followed.topics))
    return versions(session, _within(window), wanted, col(Webinar.id).not_in(theirs))


def _by_kind(session: Session, topic_ids: Collection[str]) -> Collection[list[str]]:
    kinds: dict[TopicKind, list[str]] = defaultdict(list)
    for topic in session.exec(select(Topic).where(col(Topic.id).in_(topic_ids))):
        kinds[topic.kind].append(topic.id)
    return kinds.values()


def _hosted_by(partnership_ids: Collection[str]) -> ColumnElement[bool]:
    hosted = select(WebinarHost.webinar_id).where(
        col(WebinarHost.partnership_id).in_(partnership_ids), WebinarHost.state == HostState.ACCEPTED
    )
    return col(Webinar.id).in_(hosted)


def _about(topic_ids: Collection[str]) -> ColumnElement[bool]:
    return col(Webinar.id).in_(select(WebinarTopic.webinar_id).where(col(WebinarTopic.topic_id).in_(topic_ids)))


def of_code(session: Session, code: str) -> Versions:
    return versions(session, col(Webinar.code) == code)


def by_ids(session: Session, webinar_ids: Collection[int]) -> list[Webinar]:
    """Those of them that are for everybody."""
    return list(session.exec(select(Webinar).where(col(Webinar.id).in_(webinar_ids), circles.public())))


def meetings(session: Session, window: Window) -> list[Webinar]:
    """What the organisers' own calendar shows."""
    query = select(Webinar).where(_within(window), circles.meetings()).order_by(*_IN_ORDER)
    return list(session.exec(query))


def of_person(session: Session, person_id: int, window: Window) -> list[tuple[Webinar, Registration]]:
    """What the person is registered for or waits for; meetings only as long as they are an organiser."""
    query = (
        select(Webinar, Registration)
        .join(Registration, col(Registration.webinar_id) == col(Webinar.id))
        .where(
            _within(window),
            circles.known_to(person_id),
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


def partnership_names(session: Session) -> dict[str, str]:
    """The short names of all by id, former members too, in order."""
    order = (col(Partnership.position), col(Partnership.id))
    return dict(session.exec(select(Partnership.id, Partnership.short_name).order_by(*order)).all())


def topic_names(session: Session) -> dict[str, str]:
    order = (col(Topic.position), col(Topic.id))
    return dict(session.exec(select(Topic.id, Topic.name).order_by(*order)).all())


def versions(session: Session, *conditions: ColumnElement[bool]) -> Versions:
    """Of webinars for everybody: whatever a public calendar shows comes from here.

    Without what the ORM adds to each of thousands, and never all rows at once: so many new values at a time would have
    Python look through all that it holds for what can be thrown away.
    """
    query = select(Webinar.id, Webinar.sequence).where(circles.public(), *conditions).order_by(*_IN_ORDER)
    return dict(row for some in session.connection().execute(query).partitions(_AT_ONCE) for row in some)


def _within(window: Window) -> ColumnElement[bool]:
    return and_(
        col(Webinar.ends_at) >= window.ends_from,
        col(Webinar.starts_at) < window.starts_before,
        or_(col(Webinar.status) != WebinarStatus.CANCELLED, col(Webinar.starts_at) >= window.cancelled_from),
    )
