"""What each calendar shows, and whether that has changed since it was last read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from domain import entries
from domain.draft_fields import LANGUAGES
from domain.entries import Entry, Known, Participation
from domain.errors import ConvokeError, WebinarNotFoundError
from domain.selections import About, Custom, Everything, HostedBy, Meetings, Personal, Public, Secret, Selection, Single
from storage import (
    Circle,
    Person,
    RegistrationStatus,
    Session,
    WebinarStatus,
    calendar,
    circles,
    follows,
    people,
    registrations,
    webinars,
)
from storage.calendar import Choice, Stamp, Versions, Window
from storage.follows import Followed

__all__ = [
    "About",
    "Custom",
    "Entry",
    "Everything",
    "FeedNotFoundError",
    "FeedReplacedError",
    "HostedBy",
    "Known",
    "Meetings",
    "Participation",
    "Personal",
    "Public",
    "Secret",
    "Selection",
    "Single",
    "Snapshot",
    "State",
    "UnknownChoiceError",
    "check_link",
    "refresh",
    "single",
    "window",
]

T = TypeVar("T")

_BACK = timedelta(days=90)
_AHEAD = timedelta(days=548)  # 18 months
_CANCELLED_KEPT = timedelta(days=7)


class FeedNotFoundError(ConvokeError):
    """No such partnership, topic, webinar or person: a mistyped address, or one that was made up."""


class FeedReplacedError(ConvokeError):
    """The person has asked for a new link since this one was made, or is no organiser any more."""


class UnknownChoiceError(ConvokeError):
    """A part of the programme was asked for that there is not; `known` are those there are."""

    def __init__(self, kind: str, value: str, known: Iterable[str]) -> None:
        self.kind = kind
        self.value = value
        self.known = tuple(known)
        super().__init__(kind)


@dataclass(frozen=True, slots=True)
class State:
    """Equal states show the same calendar. `name` and `full_name` are those of the partnership or topic.

    `names` are those of all that was chosen, `color` is the partnership's (`#rrggbb`) or empty. `followed` is what
    the person follows, if their calendar shows that, and `rearranged_at` when that last changed.
    """

    day: date
    webinars: Stamp
    registrations: Stamp | None = None
    name: str = ""
    full_name: str = ""
    names: tuple[str, ...] = ()
    color: str = ""
    followed: Followed | None = None
    rearranged_at: datetime | None = None

    @property
    def changed_at(self) -> datetime:
        """Never goes back though webinars leave the calendar. The window moved when the day began."""
        moments = (_midnight(self.day), self.seen_until, self.rearranged_at)
        return max(moment for moment in moments if moment)

    @property
    def seen_until(self) -> datetime | None:
        """The latest change of a webinar or a registration that whoever has this calendar knows of."""
        stamps = (stamp.changed_at for stamp in (self.webinars, self.registrations) if stamp)
        return max((changed_at for changed_at in stamps if changed_at), default=None)


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
    return Snapshot(state, _entries(session, selection, state, known))


def single(session: Session, code: str, person_id: int, *, now: datetime) -> Snapshot:
    """One webinar as this person's own calendar shows it, or as everybody sees it if they have no place in it."""
    webinar = webinars.by_code(session, code, person_id)
    if webinar is None:
        raise WebinarNotFoundError(code)
    state = State(now.astimezone(UTC).date(), calendar.stamp(session), name=webinar.title)
    mine = registrations.find(session, webinar.id, person_id)
    if mine is not None and mine.status is not RegistrationStatus.CANCELLED:
        return Snapshot(state, entries.own(session, [(webinar, mine)]))
    if webinar.circle is Circle.ORGANISERS:
        return Snapshot(state, entries.meetings(session, [webinar]))
    return Snapshot(state, entries.public(session, calendar.of_code(session, code), {}))


def check_link(session: Session, selection: Secret) -> None:
    """Raises FeedNotFoundError or FeedReplacedError where the calendar would."""
    _entitled(session, selection)


