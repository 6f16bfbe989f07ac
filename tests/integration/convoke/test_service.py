"""The process as it is wired, without a Telegram."""

import asyncio
import gc

from pydantic import SecretStr

from convoke import service
from convoke.roles import Role
from convoke.settings import Settings, StorageSettings, TelegramSettings, WebSettings
from domain.consortium import parse
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
