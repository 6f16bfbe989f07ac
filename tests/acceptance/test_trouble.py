"""The disk is full, the database is away: people are told so, the log says so in a line, and then it goes on."""

import asyncio
import resource
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from sqlalchemy import make_url

from sandbox.client import Telegram
from storage import Database, Delivery, DeliveryState, deliveries
from tests.acceptance.crashing import FIRST, Storm, Worker, all_settled, prepare
from tests.acceptance.process import Convoke, answered, cleared
from tests.acceptance.talking import Talk
from tests.acceptance.ways import way_to_postgres
from tests.factories import add_webinar, rows

ANA = 600
SORRY = "Something went wrong on our side."


async def post_webinar(storage_url: str) -> None:
    database = Database(storage_url)
    await database.write(add_webinar, starts_at=datetime.now(UTC).replace(microsecond=0) + timedelta(days=9))
    await database.close()


def written(sqlite_url: str) -> int:
    """How long the log of the database is that every commit makes longer."""
    return Path(f"{make_url(sqlite_url).database}-wal").stat().st_size


def lines_of(convoke: Convoke, level: str) -> list[str]:
    """How they end: before that stands where."""
    lines = [line for line in convoke.log.splitlines() if f" {level} " in line]
    return [f"the database {line.partition(': the database ')[2]}" for line in lines]


