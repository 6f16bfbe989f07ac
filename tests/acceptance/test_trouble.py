"""The disk is full, the database is away: people are told so, the log says so in a line, and then it goes on."""

import resource
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from sqlalchemy import make_url

from sandbox.client import Telegram
from storage import Database
from tests.acceptance.process import Convoke, answered, cleared
from tests.acceptance.talking import Talk
from tests.acceptance.ways import way_to_postgres
from tests.factories import add_webinar

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
