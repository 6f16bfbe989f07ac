"""What the outbox sends, on its way to Telegram."""

import logging
import socket
from datetime import timedelta
from typing import Any

import httpx
import pytest
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.doors import plain
from bot.giving_way import GivingWay
from bot.messenger import TelegramMessenger
from domain.content import Content, Reminder, SeatWon
from domain.outcomes import Doubtful, Elsewhere, NotSent, Outcome, Postponed, Rejected, Sent, Unreachable
from domain.takes_place import Cancelled, Moved, Restored
from storage import RegistrationStatus
from tests.chat import JOIN, NASTY, START, Clock, card, card_of, longest_card
from tests.integration.bot.stage import ANA, BEN, CHIARA, TOKEN, Stage

REGISTERED = RegistrationStatus.REGISTERED
CONTENTS: list[Content] = [
    Reminder(card(my_status=REGISTERED), JOIN),
    SeatWon(card_of(NASTY, my_status=REGISTERED)),
    Moved(card(my_status=REGISTERED), START - timedelta(days=2)),
    Moved(longest_card(my_status=RegistrationStatus.WAITLISTED), START - timedelta(days=2)),
    Cancelled(card_of(NASTY)),
    Restored(card()),
]


def messenger(stage: Stage) -> TelegramMessenger:
    return TelegramMessenger(stage.application.bot, stage.clock, plain)


async def test_everything_the_outbox_knows_arrives_as_it_is_meant(stage: Stage) -> None:
    await stage.start(ANA)

    outcomes = [await messenger(stage).send(ANA, "en", content) for content in CONTENTS]

    shown = (await stage.telegram.chat(ANA))[2:]
    assert outcomes == [Sent(message.message_id) for message in shown]
    assert shown[0].button("Join now").url == JOIN
    assert shown[1].text.splitlines()[0] == f"🎟 A seat came free: you are registered for {NASTY}."
    assert shown[4].text == f"❌ {NASTY} is cancelled. It was planned for Tue 19 Jan, 10:00 CET."
    assert await stage.refusals() == ()


async def test_what_is_opened_from_a_reminder_leaves_the_way_in(stage: Stage) -> None:
    await stage.post(code="pack1234", capacity=1)
    await stage.start(ANA, "w_pack1234")
    await stage.press(ANA, "Register")
    await messenger(stage).send(ANA, "en", Reminder(card(my_status=REGISTERED), JOIN))
    reminder = await stage.telegram.last(ANA)

    details = await stage.press_for_answer(ANA, "Details", reminder)
    assert details.text.startswith("✅ You are registered.")
    wishes = await stage.press_for_answer(ANA, "Reminder settings", reminder)
    assert wishes.text.startswith("Reminders\n")
    assert (await stage.message(ANA, reminder.message_id)).button("Join now").url == JOIN
    await messenger(stage).send(ANA, "en", SeatWon(card(my_status=REGISTERED)))
    left = await stage.press(ANA, "I can't come", await stage.telegram.last(ANA))
    assert (left.labels[0], left.message_id > reminder.message_id) == ("Register", True)
    assert await stage.refusals() == ()


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (
            {"code": 429, "description": "Too Many Requests: retry after 5", "parameters": {"retry_after": 5}},
            Postponed(timedelta(seconds=5)),
        ),
        ({"code": 403, "description": "Forbidden: bot was blocked by the user"}, Unreachable),
        ({"code": 400, "description": "Bad Request: chat not found"}, Unreachable("Chat not found")),
        ({"code": 400, "description": "Bad Request: message is too long"}, Rejected("Message is too long")),
        ({"code": 401, "description": "Unauthorized"}, NotSent),
        (
            {"code": 400, "description": "Bad Request: chat moved", "parameters": {"migrate_to_chat_id": -1007}},
            Elsewhere(-1007),
        ),
        ({"code": 502, "description": "Bad Gateway"}, Doubtful("Bad Gateway")),
        ({"drop": True}, Doubtful),
        ({"drop": True, "when": "after"}, Doubtful),
    ],
    ids=["busy", "blocked", "unknown", "refused", "token", "elsewhere", "unwell", "lost", "answer_lost"],
)
async def test_what_became_of_a_message(stage: Stage, fault: dict[str, Any], outcome: Outcome | type[Outcome]) -> None:
    await stage.start(ANA)
    await stage.telegram.fault(method="sendMessage", n=1, **fault)

    found = await messenger(stage).send(ANA, "en", Restored(card()))

    assert (type(found) if isinstance(outcome, type) else found) == outcome


async def test_who_cannot_be_written_to_is_unreachable(stage: Stage) -> None:
    for user in (ANA, BEN):
        await stage.start(user)
    await stage.telegram.block(ANA)
    await stage.telegram.deactivate(BEN)

    outcomes = [await messenger(stage).send(user, "en", Restored(card())) for user in (ANA, BEN, CHIARA, 999)]

    assert [type(outcome) for outcome in outcomes] == [Unreachable] * 4


@pytest.mark.parametrize(
    ("trouble", "outcome"),
    [
        (httpx.PoolTimeout, NotSent("PoolTimeout")),
        (httpx.ConnectTimeout, NotSent("ConnectTimeout")),
        (httpx.ConnectError, NotSent("ConnectError")),
        (httpx.ReadTimeout, Doubtful("Timed out")),
        (httpx.WriteTimeout, Doubtful("Timed out")),
        (httpx.ReadError, Doubtful("httpx.ReadError: no")),
        (httpx.WriteError, Doubtful("httpx.WriteError: no")),
        (httpx.RemoteProtocolError, Doubtful("httpx.RemoteProtocolError: no")),
    ],
)
async def test_what_a_silence_means(trouble: type[httpx.TransportError], outcome: Outcome) -> None:
    def fails(request: httpx.Request) -> httpx.Response:
        raise trouble("no", request=request)

    request = HTTPXRequest(httpx_kwargs={"transport": httpx.MockTransport(fails)})
    bot = ExtBot(TOKEN, base_url="http://127.0.0.1/bot", request=request, rate_limiter=GivingWay(25))

    assert await TelegramMessenger(bot, Clock(), plain).send(ANA, "en", Restored(card())) == outcome


async def test_the_log_says_once_that_telegram_is_out_of_reach_and_once_that_it_is_back(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    await stage.start(ANA)
    carrier = messenger(stage)
    pause = {"code": 429, "parameters": {"retry_after": 7}}
    refused = {"code": 401, "description": "Unauthorized"}
    faults = [{"drop": True}, {"drop": True}, {}, {}, pause, {}, {"drop": True}, refused, refused, {}]

    for fault in faults:
        if fault:
            await stage.telegram.fault(method="sendMessage", n=1, **fault)
        await carrier.send(ANA, "en", Restored(card()))

    said = [record.message.partition(" (")[0] for record in caplog.records if record.name.startswith("bot.")]
    assert said == [
        *("Telegram does not answer", "Telegram answers again", "Telegram asks to wait for 7 s"),
        *("Telegram does not answer", "Telegram refuses the bot's token", "Telegram answers again"),
    ]


async def test_message_that_surely_never_left() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # taken, and not listened to
        base_url = f"http://127.0.0.1:{nobody.getsockname()[1]}/bot"
        bot = ExtBot(TOKEN, base_url=base_url, rate_limiter=GivingWay(25))

        assert await TelegramMessenger(bot, Clock(), plain).send(ANA, "en", Restored(card())) == NotSent("ConnectError")
