"""A calendar of a thousand webinars, from the database to bytes: all of it, one changed, nothing changed."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime

from icalendar import Calendar, Event

from bench import scenery
from bench.ground import SQLITE, Ground
from bench.table import Table
from bench.timing import milliseconds, timed
from domain import calendar, changes
from domain.calendar import Entry, Everything
from feeds.addresses import webinar_path
from feeds.cache import FeedCache
from feeds.description import describe
from feeds.options import FeedOptions
from feeds.render import Renderer
from storage import Database, Session, webinars
from texts.feeds import FeedPhrases

_WEBINARS, _ROUNDS = 1_000, 4
_OPTIONS = FeedOptions(public_url="https://webinars.example.org", secret=b"", consortium_name="Going International")
_WORDS = FeedPhrases("en")
_PLAIN = "icalendar: every event built and written"


async def run(ground: Ground) -> AsyncIterator[Table]:
    seconds: dict[str, list[float]] = {}
    with ground.databases() as databases:
        async with scenery.opened(databases[SQLITE]) as database:
            await database.write(scenery.add_programme, _WEBINARS, _now())
            for number in range(_ROUNDS):
                for name, value in (await _round(database, number)).items():
                    seconds.setdefault(name, []).append(value)
    series = {name: milliseconds(values) for name, values in seconds.items()}
    yield Table(
        title=f"A calendar of {_WEBINARS:,} webinars, to bytes",
        head=("", "ms", "times as fast"),
        rows=tuple((name, str(values), str(series[_PLAIN].over(values))) for name, values in series.items()),
    )


async def _round(database: Database, number: int) -> dict[str, float]:
    cache = FeedCache(database, Renderer(_OPTIONS), _now)
    entries = await database.read(_entries)
    plain = await timed(_build_plainly(entries))
    cold = await timed(cache.get(Everything()))
    if not number:
        await _check(cache, entries)
    await database.write(_rename, f"p{number}", f"A new title in round {number}")
    changed = await timed(cache.get(Everything()))
    await database.write(_nothing)
    unchanged = await timed(cache.get(Everything()))
    return {
        _PLAIN: plain,
        "cold: read, rendered, compressed": cold,
        "one webinar changed": changed,
        "something else was written": unchanged,
        "nothing was written": await timed(cache.get(Everything())),
    }


async def _check(cache: FeedCache, entries: Sequence[Entry]) -> None:
    """Both ways must write the same events to the byte, or the comparison means nothing."""
    feed = await cache.get(Everything())
    assert (
        feed.identity.body.partition(b"BEGIN:VEVENT")[2]
        == (await _build_plainly(entries)).partition(b"BEGIN:VEVENT")[2]
    )


def _entries(session: Session) -> Sequence[Entry]:
    snapshot = calendar.refresh(session, Everything(), None, {}, now=_now())
    assert snapshot
    return snapshot.entries


def _rename(session: Session, code: str, title: str) -> None:
    webinar = webinars.lock(session, code)
    assert webinar
    webinar.title = title
    changes.revise(session, webinar, {}, None, now=_now())


def _nothing(session: Session) -> None:
    """Commits, as a registration does, and changes nothing that a calendar shows."""


async def _build_plainly(entries: Sequence[Entry]) -> bytes:
    """As anybody would: no cache, the whole calendar in one piece."""
    whole = Calendar()
    whole.add("version", "2.0")
    whole.add("prodid", "-//Benchmark//EN")
    for entry in entries:
        whole.add_component(_event(entry))
    written: bytes = whole.to_ical()
    return written


def _event(entry: Entry) -> Event:
    page = _OPTIONS.url(webinar_path(entry.code))
    event = Event()
    event.add("uid", entry.uid)
    event.add("summary", entry.summary)
    event.add("dtstart", entry.dtstart)
    event.add("dtend", entry.dtend)
    event.add("location", page)
    event.add("description", describe(entry, _OPTIONS, _WORDS))
    event.add("url", page)
    event.add("categories", [*entry.topics, *entry.hosts])
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PUBLIC")
    event.add("created", entry.created)
    event.add("last-modified", entry.last_modified)
    event.add("dtstamp", entry.last_modified)
    event.add("sequence", entry.sequence)
    return event


def _now() -> datetime:
    return datetime.now(UTC)
