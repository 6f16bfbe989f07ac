import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot, Update
from telegram.error import BadRequest, Conflict

from sandbox.client import Telegram
from sandbox.server import Sandbox
from tests.integration.sandbox.echo import application

ANA, BRAM, TOKEN = 7, 8, "4200:secret"


@dataclass
class Receiver:
    """A bot's own address: writes down what comes, and answers with the next of its codes, then with 200."""

    codes: list[int] = field(default_factory=list)
    heard: list[tuple[str, str]] = field(default_factory=list)
    updates: "asyncio.Queue[Any]" = field(default_factory=asyncio.Queue)
    url: str = ""

    async def hear(self, request: Request) -> Response:
        code = self.codes.pop(0) if self.codes else 200
        update = await request.json()
        self.heard.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""), update["message"]["text"]))
        if code == 200:
            self.updates.put_nowait(update)
        return Response(status_code=code)

    async def texts(self, count: int) -> list[object]:
        async with asyncio.timeout(20):
            found = [await self.updates.get() for _ in range(count)]
        return [update["message"]["text"] for update in found]


@asynccontextmanager
async def listening(
    receiver: Receiver, hear: Callable[[Request], Awaitable[Response]] | None = None
) -> AsyncIterator[Receiver]:
    app = Starlette(routes=[Route("/hook", hear or receiver.hear, methods=["POST"])])
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve([listener]))
    receiver.url = f"http://127.0.0.1:{listener.getsockname()[1]}/hook"
    yield receiver
    server.should_exit = True
    await serving


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with listening(Receiver()) as running:
        yield running


async def test_updates_come_with_the_secret(bot: Bot, people: Telegram, receiver: Receiver) -> None:
    await bot.set_webhook(receiver.url, secret_token="hush-hush")
    await people.say(ANA, "one")
    await people.say(ANA, "two")
    assert await receiver.texts(2) == ["one", "two"]
    assert receiver.heard == [("hush-hush", "one"), ("hush-hush", "two")]


async def test_a_refused_update_comes_again_before_the_next(bot: Bot, people: Telegram, receiver: Receiver) -> None:
    receiver.codes += [500, 403, 302]
    await bot.set_webhook(receiver.url)
    await people.say(ANA, "one")
    await people.say(ANA, "two")
    assert await receiver.texts(2) == ["one", "two"]
    assert [text for _, text in receiver.heard] == ["one"] * 4 + ["two"]
    info = await bot.get_webhook_info()
    assert (info.pending_update_count, info.last_error_message) == (0, "Wrong response from the webhook: 302 Found")


async def test_what_waited_for_the_webhook_comes_first(bot: Bot, people: Telegram, receiver: Receiver) -> None:
    await people.say(ANA, "before")
    await bot.set_webhook(receiver.url)
    await people.say(ANA, "after")
    assert await receiver.texts(2) == ["before", "after"]


async def test_an_address_where_nobody_listens(bot: Bot, people: Telegram, receiver: Receiver) -> None:
    await bot.set_webhook(receiver.url.replace("/hook", "/nowhere"))
    await people.say(ANA, "one")
    while (info := await bot.get_webhook_info()).last_error_message is None:
        continue
    assert (info.last_error_message, info.pending_update_count) == ("Wrong response from the webhook: 404 Not Found", 1)


async def test_dropping_what_waits(bot: Bot, people: Telegram, receiver: Receiver) -> None:
    await people.say(ANA, "before")
    await bot.set_webhook(receiver.url, drop_pending_updates=True)
    await people.say(ANA, "after")
    assert await receiver.texts(1) == ["after"]


async def test_one_chat_does_not_hold_up_another(bot: Bot, people: Telegram, receiver: Receiver) -> None:
    receiver.codes += [500] * 4
    await bot.set_webhook(receiver.url)
    await people.say(ANA, "hers")
    await people.say(BRAM, "his")
    assert set(await receiver.texts(2)) == {"hers", "his"}


async def test_back_to_polling(bot: Bot, people: Telegram, receiver: Receiver) -> None:
    await bot.set_webhook(receiver.url, allowed_updates=["message"])
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections, info.allowed_updates) == (receiver.url, 40, ("message",))
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    await people.say(ANA, "one")
    assert (len(await bot.get_updates()), (await bot.get_webhook_info()).url) == (1, "")


async def test_setting_a_webhook_ends_the_poll(bot: Bot, people: Telegram, receiver: Receiver) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    assert await people.ready()
    await bot.set_webhook(receiver.url)
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await polling


@pytest.mark.parametrize(
    ("url", "secret", "sentence"),
    [
        ("ftp://example.org/", "x", "Invalid webhook url specified"),
        ("http://example.org/", "x", "Bad webhook: an https url must be provided for webhook"),
        ("https://example.org/", "a b", "Secret token contains unallowed characters"),
        ("https://example.org/", "x" * 257, "Secret token is too long"),
    ],
)
async def test_a_webhook_is_refused(bot: Bot, url: str, secret: str, sentence: str) -> None:
    with pytest.raises(BadRequest) as caught:
        await bot.set_webhook(url, secret_token=secret)
    assert caught.value.message.lower() == sentence.lower()


async def test_a_whole_application(sandbox: Sandbox, bot: Bot, people: Telegram) -> None:
    async with application(sandbox, TOKEN) as running:

        async def hear(request: Request) -> Response:
            await running.update_queue.put(Update.de_json(await request.json(), running.bot))
            return Response(status_code=204)

        async with listening(Receiver(), hear) as receiver:
            await running.start()
            await running.bot.set_webhook(receiver.url)
            assert await people.ready()
            await people.start(ANA)
            await people.wait_for("sendMessage", chat=ANA)
            pressed = await people.press(ANA, (await people.last(ANA)).message_id, "Count")
            assert pressed.text == "1"
            await running.bot.delete_webhook()
            await running.stop()
