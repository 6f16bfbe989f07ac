"""Killed in the middle of the work: nothing is lost, and nothing is told twice that was not in flight."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from sandbox.client import Telegram
from sandbox.server import serving
from storage import Database, DeliveryState
from tests.acceptance.conftest import on_both_databases
from tests.acceptance.crashing import Storm, broadcast
from tests.acceptance.process import Convoke, cleared
from tests.acceptance.rushing import FIRST, JOIN, LEAVE, REGISTER, SEATED, WAITING, Rush

# As in `make crash`, but faster and smaller.
STORM = {"recipients": 120, "kills": 3, "messages_per_second": 100, "lease": timedelta(seconds=2)}
COMPANIES = range(FIRST, FIRST + 24)
SEATS, LEAVING = 10, 6
SAME = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


@pytest.mark.parametrize(("kind", "processes"), [("sqlite", 1), ("postgres", 2)])
async def test_a_broadcast_survives_kills_at_any_moment(
    kind: str, processes: int, telegram: Telegram, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    storage_url = request.getfixturevalue(f"{kind}_url")

    toll = await broadcast(Storm(processes=processes, seed=7, **STORM), tmp_path, storage_url, telegram)

    assert (toll.told, toll.lost, toll.unexplained) == (STORM["recipients"], 0, ())
    assert toll.states == {DeliveryState.SENT: STORM["recipients"]}
    assert toll.duplicates <= toll.doubtful


@pytest.fixture
async def patient_telegram() -> AsyncIterator[Telegram]:
    """Whoever presses again after a kill is shown what may stand there already: that alone may be refused."""
    async with serving() as sandbox, Telegram(sandbox.url) as client:
        yield client
        assert await client.mistakes(SAME) == ()


@on_both_databases
async def test_seats_and_the_line_survive_kills_while_everybody_registers_and_while_seats_come_free(
    patient_telegram: Telegram, tmp_path: Path, database_url: str
) -> None:
    telegram = patient_telegram
    random = Random(7)  # noqa: S311 -- to be repeatable
    convoke = Convoke(folder=tmp_path, api_url=telegram.url, storage_url=database_url, lease=STORM["lease"])
    database = Database(database_url)
    async with cleared(convoke):
        await convoke.start()
        rush = Rush(convoke, telegram, database, COMPANIES, SEATS, random)
        await rush.open_cards()
        kills = [("editMessageText", random.randint(1, 2 * SEATS))]
        glances = await rush.press_all(COMPANIES, REGISTER, JOIN, kills=kills)
        full = await rush.places()
        shown = {person: await rush.status_shown(person) for person in COMPANIES}

        leaving = sorted(full.seated)[:LEAVING]
        kills = [("editMessageText", random.randint(1, 2)), ("sendMessage", 1)]
        glances_at_promotions = await rush.press_all(leaving, LEAVE, kills=kills)
        told = await rush.told_of_seat(LEAVING)
        left, attempts = await rush.places(), await rush.attempts()
        assert await convoke.stop() == 0
    await database.close()

    assert (len(full.seated), len(full.line)) == (SEATS, len(COMPANIES) - SEATS)
    assert shown == dict.fromkeys(full.seated, SEATED) | dict.fromkeys(full.line, WAITING)
    for glance in glances:
        assert len(glance.places.seated) <= SEATS
        assert glance.places.seated <= full.seated
        assert full.line[: len(glance.places.line)] == glance.places.line, "nobody gets past those who came before"
        written = dict.fromkeys(glance.places.seated, SEATED) | dict.fromkeys(glance.places.line, WAITING)
        confirmed = {person: status for person, status in glance.shown.items() if status}
        assert confirmed.items() <= written.items(), "nothing is shown that is not written"

    promoted = full.line[:LEAVING]
    assert left.line == full.line[LEAVING:]
    assert left.seated == full.seated - {*leaving} | {*promoted}
    assert all(len(glance.places.seated) == SEATS for glance in glances_at_promotions)
    assert told.keys() == attempts.keys() == {*promoted}
    assert all(1 <= told[person] <= attempts[person] for person in promoted)
