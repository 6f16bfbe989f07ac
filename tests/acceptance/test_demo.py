"""`convoke demo`: started, played, stopped with Ctrl-C, and going on where it was."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from sandbox.client import Telegram
from tests.acceptance.process import free_port

ANA = 21
_PROGRAM = """
import sys
from pathlib import Path
from convoke import demo
sys.exit(demo.run(demo.Place(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
"""


@asynccontextmanager
async def _demo(folder: Path, chat_port: int, web_port: int) -> AsyncIterator[list[str]]:
    """The demo while the block runs; what it printed is complete after it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _PROGRAM, str(folder), str(chat_port), str(web_port), stdout=asyncio.subprocess.PIPE
    )
    printed: list[str] = []
    try:
        assert process.stdout
        async with asyncio.timeout(30):
            while not any("Ctrl-C" in line for line in printed):
                line = await process.stdout.readline()
                assert line, printed
                printed.append(line.decode())
        yield printed
        os.kill(process.pid, signal.SIGINT)
        async with asyncio.timeout(15):
            printed += (await process.stdout.read()).decode().splitlines()
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_the_demo_is_played_stopped_and_goes_on_where_it_was(tmp_path: Path) -> None:
    ports = free_port(), free_port()
    chat, web = (f"http://127.0.0.1:{port}" for port in ports)

    async with _demo(tmp_path, *ports) as printed, Telegram(chat) as telegram, httpx.AsyncClient(base_url=web) as http:
        assert "".join(printed).count("http://127.0.0.1") == 2
        await telegram.ready()
        await telegram.mark()
        await telegram.start(ANA)
        await telegram.wait_for("sendMessage", chat=ANA)
        card = await telegram.last(ANA)
        for label in ("See it", "Register"):
            await telegram.mark()
            await telegram.press(ANA, card.message_id, label)
            await telegram.wait_for("editMessageText", chat=ANA)
        assert "You are registered." in await _text(telegram, card.message_id)
        assert "Coffee with buyers" in (await http.get("/")).text
        assert (await http.get("/feeds/all.ics")).text.count("BEGIN:VEVENT") == 13
        assert await telegram.refusals() == ()
    assert any("kept" in line for line in printed)

    async with _demo(tmp_path, *ports), Telegram(chat) as telegram, httpx.AsyncClient(base_url=web) as http:
        assert "You are registered." in await _text(telegram, card.message_id)
        assert (await http.get("/feeds/all.ics")).text.count("BEGIN:VEVENT") == 13
        await telegram.ready()
        await telegram.mark()
        await telegram.press(ANA, card.message_id, "Cancel registration")
        await telegram.wait_for("editMessageText", chat=ANA)
        assert "You are registered." not in await _text(telegram, card.message_id)


async def _text(telegram: Telegram, message_id: int) -> str:
    (shown,) = (message for message in await telegram.chat(ANA) if message.message_id == message_id)
    return shown.text
