"""A calendar of many webinars, from the database to bytes: all of it, one changed, nothing changed."""

import logging
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta

from bench import scenery
from bench.ground import SQLITE, Ground
from bench.plain_calendars import OPTIONS, Writer, with_ical, with_icalendar, with_vobject
from bench.table import Table
from bench.timing import milliseconds, timed
from domain import calendar, changes
from domain.calendar import Entry, Everything
from feeds.cache import FeedCache
from feeds.render import Renderer
from storage import Database, Session, webinars

_YEAR = timedelta(days=500)
_ROUNDS = {1_000: 4, 10_000: 2}
"""So many rounds of so many webinars."""
_LENGTHS = (None, 160, 0)
"""How much of the organisers' own texts there may be room for."""
_BASE = "icalendar: every event built and written"
_PLAIN = {_BASE: with_icalendar, "ical: the same": with_ical, "vobject: the same": with_vobject}


async def run(ground: Ground) -> AsyncIterator[Table]:
    logging.getLogger("feeds.render").setLevel(logging.ERROR)  # that ten thousand are too many for some apps we know
    for number, rounds in _ROUNDS.items():
        yield await _table(ground, number, rounds)


async def _table(ground: Ground, count: int, rounds: int) -> Table:
    seconds: dict[str, list[float]] = {}
    with ground.databases() as databases:
        async with scenery.opened(databases[SQLITE]) as database:
            await database.write(scenery.add_programme, count, _now(), _YEAR / count)
            length = await _length(database)
            for number in range(rounds):
                for name, value in (await _round(database, length, number)).items():
                    seconds.setdefault(name, []).append(value)
    series = {name: milliseconds(values) for name, values in seconds.items()}
    return Table(
        title=f"A calendar of {count:,} webinars, to bytes",
        head=("", "ms", "times as fast"),
        rows=tuple((name, str(values), str(series[_BASE].over(values))) for name, values in series.items()),
    )


async def _round(database: Database, length: int | None, number: int) -> dict[str, float]:
    cache = FeedCache(database, Renderer(OPTIONS), _now)
    entries = await database.read(_entries)
    plain = {name: await timed(_write(write, entries, length)) for name, write in _PLAIN.items()}
    cold = await timed(cache.get(Everything()))
    await database.write(rename, f"p{number}", f"A new title in round {number}")
    changed = await timed(cache.get(Everything()))
    await database.write(write_nothing)
    unchanged = await timed(cache.get(Everything()))
    return {
        **plain,
        "cold: read and rendered": cold,
        "one webinar changed": changed,
        "something else was written": unchanged,
        "nothing was written": await timed(cache.get(Everything())),
    }


async def _length(database: Database) -> int | None:
    """How much text there is room for. All must write the same events to the byte, or comparing them means nothing."""
    entries = await database.read(_entries)
    ours = (await FeedCache(database, Renderer(OPTIONS), _now).get(Everything())).identity.body
    events = ours.partition(b"BEGIN:VEVENT")[2]
    return next(
        length for length in _LENGTHS if with_icalendar(entries, length).partition(b"BEGIN:VEVENT")[2] == events
    )


def _entries(session: Session) -> Sequence[Entry]:
    snapshot = calendar.refresh(session, Everything(), None, {}, now=_now())
    assert snapshot
    return snapshot.entries


def rename(session: Session, code: str, title: str) -> None:
    webinar = webinars.lock(session, code)
    assert webinar
    webinar.title = title
    changes.revise(session, webinar, {}, None, now=_now())


def write_nothing(session: Session) -> None:
    """Commits, as a registration does, and changes nothing that a calendar shows."""


async def _write(write: Writer, entries: Sequence[Entry], length: int | None) -> bytes:
    return write(entries, length)


def _now() -> datetime:
    return datetime.now(UTC)
