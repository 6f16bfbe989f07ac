"""Updates as Telegram brings them over HTTP, and as others try to."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot import webhook
from bot.app import ALLOWED_UPDATES
from bot.chat import Webhook
from storage import Database, Person, Registration
from tests.factories import rows
from tests.integration.bot.stage import ANA, BEN, MARTA, Stage, staged

SECRET = "The-secret_that_Telegram-knows"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
USER = {"id": ANA, "is_bot": False, "first_name": "Ana", "language_code": "en"}
CHAT = {"id": ANA, "type": "private", "first_name": "Ana"}
Json = dict[str, Any]


class Road:
    """The way from Telegram to the bot."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        site = Starlette(routes=[webhook.route(stage.application, SECRET)])
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url="https://webinars.example.org")

    async def bring(self, body: bytes | Json, secret: str | bytes = SECRET) -> int:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = [(HEADER.encode(), secret if isinstance(secret, bytes) else secret.encode())]
        return (await self.http.post("/telegram", content=content, headers=given)).status_code


@pytest.fixture
async def road(database: Database) -> AsyncIterator[Road]:
    """Open, with Telegram told where to come; what happens in the sandbox itself is not used, nor brought."""
    async with staged(database, webhook=Webhook("https://webinars.example.org/telegram", SECRET)) as stage:
        await stage.telegram.people(ANA, first_name="Ana", started=True)
        road = Road(stage)
        async with road.http:
            yield road


@pytest.fixture
async def open_road(road: Road) -> Road:
    await road.stage.open()
    return road


def message(update_id: int, text: str, **changes: Any) -> Json:
    entities = [{"type": "bot_command", "offset": 0, "length": len(text)}] if text.startswith("/") else []
    told = {"message_id": 7, "date": 1800000000, "chat": CHAT, "from": USER, "text": text, "entities": entities}
    return {"update_id": update_id, "message": told | changes}


def press(update_id: int, data: str, **changes: Any) -> Json:
    shown = {"message_id": 9, "chat": CHAT, "date": 1800000000, "text": "x"}
    told = {"id": str(update_id), "from": USER, "chat_instance": "1", "data": data, "message": shown}
    return {"update_id": update_id, "callback_query": told | changes}


async def texts_sent(stage: Stage, user: int = ANA) -> list[str]:
    """All that was said; the application is stopped first, so nothing comes later."""
    await stage.close()
    return [str(call.text).partition("\n")[0] for call in await stage.telegram.calls("sendMessage", chat=user, since=0)]


async def test_telegram_is_told_where_to_come_and_what_to_bring(open_road: Road) -> None:
    (told,) = await open_road.stage.telegram.calls("setWebhook", since=0)

    assert (told.params["url"], told.params["secret_token"]) == ("https://webinars.example.org/telegram", SECRET)
    assert told.params["allowed_updates"] == [*ALLOWED_UPDATES]
    assert {"message", "callback_query", "my_chat_member"} <= {*ALLOWED_UPDATES}
    assert not {"edited_message", "channel_post"} & {*ALLOWED_UPDATES}
    await open_road.stage.close()
    assert await open_road.stage.telegram.calls("deleteWebhook", since=0) == ()


async def test_who_does_not_know_the_secret_is_refused(road: Road) -> None:
    wrong: list[str | bytes] = [
        "",
        "wrong",
        SECRET[:-1],
        SECRET + "x",
        SECRET.lower(),
        SECRET + "\x7f",
        b"\xff\xfe",
        b"\xc3\xa9",
    ]

    assert [await road.bring(message(1, "/help"), given) for given in wrong] == [403] * len(wrong)
    assert (await road.http.post("/telegram", json=message(1, "/help"))).status_code == 403
    assert (await road.http.get("/telegram", headers={HEADER: SECRET})).status_code == 405
    assert road.stage.application.update_queue.empty()


async def test_updates_are_queued_and_answered_before_any_work_is_done(road: Road) -> None:
    assert [await road.bring(message(number, "/help")) for number in (1, 2)] == [204, 204]

    assert road.stage.application.update_queue.qsize() == 2


