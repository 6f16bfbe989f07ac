import asyncio
import re
import sys
from pathlib import Path

import pytest

from sandbox.app import controls
from sandbox.client import Telegram
from sandbox.methods import METHODS
from sandbox.server import Sandbox
from sandbox.world import World

DOCS = (Path(__file__).parents[3] / "docs" / "sandbox.md").read_text(encoding="utf-8")
ANA = 7


def test_every_method_is_documented() -> None:
    section = DOCS.partition("## What is modelled")[2].partition("Calls come as")[0]
    assert set(re.findall(r"`(\w+)`", section)) == {method.name for method in METHODS.values()}


def test_every_control_is_documented() -> None:
    routes = {f"{verb} {route.path}" for route in controls(World()) for verb in route.methods or () if verb != "HEAD"}
    assert set(re.findall(r"`((?:POST|GET) /_/[\w/{}]+)`", DOCS)) == routes


@pytest.fixture
async def script(sandbox: Sandbox, tmp_path: Path) -> Path:
    """The ten-line bot of the page, pointed at this sandbox."""
    [source] = re.findall(r"```python\n(from telegram.*?)```", DOCS, re.DOTALL)
    file = tmp_path / "bot.py"
    file.write_text(source.replace("http://127.0.0.1:8081", sandbox.url), encoding="utf-8")
    return file


async def test_the_bot_of_the_page_works(sandbox: Sandbox, script: Path) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, str(script))
    try:
        async with Telegram(sandbox.url) as people:
            assert await people.ready(wait=30)
            await people.say(ANA, "hello")
            [call] = await people.wait_for("sendMessage", chat=ANA)
        assert (call.text, call.ok) == ("HELLO", True)
    finally:
        process.terminate()
        await process.wait()
