"""The process as it is wired."""

import asyncio
import gc
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from bot.reach import TokenRefusedError
from convoke import service
from convoke.roles import Role
from convoke.settings import ReminderSettings, Settings, StorageSettings, TelegramSettings, WebSettings
from domain.consortium import parse
from sandbox.client import Telegram
from sandbox.server import serving
from storage import Database, DeliveryState, deliveries
from tests.acceptance.crashing import FIRST, prepare
from tests.architecture.tree import ROOT

TOKEN = "1000000001:opens-nothing-at-all-and-nowhere-else"


async def test_what_was_loaded_for_good_is_never_looked_through_for_garbage(sqlite_url: str) -> None:
    settings = Settings(
        telegram=TelegramSettings(token=SecretStr(TOKEN)),
        storage=StorageSettings(url=sqlite_url),
        web=WebSettings(port=0),
    )
    consortium = parse((ROOT / "consortium.toml").read_text("utf-8"), "consortium.toml")
    stop = asyncio.Event()
    stop.set()
    loaded = len(gc.get_objects())
    try:
        await service.serve(settings, consortium, frozenset({Role.FEEDS}), stop, now=service.utc_now)

        assert gc.get_freeze_count() >= loaded * 0.9  # what was garbage meanwhile is gone
    finally:
        gc.unfreeze()


async def test_when_the_token_is_revoked_what_is_being_sent_arrives_and_is_written_down(sqlite_url: str) -> None:
    database, people = Database(sqlite_url), 120
    await database.write(prepare, people, datetime.now(UTC))
    async with serving() as sandbox, Telegram(sandbox.url, app=sandbox.app) as telegram:
        await telegram.bot(TOKEN)
        await telegram.people(FIRST, people, started=True)
        await telegram.fault(method="sendMessage", delay=0.5)
        await telegram.fault(method="getUpdates", code=401, description="Unauthorized")
        settings = Settings(
            telegram=TelegramSettings(token=SecretStr(TOKEN), api_url=telegram.url),
            storage=StorageSettings(url=sqlite_url),
            web=WebSettings(port=0),
            reminders=ReminderSettings(leads=(timedelta(hours=1),)),
        )
        consortium = parse((ROOT / "consortium.toml").read_text("utf-8"), "consortium.toml")
        try:
            with pytest.raises(TokenRefusedError):
                await service.serve(settings, consortium, frozenset(Role), asyncio.Event(), now=service.utc_now)
        finally:
            gc.unfreeze()
        arrived = len([call for call in await telegram.calls("sendMessage", since=0) if call.ok])

    assert await database.read(deliveries.count_by_state) == {
        DeliveryState.SENT: arrived,
        DeliveryState.PENDING: people - arrived,
    }
    await database.close()