def window(day: date) -> Window:
    """Moves once a day, at 00:00 UTC, so that a calendar is the same all day long."""
    midnight = _midnight(day)
    return Window(midnight - _BACK, midnight + _AHEAD, midnight - _CANCELLED_KEPT)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _state(session: Session, selection: Selection, day: date) -> State:
    if isinstance(selection, Secret):
        return _secret_state(session, selection, day)
    stamp = calendar.stamp(session)
    match selection:
        case Everything():
            return State(day, stamp)
        case HostedBy(partnership_id):
            partnership = _found(calendar.partnership(session, partnership_id))
            names = (partnership.short_name, partnership.name)
            return State(day, stamp, name=names[0], full_name=names[1], color=partnership.color)
        case About(topic_id):
            topic = _found(calendar.topic(session, topic_id))
            return State(day, stamp, name=topic.name, full_name=topic.name)
        case Custom():
            return State(day, stamp, names=_names(session, selection))
        case Single(code):
            return State(day, stamp, name=_found(webinars.by_code(session, code)).title)


def _names(session: Session, chosen: Custom) -> tuple[str, ...]:
    """Of partnerships and topics, former ones too. A language has a name in every language, so it is not named here."""
    partnerships, topics = calendar.partnership_names(session), calendar.topic_names(session)
    _check("partnership", chosen.partnership_ids, partnerships)
    _check("topic", chosen.topic_ids, topics)
    _check("language", chosen.languages, LANGUAGES)
    hosts = (partnerships[id_] for id_ in sorted(chosen.partnership_ids))
    return (*hosts, *(topics[id_] for id_ in sorted(chosen.topic_ids)))


def _check(kind: str, wanted: Iterable[str], known: Iterable[str]) -> None:
    for value in sorted(wanted):
        if value not in known:
            raise UnknownChoiceError(kind, value, known)


def _secret_state(session: Session, selection: Secret, day: date) -> State:
    person = _entitled(session, selection)
    if isinstance(selection, Meetings):
        return State(day, calendar.stamp_of_meetings(session), rearranged_at=person.feed_changed_at)
    stamp, registered = calendar.stamp(session, person.id), calendar.stamp_of_person(session, person.id)
    followed = follows.of_person(session, person.id) if person.feed_follows else None
    return State(day, stamp, registered, followed=followed, rearranged_at=person.feed_changed_at)


def _found(row: T | None) -> T:
    if row is None:
        raise FeedNotFoundError
    return row


def _entitled(session: Session, selection: Secret) -> Person:
    """Whose link it is, if it is still good."""
    person = _found(people.by_id(session, selection.person_id))
    if selection.generation > person.feed_generation:  # from a database that was set back to an older copy
        raise FeedNotFoundError
    if selection.generation < person.feed_generation:
        raise FeedReplacedError
    if isinstance(selection, Meetings) and not circles.is_organiser(session, person.id):
        raise FeedReplacedError
    return person


def _entries(session: Session, selection: Selection, state: State, known: Known) -> tuple[Entry, ...]:
    if isinstance(selection, Personal):
        return _personal(session, selection, state, known)
    if isinstance(selection, Meetings):
        return entries.meetings(session, calendar.meetings(session, window(state.day)))
    return entries.public(session, _versions(session, selection, window(state.day)), known)


def _versions(session: Session, selection: Public, shown: Window) -> Versions:
    match selection:
        case Everything():
            return calendar.shown(session, shown)
        case HostedBy(partnership_id):
            return calendar.of_partnership(session, partnership_id, shown)
        case About(topic_id):
            return calendar.of_topic(session, topic_id, shown)
        case Custom(partnership_ids, topic_ids, languages):
            return calendar.of_choice(session, Choice(partnership_ids, topic_ids, languages), shown)
        case Single(code):
            return calendar.of_code(session, code)


def _personal(session: Session, selection: Personal, state: State, known: Known) -> tuple[Entry, ...]:
    """What they have a place in, and what they follow if their calendar shows that."""
    shown = window(state.day)
    found = entries.own(session, calendar.of_person(session, selection.person_id, shown))
    if state.followed:
        versions = calendar.of_followed(session, selection.person_id, state.followed, shown)
        found = tuple(sorted((*found, *entries.public(session, versions, known)), key=lambda entry: entry.dtstart))
    if selection.without_cancelled:
        return tuple(entry for entry in found if entry.status is not WebinarStatus.CANCELLED)
    return found
