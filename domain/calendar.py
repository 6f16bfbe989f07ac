"""What each calendar shows, and whether that has changed since it was last read."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar

from domain.cards import AgendaLine, withheld_agenda
from domain.errors import ConvokeError, WebinarNotFoundError
from domain.withholding import withhold
from storage import (
    Person,
    Registration,
    RegistrationStatus,
    Session,
    Webinar,
    WebinarStatus,
    calendar,
    people,
    registrations,
    webinars,
)
from storage.calendar import Stamp, Version, Window

T = TypeVar("T")

_BACK = timedelta(days=90)
_AHEAD = timedelta(days=548)  # 18 months
_CANCELLED_KEPT = timedelta(days=7)


class FeedNotFoundError(ConvokeError):
    """No such partnership, topic, webinar or person: a mistyped address, or one that was made up."""


class FeedReplacedError(ConvokeError):
    """The person has asked for a new link since this one was made."""


class Participation(StrEnum):
    """As whom the reader of an entry sees the webinar."""

    PUBLIC = "public"
    REGISTERED = "registered"
    WAITLISTED = "waitlisted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One webinar in one calendar, in RFC 5545's words. `timezone` is the hosts' zone (IANA).

    `join_url` is set only for a person who is registered, and nowhere else in the entry is it to be found then.
    """

    uid: str
    code: str
    sequence: int
    dtstart: datetime
    dtend: datetime
    timezone: str
    summary: str
    description: str
    status: WebinarStatus
    created: datetime
    last_modified: datetime
    hosts: tuple[str, ...]
    host_ids: tuple[str, ...]
    topics: tuple[str, ...]
    language: str
    agenda: tuple[AgendaLine, ...]
    participation: Participation
    join_url: str | None


@dataclass(frozen=True, slots=True)
class Everything:
    """All webinars of all partnerships."""


@dataclass(frozen=True, slots=True)
class HostedBy:
    partnership_id: str


@dataclass(frozen=True, slots=True)
class About:
    topic_id: str


@dataclass(frozen=True, slots=True)
class Single:
    """One webinar, however long ago."""

    code: str


@dataclass(frozen=True, slots=True)
class Personal:
    """`generation` is that of the link; one older than the person's own was replaced."""

    person_id: int
    generation: int


Public = Everything | HostedBy | About | Single
Selection = Public | Personal


@dataclass(frozen=True, slots=True)
class State:
    """Equal states show the same calendar. `name` and `full_name` are those of the partnership or topic."""

    day: date
    webinars: Stamp
    registrations: Stamp | None = None
    name: str = ""
    full_name: str = ""

    @property
    def changed_at(self) -> datetime:
        """Never goes back though webinars leave the calendar. The window moved when the day began."""
        stamps = (stamp.changed_at for stamp in (self.webinars, self.registrations) if stamp)
        return max([_midnight(self.day), *(changed_at for changed_at in stamps if changed_at)])


Known = dict[int, Entry]
"""Public entries by webinar id, kept from one reading to the next; several threads may fill it."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    state: State
    entries: tuple[Entry, ...]


def refresh(
    session: Session, selection: Selection, before: State | None, known: Known, *, now: datetime
) -> Snapshot | None:
    """The calendar, or nothing if it is still as it was `before`. Only entries that are not known yet are read.

    The state is read first: what changes while the rest is read makes a difference again next time.
    """
    state = _state(session, selection, now.astimezone(UTC).date())
    if state == before:
        return None
    return Snapshot(state, _entries(session, selection, window(state.day), known))


def single(session: Session, code: str, person_id: int, *, now: datetime) -> Snapshot:
    """One webinar as this person's own calendar shows it, or as everybody sees it if they have no place in it."""
    webinar = webinars.by_code(session, code)
    if webinar is None:
        raise WebinarNotFoundError(code)
    state = State(now.astimezone(UTC).date(), calendar.stamp(session), name=webinar.title)
    mine = registrations.find(session, webinar.id, person_id)
    if mine is None or mine.status is RegistrationStatus.CANCELLED:
        return Snapshot(state, _public(session, calendar.of_code(session, code), {}))
    return Snapshot(state, _own(session, [(webinar, mine)]))


