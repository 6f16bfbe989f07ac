"""A page of ten thousand webinars: the list, and a search in it, from the request to the last byte."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx

from bench import scenery
from bench.calendars import rename
from bench.ground import SQLITE, Ground
from bench.plain_calendars import OPTIONS
from bench.table import Table
from bench.timing import Series, milliseconds, timed
from feeds.app import build

_WEBINARS, _ROUNDS = 10_000, 5
_LIST, _ONE, _ALL, _NONE = "/", "/?q=part+777", "/?q=markets", "/?q=zzz"


async def run(ground: Ground) -> AsyncIterator[Table]:
    with ground.databases() as databases:
        async with scenery.opened(databases[SQLITE]) as database:
            await database.write(scenery.add_programme, _WEBINARS, _now(), timedelta(hours=1))
            app = build(database, OPTIONS, now=_now)
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bench") as http:
                rows = {
                    "the list, for the first time": milliseconds([await timed(_fetch(http, _LIST))]),
                    "the list": await _again(http, _LIST),
                    "a search, for the first time": milliseconds([await timed(_fetch(http, _ONE))]),
                    "a search that finds a few": await _again(http, _ONE),
                    "a search that finds all": await _again(http, _ALL),
                    "a search that finds nothing": await _again(http, _NONE),
                }
                changed = []
                for number in range(_ROUNDS):
                    await database.write(rename, "p5", f"Another title {number}")
                    changed.append(await timed(_fetch(http, _ONE)))
                rows["a search, one webinar changed"] = milliseconds(changed)
    yield Table(
        title=f"A page of {_WEBINARS:,} webinars",
        head=("", "ms"),
        rows=tuple((name, str(series)) for name, series in rows.items()),
    )


async def _again(http: httpx.AsyncClient, path: str) -> Series:
    return milliseconds([await timed(_fetch(http, path)) for _ in range(_ROUNDS)])


async def _fetch(http: httpx.AsyncClient, path: str) -> None:
    answer = await http.get(path)
    assert answer.status_code == 200  # noqa: PLR2004 -- found


def _now() -> datetime:
    return datetime.now(UTC)
