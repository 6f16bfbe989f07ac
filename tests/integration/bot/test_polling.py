"""Asking for updates while Telegram is away, refuses us, or serves somebody else."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest
from telegram import Update

from bot import reach
from bot.chat import Chat
from bot.reach import TokenRefusedError
from storage import Database
from tests.integration.bot.stage import ANA, Stage, staged

NOTHING = "You are not registered for a webinar yet."


@pytest.fixture
async def closed(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Stage]:
    """A stage that the test opens itself, and that tries again soon."""
    monkeypatch.setattr(reach, "_FIRST_PAUSE_S", 0.01)
    caplog.set_level(logging.INFO, "bot")
    database = Database(sqlite_url)
    async with staged(database) as stage:
        yield stage
    await database.close()


async def why_not(stage: Stage) -> str:
    async with asyncio.timeout(10):
        while not (reason := await stage.chat.why_not_ready()):  # noqa: ASYNC110 -- nobody tells when it changes
            await asyncio.sleep(0.01)
    return reason


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The lines of the bot and of PTB; the local Telegram writes here too."""
    ours = [record for record in caplog.records if record.name.startswith(("bot.", "telegram."))]
    return [record.getMessage().partition(" (")[0] for record in ours]


ONCE = ["Telegram does not answer", "Telegram answers again"]


async def test_an_outage_is_a_line_when_it_begins_and_a_line_when_it_ends(
    closed: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await closed.open()
    await closed.telegram.mark()
    await closed.telegram.outage()
    await closed.telegram.wait_for("getUpdates", count=4)
    await closed.telegram.say(ANA, "/mine")
    await closed.telegram.outage(on=False)

    assert (await closed.answer(ANA)).text == NOTHING
    assert said(caplog) == ONCE


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook", "getUpdates"])
async def test_the_lines_are_the_same_whenever_it_begins(
    closed: Stage, caplog: pytest.LogCaptureFixture, method: str
) -> None:
    await closed.telegram.fault(method=method, drop=True, n=3)

    await closed.open()

    assert (await closed.hear(ANA, "/mine")).text == NOTHING
    assert [method for method, _ in await closed.refusals()] == 3 * [method]
    assert said(caplog) == ONCE


async def test_going_down_while_telegram_is_away_is_silent(closed: Stage, caplog: pytest.LogCaptureFixture) -> None:
    await closed.open()
    await closed.telegram.mark()
    await closed.telegram.outage()
    await closed.telegram.wait_for("getUpdates", count=2)

    await closed.close()

    assert said(caplog) == ["Telegram does not answer"]


async def test_a_token_that_is_revoked_ends_it_when_what_is_at_hand_is_answered(
    closed: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await closed.open()
    await closed.telegram.fault(method="getUpdates", code=401, description="Unauthorized", n=1)

    assert (await closed.hear(ANA, "/mine")).text == NOTHING
    assert await why_not(closed) == "it is not asked for updates"
    with pytest.raises(TokenRefusedError):
        await closed.chat.poll(on=True)
    await closed.close()

    assert not any("Traceback" in line or "Unauthorized" in line for line in said(caplog))


async def test_what_breaks_off_in_a_way_nobody_expected_begins_again(
    closed: Stage, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(update: Update) -> None:
        raise asyncio.QueueFull

    await closed.open()
    with monkeypatch.context() as broken:
        broken.setattr(closed.application.update_queue, "put_nowait", full)
        await closed.telegram.mark()
        await closed.telegram.say(ANA, "/mine")
        assert await why_not(closed) == "it is not asked for updates"

    await closed.chat.poll(on=True)

    assert (await closed.answer(ANA)).text == NOTHING
    assert await closed.chat.why_not_ready() is None
    assert said(caplog) == ["asking for updates broke off; asking again"]
    assert await closed.refusals() == ()


async def test_it_is_not_ready_when_telegram_has_not_answered_for_half_a_minute(closed: Stage) -> None:
    passed = [0.0]
    closed.chat = Chat(closed.application, None, clock=lambda: passed[-1])
    await closed.open()
    await closed.telegram.mark()
    await closed.telegram.outage()
    await closed.telegram.wait_for("getUpdates", count=2)

    passed.append(30.0)
    assert await closed.chat.why_not_ready() is None
    passed.append(31.0)
    assert await closed.chat.why_not_ready() == "no updates for 31 s: it does not answer"
    await closed.telegram.say(ANA, "/mine")
    await closed.telegram.outage(on=False)
    await closed.answer(ANA)
    assert await closed.chat.why_not_ready() is None

    passed.append(100.0)
    await closed.chat.poll(on=False)
    assert await closed.chat.why_not_ready() is None  # another process asks