def window(day: date) -> Window:
    """Moves once a day, at 00:00 UTC, so that a calendar is the same all day long."""
    midnight = _midnight(day)
    return Window(midnight - _BACK, midnight + _AHEAD, midnight - _CANCELLED_KEPT)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _state(session: Session, selection: Selection, day: date) -> State:
    stamp = calendar.stamp(session)
    match selection:
        case Everything():
            return State(day, stamp)
        case HostedBy(partnership_id):
            partnership = _found(calendar.partnership(session, partnership_id))
            return State(day, stamp, name=partnership.short_name, full_name=partnership.name)
        case About(topic_id):
            topic = _found(calendar.topic(session, topic_id))
            return State(day, stamp, name=topic.name, full_name=topic.name)
        case Single(code):
            return State(day, stamp, name=_found(webinars.by_code(session, code)).title)
        case Personal(person_id, generation):
            _check_generation(_found(people.by_id(session, person_id)), generation)
            return State(day, stamp, calendar.stamp_of_person(session, person_id))


def _found(row: T | None) -> T:
    if row is None:
        raise FeedNotFoundError
    return row


def _check_generation(person: Person, generation: int) -> None:
    if generation > person.feed_generation:  # from a database that was set back to an older copy
        raise FeedNotFoundError
    if generation < person.feed_generation:
        raise FeedReplacedError


def _entries(session: Session, selection: Selection, shown: Window, known: Known) -> tuple[Entry, ...]:
    match selection:
        case Everything():
            return _public(session, calendar.shown(session, shown), known)
        case HostedBy(partnership_id):
            return _public(session, calendar.of_partnership(session, partnership_id, shown), known)
        case About(topic_id):
            return _public(session, calendar.of_topic(session, topic_id, shown), known)
        case Single(code):
            return _public(session, calendar.of_code(session, code), known)
        case Personal(person_id):
            return _own(session, calendar.of_person(session, person_id, shown))


def _public(session: Session, versions: list[Version], known: Known) -> tuple[Entry, ...]:
    """Looks at `known` once only: another thread that sees an older state may put its own entries there."""
    found = {version.webinar_id: known.get(version.webinar_id) for version in versions}
    missing = [version.webinar_id for version in versions if not _is_current(found[version.webinar_id], version)]
    read = _read(session, missing)
    known.update(read)
    entries = {**found, **read}
    return tuple(entry for version in versions if (entry := entries[version.webinar_id]))


def _is_current(entry: Entry | None, version: Version) -> bool:
    return entry is not None and (entry.sequence, entry.last_modified) == (version.sequence, version.last_modified)


def _read(session: Session, webinar_ids: list[int]) -> Known:
    if not webinar_ids:
        return {}
    programme = webinars.programme(session, webinar_ids)
    found = calendar.by_ids(session, webinar_ids)
    return {webinar.id: _stranger(_entry(webinar, programme), webinar.join_url) for webinar in found}


def _own(session: Session, found: list[tuple[Webinar, Registration]]) -> tuple[Entry, ...]:
    programme = webinars.programme(session, [webinar.id for webinar, _ in found])
    return tuple(_registrant(_entry(webinar, programme), webinar, registration) for webinar, registration in found)


def _entry(webinar: Webinar, programme: webinars.Programme) -> Entry:
    hosts = programme.hosts.get(webinar.id, ())
    return Entry(
        uid=webinar.uid,
        code=webinar.code,
        sequence=webinar.sequence,
        dtstart=webinar.starts_at,
        dtend=webinar.ends_at,
        timezone=webinar.timezone,
        summary=webinar.title,
        description=webinar.description,
        status=webinar.status,
        created=webinar.created_at,
        last_modified=webinar.last_modified,
        hosts=tuple(host.short_name for host in hosts),
        host_ids=tuple(host.id for host in hosts),
        topics=tuple(topic.name for topic in programme.topics.get(webinar.id, ())),
        language=webinar.language,
        agenda=tuple(
            AgendaLine(item.title, item.speaker, item.minutes) for item in programme.agenda.get(webinar.id, ())
        ),
        participation=Participation.PUBLIC,
        join_url=None,
    )


def _registrant(entry: Entry, webinar: Webinar, registration: Registration) -> Entry:
    """Their calendar changes with the webinar and with their registration, so its stamps are those of both."""
    entry = replace(
        entry,
        sequence=entry.sequence + registration.sequence,
        last_modified=max(entry.last_modified, registration.changed_at),
    )
    if registration.status is RegistrationStatus.WAITLISTED:
        return replace(_stranger(entry, webinar.join_url), participation=Participation.WAITLISTED)
    if webinar.status is WebinarStatus.CANCELLED:
        return replace(_stranger(entry, webinar.join_url), participation=Participation.REGISTERED)
    return replace(entry, participation=Participation.REGISTERED, join_url=webinar.join_url)


def _stranger(entry: Entry, join_url: str) -> Entry:
    return replace(
        entry,
        summary=withhold(entry.summary, join_url),
        description=withhold(entry.description, join_url),
        agenda=withheld_agenda(entry.agenda, join_url),
    )
