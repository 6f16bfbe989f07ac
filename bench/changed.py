"""A webinar among ten thousand changes: how long after its commit a calendar app has the bytes that say so."""

import gc
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import process_time

import httpx

from bench import scenery
from bench.calendars import rename, write_nothing
from bench.ground import SQLITE, Ground
from bench.plain_calendars import OPTIONS
from bench.table import Table
from bench.timing import milliseconds, timed
from feeds.app import build
from storage import Database

_WEBINARS, _ROUNDS = 10_000, 5
_FRENCH = [f"p{number}" for number in range(0, _WEBINARS, 10)]
_CALENDARS = {
    "one webinar's": f"/webinars/{_FRENCH[1]}.ics",
    "a thousand, those in French": "/feeds/custom.ics?language=fr",
    "all ten thousand": "/feeds/all.ics",
}
_CODINGS = ("identity", "gzip", "br")


async def run(ground: Ground) -> AsyncIterator[Table]:
    logging.getLogger("feeds.render").setLevel(logging.ERROR)  # that ten thousand are too many for some apps we know
    with ground.databases() as databases:
        async with scenery.opened(databases[SQLITE]) as database:
            await database.write(scenery.add_programme, _WEBINARS, _now(), timedelta(hours=1))
            await database.write(scenery.translate, _FRENCH, "fr")
            app = build(database, OPTIONS, now=_now)
            gc.freeze()  # as a process of Convoke does when it has started
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bench") as http:
                rows = [(name, *await _row(database, http, path)) for name, path in _CALENDARS.items()]
    yield Table(
        title=f"One of {_WEBINARS:,} webinars has changed: from its commit to the last byte of the answer, ms",
        head=("", "bytes", *_CODINGS, "identity: CPU", "gzip: CPU", "something else was written"),
        rows=tuple(rows),
    )


async def _row(database: Database, http: httpx.AsyncClient, path: str) -> tuple[str, ...]:
    size = len(await _fetch(http, path, "identity"))
    times = {
        coding: [await _change(database, http, path, coding, number) for number in range(_ROUNDS)]
        for coding in _CODINGS
    }
    unchanged = []
    for _ in range(_ROUNDS):
        await database.write(write_nothing)
        unchanged.append(await timed(_fetch(http, path, "identity")))
    series = [milliseconds(time.waited for time in times[coding]) for coding in _CODINGS]
    cpu = [milliseconds(time.worked for time in times[coding]) for coding in ("identity", "gzip")]
    return f"{size:,}", *map(str, (*series, *cpu, milliseconds(unchanged)))


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds: by the clock, and of this process alone, the reader among it."""

    waited: float
    worked: float


async def _change(database: Database, http: httpx.AsyncClient, path: str, coding: str, number: int) -> Took:
    title = f"{coding} {number}"
    await _fetch(http, path, coding)
    await database.write(rename, _FRENCH[1], title)
    began = process_time()
    waited = await timed(_fetch(http, path, coding))
    worked = process_time() - began
    assert title.encode() in await _fetch(http, path, "identity")
    return Took(waited, worked)


async def _fetch(http: httpx.AsyncClient, path: str, coding: str) -> bytes:
    """As it comes: to unpack it is the reader's work."""
    async with http.stream("GET", path, headers={"accept-encoding": coding}) as answer:
        assert answer.headers.get("content-encoding", "identity") == coding
        return b"".join([part async for part in answer.aiter_raw()])


def _now() -> datetime:
    return datetime.now(UTC)
