from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot import profile
from storage import Database
from tests.integration.bot.stage import Stage, staged
from tests.reuse import Reused


@pytest.fixture
def reused(reused_sqlite: Reused) -> Reused:
    """Here it is the chat that is tried: use cases run on both databases, and so does the first story over HTTP."""
    return reused_sqlite


@pytest.fixture
async def published(database: Database) -> AsyncIterator[Stage]:
    """A stage, open, and what Telegram shows of the bot is written."""
    async with staged(database) as stage:
        await stage.open()
        yield stage


@pytest.fixture
async def stage(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """Without what Telegram shows of the bot: to write it takes longer than all else before a stage is open."""
    monkeypatch.setattr(profile, "publish", _write_nothing)
    async with staged(database) as stage:
        await stage.open()
        yield stage


async def _write_nothing(_bot: Bot) -> None:
    return
