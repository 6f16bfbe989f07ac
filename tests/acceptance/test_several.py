"""Several processes on one database: one asks Telegram for updates, and another takes over when it dies."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from sandbox.client import Telegram
from storage import Database, Session, webinars
from tests.acceptance.conftest import on_both_databases
from tests.acceptance.process import Convoke, cleared, free_port
from tests.acceptance.ways import way_to_ports
from tests.factories import add_webinar

VISITOR = 500


@pytest.fixture
async def two(telegram: Telegram, tmp_path: Path, postgres_url: str) -> AsyncIterator[list[Convoke]]:
    """Two bots that poll, both running."""
    async with AsyncExitStack() as stack:
        found = []
        for name in ("one", "two"):
            folder = tmp_path / name
            folder.mkdir()
            one = Convoke(folder=folder, api_url=telegram.url, storage_url=postgres_url, roles=["bot"])
            found.append(await stack.enter_async_context(cleared(one)))
        for one in found:
            await one.start()
        yield found


async def greeted(telegram: Telegram, visitor: int) -> bool:
    await telegram.people(visitor)
    await telegram.start(visitor)
    (reply,) = await telegram.wait_for("sendMessage", chat=visitor, since=0, wait=20)
    return reply.ok


def turns(one: Convoke) -> list[str]:
    """Whose turn it was to ask for updates, by what it wrote each time that changed."""
    return [line for line in one.log.splitlines() if "updates" in line]


def asking(processes: list[Convoke]) -> list[int]:
    said = [turns(one)[-1:] for one in processes]
    return [number for number, last in enumerate(said) if last and last[0].endswith(": asking for updates")]


async def start_again(one: Convoke) -> None:
    """Until it knows whose turn it is."""
    before = len(turns(one))
    await one.start()
    async with asyncio.timeout(20):
        while len(turns(one)) == before:  # noqa: ASYNC110 -- only its log tells
            await asyncio.sleep(0.05)


async def test_another_takes_over_and_is_never_in_the_way(two: list[Convoke], telegram: Telegram) -> None:
    """When one stops, when it comes again later, and when the other is killed."""
    assert await greeted(telegram, VISITOR)
    assert asking(two) == [0]

    await two[0].stop()
    assert await greeted(telegram, VISITOR + 1)
    assert asking(two)[-1] == 1

    await start_again(two[0])
    assert await greeted(telegram, VISITOR + 2)
    assert asking(two) == [1]

    await two[1].kill()
    assert await greeted(telegram, VISITOR + 3)
    assert asking(two)[0] == 0
    assert await telegram.refusals() == ()


VISITORS = range(VISITOR, VISITOR + 12)


async def answered_updates(convoke: Convoke) -> int:
    async with httpx.AsyncClient(base_url=convoke.url) as http:
        shown = (await http.get("/metrics")).text
    (line,) = [line for line in shown.splitlines() if line.startswith("convoke_reply_seconds_count")]
    return int(float(line.split()[1]))


async def test_several_bots_share_one_webhook_and_one_alone_goes_on(
    telegram: Telegram, tmp_path: Path, postgres_url: str
) -> None:
    ports = [free_port(), free_port()]
    way = way_to_ports(ports)
    await way.open()
    await telegram.people(VISITOR, len(VISITORS))
    async with AsyncExitStack() as stack:
        bots = []
        for port in ports:
            folder = tmp_path / str(port)
            folder.mkdir()
            bot = Convoke(
                folder=folder,
                api_url=telegram.url,
                storage_url=postgres_url,
                roles=["bot"],
                mode="webhook",
                webhook_url=f"http://127.0.0.1:{way.port}",
                port=port,
            )
            bots.append(await stack.enter_async_context(cleared(bot)))
            await bot.start()
        await asyncio.gather(*(telegram.start(visitor) for visitor in VISITORS))
        await telegram.wait_for("sendMessage", since=0, count=len(VISITORS), wait=20)
        shares = [await answered_updates(bot) for bot in bots]
        await bots[0].kill()
        since = await telegram.mark()
        await asyncio.gather(*(telegram.start(visitor) for visitor in VISITORS))
        await telegram.wait_for("sendMessage", since=since, count=len(VISITORS), wait=20)
        assert await bots[1].stop() == 0
    way.close()

    greetings = Counter(call.chat_id for call in await telegram.calls("sendMessage", since=0))
    assert greetings == Counter(dict.fromkeys(VISITORS, 2))
    assert all(shares), "both had something to do"


def rename(session: Session, code: str, title: str) -> None:
    row = webinars.lock(session, code)
    assert row
    row.title, row.sequence = title, row.sequence + 1
    session.add(row)


@on_both_databases
async def test_calendars_show_within_two_seconds_what_another_process_writes(convoke: Convoke) -> None:
    convoke.roles = ["feeds"]
    await convoke.start()
    database = Database(convoke.storage_url)
    await database.write(add_webinar, starts_at=datetime.now(UTC).replace(microsecond=0) + timedelta(days=2))
    took = []
    async with httpx.AsyncClient(base_url=convoke.url) as http, asyncio.timeout(20):
        for number in range(5):
            await database.write(rename, "w", f"Title {number}")
            began = time.monotonic()
            while f"SUMMARY:Title {number}" not in (await http.get("/feeds/all.ics")).text:  # noqa: ASYNC110 -- as an app asks
                await asyncio.sleep(0.01)
            took.append(time.monotonic() - began)
    await database.close()

    assert max(took) < 2
