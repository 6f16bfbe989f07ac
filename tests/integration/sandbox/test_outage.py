"""Telegram killed and started again, as a bot sees it: by polling, by webhook, in the middle of a call."""

import asyncio

import httpx
import pytest
from telegram import Bot
from telegram.error import NetworkError

from sandbox.client import Telegram
from sandbox.server import Sandbox
from tests.integration.sandbox.echo import application
from tests.integration.sandbox.test_webhook import Receiver, listening

ANA, TOKEN = 7, "4200:secret"


async def test_calls_end_without_an_answer_and_nothing_happens(bot: Bot, people: Telegram) -> None:
    await people.outage()
    with pytest.raises(NetworkError):
        await bot.send_message(ANA, "one")
    await people.outage(on=False)
    await bot.send_message(ANA, "two")
    assert [message.text for message in await people.chat(ANA)] == ["two"]
    assert await people.mistakes() == ()


async def test_an_open_poll_breaks_and_its_updates_come_again(bot: Bot, people: Telegram) -> None:
    await people.say(ANA, "one")
    [seen] = await bot.get_updates()
    polling = asyncio.create_task(bot.get_updates(offset=seen.update_id + 1, timeout=30))
    assert await people.ready()
    await people.outage()
    with pytest.raises(NetworkError):
        await polling
    await people.say(ANA, "two")
    await people.outage(on=False)
    again = await bot.get_updates(offset=seen.update_id)
    assert [update.message.text for update in again if update.message] == ["two"]
    assert await people.mistakes() == ()


async def test_files_are_away_too(sandbox: Sandbox, bot: Bot, people: Telegram) -> None:
    sent = await bot.send_document(ANA, b"content", filename="a.txt")
    assert sent.document is not None
    file = await bot.get_file(sent.document.file_id)
    assert file.file_path is not None
    await people.outage()
    async with httpx.AsyncClient() as http:
        with pytest.raises(httpx.TransportError):
            await http.get(file.file_path)
        await people.fair()
        assert (await http.get(file.file_path)).content == b"content"


async def test_webhooks_are_brought_what_came_meanwhile(bot: Bot, people: Telegram) -> None:
    async with listening(Receiver()) as receiver:
        await bot.set_webhook(receiver.url, secret_token="hush")
        await people.say(ANA, "one")
        assert await receiver.texts(1) == ["one"]
        await people.outage()
        await people.outage()
        await people.say(ANA, "two")
        await people.say(ANA, "three")
        assert receiver.heard == [("hush", "one")]
        await people.outage(on=False)
        assert await receiver.texts(2) == ["two", "three"]
        await people.say(ANA, "four")
        assert await receiver.texts(1) == ["four"]
        assert receiver.heard[1:] == [("hush", text) for text in ("two", "three", "four")]


async def test_a_reset_ends_it(bot: Bot, people: Telegram) -> None:
    await people.outage()
    await people.reset()
    assert (await bot.get_me()).id == 4200


async def test_a_whole_application_comes_back(sandbox: Sandbox, people: Telegram) -> None:
    async with application(sandbox, TOKEN) as running:
        await running.start()
        assert running.updater is not None
        await running.updater.start_polling()
        assert await people.ready()
        await people.outage()
        await people.start(ANA)
        await people.wait_for("getUpdates")
        await people.outage(on=False)
        await people.wait_for("sendMessage", chat=ANA)
        assert await people.mistakes() == ()
        await running.updater.stop()
        await running.stop()
