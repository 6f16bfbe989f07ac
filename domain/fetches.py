"""What we know of the apps that fetch people's own calendars: who looks how often, and who has not seen a change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby

from domain import access
from domain.errors import NotAllowedError
from storage import FeedFetch, Revision, Session, Webinar, WebinarStatus, fetches, people, webinars
from storage.fetches import Seen

IN_USE = timedelta(days=7)
"""An app that has not fetched for longer than this is used no more: no app looks less often."""

_SOON = timedelta(hours=48)
_SOONEST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Fetch:
    """`family` is the kind of app; `seen_until` the latest change in what it got."""

    person_id: int
    generation: int
    family: str
    fetched_at: datetime
    seen_until: datetime | None


@dataclass(frozen=True, slots=True)
class App:
    """`every` is how long it waited between the last two times, if it is known."""

    family: str
    fetched_at: datetime
    every: timedelta | None


@dataclass(frozen=True, slots=True)
class Behind:
    """Apps that still show a webinar as it was before: at `start`."""

    families: tuple[str, ...]
    start: datetime


@dataclass(frozen=True, slots=True)
class Lag:
    """Of so many people's calendars, how many show the webinar as it is now."""

    current: int
    calendars: int


def record(session: Session, noted: Iterable[Fetch]) -> None:
    """Write down what apps fetched. What was fetched through a link that has ended since is not written down."""
    for fetch in sorted(noted, key=lambda fetch: (fetch.person_id, fetch.family)):
        person = people.by_id(session, fetch.person_id)
        if person is not None and person.feed_generation == fetch.generation:
            _record(session, fetch)


def _record(session: Session, fetch: Fetch) -> None:
    row = fetches.find(session, fetch.person_id, fetch.family)
    if row is None:
        new = FeedFetch(
            person_id=fetch.person_id, family=fetch.family, fetched_at=fetch.fetched_at, seen_until=fetch.seen_until
        )
        fetches.add(session, new)
        return
    if (waited := fetch.fetched_at - row.fetched_at) >= _SOONEST:  # else it is two devices, or one that asks twice
        row.interval_s = int(waited.total_seconds())
    row.fetched_at = max(row.fetched_at, fetch.fetched_at)
    row.seen_until = max((moment for moment in (row.seen_until, fetch.seen_until) if moment), default=None)
    fetches.save(session, row)


def apps(session: Session, person_id: int) -> list[App]:
    """The apps that fetch this person's calendar, the latest first."""
    return [
        App(row.family, row.fetched_at, timedelta(seconds=row.interval_s) if row.interval_s else None)
        for row in fetches.of_person(session, person_id)
    ]


def behind(session: Session, webinar: Webinar, person_id: int, *, now: datetime) -> Behind | None:
    """The person's apps that hold a webinar as it was before a change, if it was or is to start soon."""
    changes = _changes(session, webinar)
    shown = {
        seen.family: start
        for seen in fetches.of_webinar(session, webinar.id, now - IN_USE, person_id)
        if (start := _old_start(webinar, changes, seen)) is not None
    }
    if not shown or min(webinar.starts_at, *shown.values()) - now > _SOON:
        return None
    start = min(shown.values())
    return Behind(tuple(family for family, theirs in shown.items() if theirs == start), start)


def lag(session: Session, code: str, person_id: int, *, now: datetime) -> Lag | None:
    """For somebody who may change the webinar; nothing if it was neither moved nor cancelled lately."""
    webinar = webinars.by_code(session, code, person_id)
    if webinar is None or not access.may_edit(session, person_id, webinar):
        raise NotAllowedError
    changes = _changes(session, webinar)
    if not changes or now - changes[-1].changed_at > _SOON or webinar.ends_at <= now:
        return None
    holding = [seen for seen in fetches.of_webinar(session, webinar.id, now - IN_USE) if _holds(seen)]
    people_s = [list(apps) for _, apps in groupby(holding, key=lambda seen: seen.person_id)]
    changed_at = changes[-1].changed_at
    current = sum(all(seen.until and seen.until >= changed_at for seen in apps) for apps in people_s)
    return Lag(current, len(people_s)) if people_s else None


def _changes(session: Session, webinar: Webinar) -> list[Revision]:
    """Those of when it is, and whether it is at all."""
    return [row for row in webinars.revisions(session, webinar.id) if row.changes.keys() & {"starts_at", "status"}]


def _holds(seen: Seen) -> bool:
    """Whether the webinar is in what the app has at all: it looked since the person has their place."""
    return seen.until is not None and seen.until >= seen.place_since


def _old_start(webinar: Webinar, changes: Sequence[Revision], seen: Seen) -> datetime | None:
    """When the webinar starts as the app shows it, if that is wrong; nothing if it shows it as it is, or not at all."""
    missed = [row for row in changes if seen.until and row.changed_at > seen.until]
    if not _holds(seen) or not missed:
        return None
    moves = [row.changes["starts_at"][0] for row in missed if "starts_at" in row.changes]
    states = [row.changes["status"][0] for row in missed if "status" in row.changes]
    start = datetime.fromtimestamp(moves[0], UTC) if moves else webinar.starts_at
    status = states[0] if states else webinar.status
    if status == WebinarStatus.CANCELLED or (start, status) == (webinar.starts_at, webinar.status):
        return None
    return start
