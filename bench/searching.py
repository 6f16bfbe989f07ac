"""Ten thousand webinars: the page with the list, a search in it from the request to the last byte, one in the chat."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx

from bench import scenery
from bench.calendars import rename
from bench.ground import SQLITE, Ground
from bench.plain_calendars import OPTIONS
from bench.table import Table
from bench.timing import Series, milliseconds, timed
from bot.context import names_of
from domain import browsing
from domain.coming import Coming
from feeds.app import build
from storage import Database

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
            rows |= {f"in the chat: {name}": series for name, series in (await _chat(database)).items()}
    yield Table(
        title=f"Finding one of {_WEBINARS:,} webinars",
        head=("", "ms"),
        rows=tuple((name, str(series)) for name, series in rows.items()),
    )


async def _again(http: httpx.AsyncClient, path: str) -> Series:
    return milliseconds([await timed(_fetch(http, path)) for _ in range(_ROUNDS)])


async def _chat(database: Database) -> dict[str, Series]:
    """Each in one transaction, which also writes down what was looked for."""
    (person_id,) = await database.write(scenery.add_people, 1, _now())
    coming = Coming()

    async def look_for(words: str) -> Series:
        calls = (
            database.write(browsing.look_for, coming, person_id, words, names_of, now=_now()) for _ in range(_ROUNDS)
        )
        return milliseconds([await timed(call) for call in calls])

    lists = (database.read(browsing.upcoming, person_id, 1, now=_now()) for _ in range(_ROUNDS))
    found = {"the list": milliseconds([await timed(page) for page in lists])}
    await look_for("zzz")  # until then no word is known
    return found | {
        "a search that finds a few": await look_for("part 777"),
        "a search that finds nothing": await look_for("zzz"),
    }


async def _fetch(http: httpx.AsyncClient, path: str) -> None:
    answer = await http.get(path)
    assert answer.status_code == 200  # noqa: PLR2004 -- found


def _now() -> datetime:
    return datetime.now(UTC)
