"""The clock that can be pushed, and what whoever runs the bot shows beside the chat."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from telegram import Bot

from sandbox.client import Telegram
from sandbox.errors import UnexpectedAnswerError
from sandbox.panel import Table
from sandbox.server import Sandbox, serving

ANA, DAY = 7, 86_400
NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)


class Board:
    def __init__(self) -> None:
        self.asked: list[datetime] = []

    async def tables(self, now: datetime) -> Sequence[Table]:
        self.asked.append(now)
        return (Table("Next", ("When", "What", "Times"), ((NOON, "lunch", 1),), "Nothing."),)


async def panel(url: str) -> object:
    async with httpx.AsyncClient(base_url=url) as http:
        return (await http.get("/_/panel")).json()


async def test_tables_are_shown_as_they_are_given() -> None:
    async with serving(panel=Board().tables) as sandbox:
        assert await panel(sandbox.url) == {
            "tables": [
                {
                    "title": "Next",
                    "columns": ["When", "What", "Times"],
                    "rows": [[{"unix": NOON.timestamp()}, "lunch", 1]],
                    "empty": "Nothing.",
                }
            ]
        }


async def test_without_a_panel_there_is_nothing(sandbox: Sandbox) -> None:
    assert await panel(sandbox.url) == {"tables": []}


async def test_a_panel_is_asked_with_the_time_of_the_clock() -> None:
    board = Board()
    async with serving(panel=board.tables) as sandbox, Telegram(sandbox.url) as people:
        await panel(sandbox.url)
        await people.advance(DAY)
        await panel(sandbox.url)
    before, after = board.asked
    assert (after - before).days == 1


async def test_a_push_is_told(sandbox: Sandbox, people: Telegram) -> None:
    heard: list[float] = []
    sandbox.world.clock.pushes.append(lambda: heard.append(sandbox.world.clock.offset))
    with sandbox.world.events.window() as window:
        await people.advance(60)
        await people.advance(DAY)
        told = [window.get_nowait() for _ in range(window.qsize())]
    assert heard == [60, 60 + DAY]
    assert told == [{"event": "clock", "offset": 60.0}, {"event": "clock", "offset": 60.0 + DAY}]
    assert (await people.state())["offset"] == 60 + DAY


async def test_time_does_not_go_back(people: Telegram, bot: Bot) -> None:
    await people.advance(DAY)
    with pytest.raises(UnexpectedAnswerError, match="Time does not go back"):
        await people.advance(-1)
    await people.reset()
    await people.people(ANA, started=True)
    assert (await people.state())["offset"] == DAY
    ahead = (await bot.send_message(ANA, "x")).date - datetime.now(UTC)
    assert round(ahead.total_seconds() / DAY) == 1


async def test_pushed_time_is_kept_over_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    async with serving(state=file) as sandbox, Telegram(sandbox.url) as people:
        await people.advance(DAY)
    async with serving(state=file) as sandbox:
        assert sandbox.world.clock.offset == DAY
    assert json.loads(file.read_bytes())["clock"] == DAY