async def test_a_full_disk_is_said_and_survived(telegram: Telegram, tmp_path: Path, sqlite_url: str) -> None:
    """No process may write files beyond what is there: as a full disk, but of this process alone."""
    await post_webinar(sqlite_url)
    await telegram.people(ANA)
    async with cleared(Convoke(folder=tmp_path, api_url=telegram.url, storage_url=sqlite_url)) as convoke:
        await convoke.start()
        ana = Talk(telegram, ANA)
        card = await ana.open("w_w")
        assert convoke.process
        _, most = resource.prlimit(convoke.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(convoke.process.pid, resource.RLIMIT_FSIZE, (written(sqlite_url), most))
        sorry = await ana.press_below("Register")
        resource.prlimit(convoke.process.pid, resource.RLIMIT_FSIZE, (most, most))
        await ana.turn_to(card.message_id)
        registered = await ana.press("Register")
        assert await convoke.stop() == 0

    assert sorry.text.startswith(SORRY)
    assert registered.text.startswith("✅ You are registered.")
    assert lines_of(convoke, "ERROR") == ["the database cannot be used: disk I/O error"]
    assert "Traceback" not in convoke.log


async def test_a_database_that_is_away_is_said_and_survived(
    telegram: Telegram, tmp_path: Path, postgres_url: str
) -> None:
    """Calendars that are known to be true stay; whatever needs the database says that it cannot be done now."""
    await post_webinar(postgres_url)
    await telegram.people(ANA)
    way, storage_url = way_to_postgres(postgres_url)
    await way.open()
    convoke = Convoke(folder=tmp_path, api_url=telegram.url, storage_url=storage_url)
    async with cleared(convoke), httpx.AsyncClient(base_url=convoke.url) as http:
        await convoke.start()
        ana = Talk(telegram, ANA)
        card = await ana.open("w_w")
        way.close()
        sorry = await ana.press_below("Register")
        found = [await http.get(path) for path in ("/readyz", "/healthz", "/feeds/all.ics", "/")]
        await way.open()
        await answered(http, "/readyz")
        await ana.turn_to(card.message_id)
        registered = await ana.press("Register")
        feed = await http.get("/feeds/all.ics")
        assert await convoke.stop() == 0
    way.close()

    assert sorry.text.startswith(SORRY)
    assert [answer.status_code for answer in found] == [503, 200, 503, 503]
    assert found[0].text == "database: it cannot be used; the log says why\n"
    assert "BEGIN" not in found[2].text
    assert registered.text.startswith("✅ You are registered.")
    assert "BEGIN:VEVENT" in feed.text
    assert "Traceback" not in convoke.log


async def test_a_network_that_is_away_is_said_and_everybody_is_told_when_it_is_back(
    telegram: Telegram, tmp_path: Path, sqlite_url: str
) -> None:
    people = 40
    storm = Storm(recipients=people, kills=0, messages_per_second=50, processes=1, lease=timedelta(minutes=1), seed=0)
    await telegram.bot(Worker.token)
    await telegram.people(FIRST, people, started=True)
    database = Database(sqlite_url)
    await database.write(prepare, people, datetime.now(UTC))
    async with cleared(Worker(folder=tmp_path, api_url=telegram.url, storage_url=sqlite_url, storm=storm)) as worker:
        await worker.start()
        await telegram.wait_for("sendMessage", since=0, count=people // 4)
        await telegram.outage()
        await says(worker, "Telegram does not answer")
        await telegram.outage(on=False)
        await all_settled(database, people)
        assert await worker.stop() == 0

    attempts = {FIRST - 1 + row.person_id: row.attempts for row in await database.read(rows, Delivery)}
    assert {row.state for row in await database.read(rows, Delivery)} == {DeliveryState.SENT}
    await database.close()
    taken = Counter(call.chat_id for call in await telegram.calls("sendMessage", since=0) if call.ok)
    assert taken.keys() == attempts.keys()
    assert all(number <= attempts[chat or 0] for chat, number in taken.items())
    assert worker.log.count("Telegram answers again") == worker.log.count("Telegram does not answer")


async def test_a_bot_without_telegram_says_so_once_comes_back_and_ends_in_order_when_its_token_is_revoked(
    telegram: Telegram, tmp_path: Path, sqlite_url: str
) -> None:
    await telegram.people(ANA)
    async with cleared(Convoke(folder=tmp_path, api_url=telegram.url, storage_url=sqlite_url)) as convoke:
        await convoke.start()
        assert await telegram.ready()
        ana = Talk(telegram, ANA)
        await telegram.mark()
        await telegram.outage()
        await telegram.wait_for("getUpdates", count=2)
        await telegram.outage(on=False)
        await ana.open()
        await telegram.mark()
        await telegram.fault(method="getUpdates", code=401, description="Unauthorized")
        await telegram.fault(method="sendMessage", delay=1)
        await telegram.say(ANA, "/mine")
        assert convoke.process
        assert await asyncio.wait_for(convoke.process.wait(), 30) == 2
        assert len(await telegram.calls("sendMessage", chat=ANA)) == 1

    assert convoke.log.count("Telegram does not answer") == convoke.log.count("Telegram answers again") == 1
    assert convoke.log.endswith(
        "Telegram refuses the bot's token. Copy it again from @BotFather to [telegram] token.\n"
    )
    assert "Traceback" not in convoke.log
    assert "never retrieved" not in convoke.log


async def test_it_ends_in_time_though_telegram_hangs_and_gives_back_what_has_not_left(
    telegram: Telegram, tmp_path: Path, sqlite_url: str
) -> None:
    """Else it would wait for calls that take half a minute, and for a pause in a chat that is longer still."""
    await telegram.bot(Convoke.token)
    await telegram.people(FIRST, 60, started=True)
    await telegram.people(ANA)
    database = Database(sqlite_url)
    await database.write(prepare, 60, datetime.now(UTC))
    pause = {"code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 50}}
    await telegram.fault(method="sendMessage", chat_id=ANA, **pause)
    await telegram.fault(method="sendMessage", delay=30)
    convoke = Convoke(folder=tmp_path, api_url=telegram.url, storage_url=sqlite_url, leads=[timedelta(hours=1)])
    async with cleared(convoke):
        await convoke.start()
        await telegram.start(ANA)
        await telegram.wait_for("sendMessage", chat=ANA, since=0, wait=30)
        async with asyncio.timeout(30):
            while DeliveryState.SENDING not in await database.read(deliveries.count_by_state):  # noqa: ASYNC110 -- the same
                await asyncio.sleep(0.05)
        began = time.monotonic()
        assert await convoke.stop() == 0
        took = time.monotonic() - began

    left = await database.read(deliveries.count_by_state)
    await database.close()
    assert took < 10  # five, and what a busy machine takes to end a program
    assert left.keys() <= {DeliveryState.PENDING, DeliveryState.SENDING}
    assert left[DeliveryState.SENDING] <= 8
    assert "stopped in the middle of what had not ended" in convoke.log


async def says(convoke: Convoke, words: str) -> None:
    """Wait for a line of its log."""
    async with asyncio.timeout(30):
        while words not in convoke.log:  # noqa: ASYNC110 -- another process's file
            await asyncio.sleep(0.05)
