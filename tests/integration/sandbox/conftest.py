from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from sandbox.client import Telegram
from sandbox.server import Sandbox, serving

TOKEN = "4200:secret"
ANA, BRAM = 7, 8


@pytest.fixture(autouse=True)
def durations_of_the_next_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with serving() as running:
        yield running


@pytest.fixture
async def people(sandbox: Sandbox) -> AsyncIterator[Telegram]:
    """The people of a sandbox with one bot; Ana and Bram have started it."""
    async with Telegram(sandbox.url) as client:
        await client.bot(TOKEN)
        await client.people(ANA, first_name="Ana", language_code="es", started=True)
        await client.people(BRAM, first_name="Bram", started=True)
        yield client


@pytest.fixture
async def bot(sandbox: Sandbox, people: Telegram) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=sandbox.bot_url, base_file_url=sandbox.file_url) as running:
        yield running