async def test_what_cannot_be_read_is_taken_and_forgotten(open_road: Road) -> None:
    bodies: list[bytes | Json] = [
        b"",
        b"{",
        b"null",
        b"[]",
        b"7",
        b'"x"',
        b"\xff\xfe{}",
        b"[" * 100_000,
        {},
        {"update_id": "seven"},
        {"update_id": 3, "message": 7},
        {"update_id": 4, "message": {"text": "/help"}},
        {"update_id": 5, "something_new": {"a": [1, 2]}},
        {"update_id": 6, "callback_query": {"id": "1"}},
        {"update_id": 10**30} | {"message": message(0, "/help")["message"]},
    ]

    assert [await open_road.bring(body) for body in bodies] == [204] * len(bodies)
    assert await open_road.bring(message(8, "/mine")) == 204

    await open_road.stage.telegram.wait_for("sendMessage", chat=ANA, since=0)
    assert (await texts_sent(open_road.stage))[-1] == "You are not registered for a webinar yet."
    assert await open_road.stage.refusals() == ()


async def test_update_that_comes_twice_is_handled_once(open_road: Road) -> None:
    for body in (
        message(1, "/mine"),
        message(1, "/mine"),
        message(2, "/help"),
        message(1, "/mine"),
        message(2, "/help"),
    ):
        assert await open_road.bring(body) == 204

    assert await texts_sent(open_road.stage) == [
        "You are not registered for a webinar yet.",
        "/webinars – see what is coming and register",  # noqa: RUF001 -- typography is part of the words
    ]
    assert await open_road.stage.refusals() == ()


async def test_update_that_comes_again_after_a_restart_is_known(open_road: Road) -> None:
    stage = open_road.stage
    await open_road.bring(message(1, "/mine"))
    await stage.restart()
    again = Road(stage)
    async with again.http:
        assert await again.bring(message(1, "/mine")) == 204

    assert await texts_sent(stage) == ["You are not registered for a webinar yet."]


async def test_press_on_a_message_too_old_to_be_shown_is_answered_below(open_road: Road) -> None:
    await open_road.stage.post(code="pack1234")
    inaccessible = {"message_id": 9, "chat": CHAT, "date": 0}

    await open_road.bring(press(1, "r:pack1234", message=inaccessible))

    sent, *_ = await texts_sent(open_road.stage)
    assert sent.startswith("✅ You are registered. The link to join comes with each reminder: ")
    assert len(await open_road.stage.database.read(rows, Registration)) == 1
    assert [method for method, _ in await open_road.stage.refusals()] == ["answerCallbackQuery"]


def said_by(**changes: Any) -> Json:
    return {key: value for key, value in (message(0, "/start")["message"] | changes).items() if value is not None}


GROUP = {"id": -5, "type": "group", "title": "Exporters"}
NOT_SAID_TO_US: list[Json] = [
    {"message": said_by(text=None, entities=None, pinned_message={"message_id": 3, "date": 0, "chat": CHAT})},
    {"message": said_by(text=None, entities=None, message_auto_delete_timer_changed={"message_auto_delete_time": 9})},
    {"edited_message": said_by(edit_date=1800000001)},
    {"message": said_by(**{"from": USER | {"id": 99, "is_bot": True}})},
    {"message": said_by(chat=GROUP)},
    {"message": said_by(chat=GROUP | {"type": "supergroup"})},
    {"channel_post": said_by(chat=GROUP | {"type": "channel"}, **{"from": None})},
    {"callback_query": press(0, "u:1", message={"message_id": 9, "date": 1, "chat": GROUP})["callback_query"]},
    {"poll_answer": {"poll_id": "1", "user": USER, "option_ids": [1], "option_persistent_ids": ["1"]}},
]


async def test_what_is_not_said_to_us_is_passed_over(open_road: Road) -> None:
    since = await open_road.stage.telegram.mark()
    for number, update in enumerate(NOT_SAID_TO_US):
        assert await open_road.bring({"update_id": number} | update) == 204

    await open_road.stage.close()
    assert [(call.method, call.text) for call in await open_road.stage.telegram.calls(since=since)] == []


async def test_two_people_are_told_apart_by_who_telegram_says_they_are(open_road: Road) -> None:
    stage = open_road.stage
    await stage.telegram.people(BEN, first_name="Ben", started=True)
    await open_road.bring(message(1, "/mine"))
    ben = {"id": BEN, "is_bot": False, "first_name": "B" * 64, "last_name": "n" * 64}
    await open_road.bring(message(2, "/mine", **{"from": ben, "chat": CHAT | {"id": BEN}}))

    assert len(await texts_sent(stage, ANA)) == len(await texts_sent(stage, BEN)) == 1
    met = {person.telegram_id: person.name for person in await stage.database.read(rows, Person)}
    assert met == {MARTA: "", ANA: "Ana", BEN: "B" * 64}
