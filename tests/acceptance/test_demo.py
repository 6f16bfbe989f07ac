"""`convoke demo`: started, played, stopped with Ctrl-C, and going on where it was."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
import pytest

from sandbox.client import Telegram
from tests.acceptance.playing import Demo, playing

ANA = 21
DAY = 24 * 60 * 60
_LOOKS = 200


async def test_the_demo_is_played_stopped_and_goes_on_where_it_was(tmp_path: Path) -> None:
    """By the clock that people push: it does not go back over a restart, though the local Telegram be forgotten."""
    demo = Demo(folder=tmp_path)
    async with playing(demo), Telegram(demo.chat) as telegram, httpx.AsyncClient(base_url=demo.web) as http:
        assert demo.printed.count("http://127.0.0.1") == 2
        await telegram.ready()
        message_id = await _register(telegram)
        assert "You are registered." in await _text(telegram, message_id)
        assert "Coffee with buyers" in (await http.get("/")).text
        assert (await http.get("/feeds/all.ics")).text.count("BEGIN:VEVENT") == 13
    assert "kept" in demo.printed

    async with playing(demo), Telegram(demo.chat) as telegram, httpx.AsyncClient(base_url=demo.web) as http:
        assert "You are registered." in await _text(telegram, message_id)
        assert (await http.get("/feeds/all.ics")).text.count("BEGIN:VEVENT") == 13
        await telegram.ready()
        assert "You are registered." not in await _press(telegram, message_id, "Cancel registration")
        assert "You are registered." in await _press(telegram, message_id, "Register")
        await _be_reminded(telegram, demo)
        await telegram.advance(DAY)
        await telegram.mark()
        await telegram.start(ANA)
        answer = (await telegram.wait_for("sendMessage", chat=ANA))[0]

    for _ in range(2):
        async with playing(demo), Telegram(demo.chat) as telegram:
            await telegram.ready()
            assert (await telegram.state())["now"] > answer.at - 1
        (tmp_path / "demo-telegram.json").unlink()


async def _be_reminded(telegram: Telegram, demo: Demo) -> None:
    async with httpx.AsyncClient(base_url=demo.chat) as http:
        await _panel_shows(http, "Not in the outbox yet: reminders", "Coffee with buyers from Shanghai")
        await telegram.mark()
        await telegram.advance(600)
        [reminder] = await telegram.wait_for("sendMessage", chat=ANA)
        assert reminder.text is not None
        assert reminder.text.startswith("Starts in ")
        await _panel_shows(http, "Outbox: all there ever was", "reminder", "sent", 1)
        ticks = await _rows(http, "Next ticks")
    assert {name for _, name in ticks} >= {"plan", "dispatch", "expand notices"}


async def test_an_end_that_comes_during_the_start(tmp_path: Path) -> None:
    demo = Demo(folder=tmp_path, by_command=True)
    async with playing(demo):
        assert "Ctrl-C" in demo.printed
    assert "kept" in demo.printed
    assert demo.warnings == ""


async def test_pages_that_look_on_do_not_disturb_the_end(tmp_path: Path) -> None:
    demo = Demo(folder=tmp_path)
    async with AsyncExitStack() as looking, Telegram(demo.chat) as telegram:
        async with playing(demo):
            await telegram.ready()
            windows = [await looking.enter_async_context(_window(demo.chat)) for _ in range(5)]
            await telegram.start(ANA)
            await telegram.wait_for("sendMessage", chat=ANA)
        heard = [[event["event"] async for event in window] for window in windows]
    assert [events[:2] for events in heard] == [["update", "message"]] * len(windows)
    assert demo.warnings == ""


@pytest.mark.parametrize("part", ["chat_port", "web_port"])
async def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path, part: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        demo = Demo(folder=tmp_path, **{part: port})
        process = await demo.launch()
        async with asyncio.timeout(30):
            code = await process.wait()

    assert (code, demo.printed) == (1, "")
    [line] = demo.warnings.splitlines()
    assert str(port) in line
    assert "running already" in line


async def _register(telegram: Telegram) -> int:
    """Ana registers for what starts soon; returns the message with her card."""
    await telegram.mark()
    await telegram.start(ANA)
    await telegram.wait_for("sendMessage", chat=ANA)
    card = await telegram.last(ANA)
    for label in ("See it", "Register"):
        await _press(telegram, card.message_id, label)
    await telegram.wait_for("sendMessage", chat=ANA)  # after the first registration: what else to hear of
    return card.message_id


async def _press(telegram: Telegram, message_id: int, label: str) -> str:
    """What the card says then."""
    await telegram.mark()
    await telegram.press(ANA, message_id, label)
    await telegram.wait_for("editMessageText", chat=ANA)
    return await _text(telegram, message_id)


async def _text(telegram: Telegram, message_id: int) -> str:
    (shown,) = (message for message in await telegram.chat(ANA) if message.message_id == message_id)
    return shown.text


@asynccontextmanager
async def _window(url: str) -> AsyncIterator[AsyncIterator[dict[str, object]]]:
    """What a page hears, from now on."""
    async with httpx.AsyncClient(base_url=url, timeout=30) as http, http.stream("GET", "/_/events") as stream:
        lines = stream.aiter_lines()
        assert await anext(lines) == "retry: 1000"
        yield (json.loads(line.removeprefix("data: ")) async for line in lines if line.startswith("data: "))


async def _rows(http: httpx.AsyncClient, title: str) -> list[list[object]]:
    tables = (await http.get("/_/panel")).json()["tables"]
    [rows] = [table["rows"] for table in tables if table["title"] == title]
    return [list(row) for row in rows]


async def _panel_shows(http: httpx.AsyncClient, title: str, *cells: object) -> None:
    """Wait for a row with these cells: what was sent is written down a moment after it has arrived."""
    for _ in range(_LOOKS):
        rows = [[cell for cell in row if not isinstance(cell, dict)] for row in await _rows(http, title)]
        if any(set(cells) <= set(row) for row in rows):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(await _rows(http, title))
