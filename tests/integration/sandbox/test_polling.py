import asyncio

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError

from sandbox.client import Telegram
from sandbox.server import Sandbox
from tests.integration.sandbox.echo import application

ANA, TOKEN = 7, "4200:secret"


async def test_a_start_with_payload(bot: Bot, people: Telegram) -> None:
    await people.start(ANA, "w_42")
    [update] = await bot.get_updates(timeout=5)
    assert update.message is not None
    assert (update.message.text, update.message.parse_entities(["bot_command"])) == (
        "/start w_42",
        {update.message.entities[0]: "/start"},
    )


async def test_an_update_ends_the_poll(bot: Bot, people: Telegram) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    assert await people.ready()
    await people.say(ANA, "Hello")
    assert [update.message.text for update in await polling if update.message] == ["Hello"]


async def test_updates_stay_until_confirmed(bot: Bot, people: Telegram) -> None:
    for text in ("one", "two", "three"):
        await people.say(ANA, text)
    first, *_ = await bot.get_updates(limit=1)
    rest = await bot.get_updates(offset=first.update_id + 1)
    assert [update.message.text for update in rest if update.message] == ["two", "three"]
    assert [update.update_id - first.update_id for update in rest] == [1, 2]


async def test_the_newer_poll_wins(sandbox: Sandbox, bot: Bot, people: Telegram) -> None:
    older = asyncio.create_task(bot.get_updates(timeout=30))
    assert await people.ready()
    async with Bot(TOKEN, base_url=sandbox.bot_url) as newer:
        await newer.get_updates()
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await older


async def test_a_poll_whose_bot_is_gone_takes_nothing(sandbox: Sandbox, bot: Bot, people: Telegram) -> None:
    async with httpx.AsyncClient() as http:
        polling = asyncio.create_task(http.get(f"{sandbox.bot_url}{TOKEN}/getUpdates?timeout=30", timeout=60))
        assert await people.ready()
        polling.cancel()
    while (await people.state())["bots"][0]["polling"]:
        continue
    await people.say(ANA, "Hello")
    assert len(await bot.get_updates()) == 1


async def test_allowed_updates_are_remembered(bot: Bot, people: Telegram) -> None:
    await bot.get_updates(allowed_updates=["my_chat_member"])
    await people.say(ANA, "Hello")
    await people.block(ANA)
    [update] = await bot.get_updates()
    assert update.my_chat_member is not None
    assert (update.my_chat_member.new_chat_member.status, update.effective_user and update.effective_user.id) == (
        "kicked",
        ANA,
    )


async def test_a_mistyped_kind_of_update_is_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match='There are no updates of the type "mesage"'):
        await bot.get_updates(allowed_updates=["mesage"])


async def test_an_edited_message(bot: Bot, people: Telegram) -> None:
    said = await people.say(ANA, "one")
    await people.edit(ANA, said.message_id, "two")
    updates = await bot.get_updates()
    assert [update.edited_message.text for update in updates if update.edited_message] == ["two"]


async def test_a_document_of_a_person(bot: Bot, people: Telegram) -> None:
    await people.document(ANA, "plan.txt", b"content", caption="The plan")
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    assert (update.message.document.file_name, update.message.caption) == ("plan.txt", "The plan")
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"content"


async def test_a_forwarded_message(bot: Bot, people: Telegram) -> None:
    await people.say(ANA, "Look", forward=True)
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.forward_origin is not None


@pytest.mark.parametrize("token", ["4200:ab", "nonsense", "0:secret", "4200:another"])
async def test_a_wrong_token(sandbox: Sandbox, people: Telegram, token: str) -> None:
    async with httpx.AsyncClient() as http:
        answer = await http.get(f"{sandbox.bot_url}{token}/getMe")
    assert (answer.status_code, answer.json()["error_code"]) == (401, 401)
    with pytest.raises(InvalidToken):
        await Bot(token, base_url=sandbox.bot_url).__aenter__()


async def test_bots_are_apart(sandbox: Sandbox, bot: Bot, people: Telegram) -> None:
    async with Bot("4300:secret", base_url=sandbox.bot_url) as other, Telegram(sandbox.url, bot=4300) as theirs:
        await theirs.start(ANA)
        await people.bot(TOKEN)
        assert (other.username, await bot.get_updates(), len(await other.get_updates())) == ("bot_4300", (), 1)
        await other.send_message(ANA, "from the other")
        assert [message.text for message in await theirs.chat(ANA)] == ["/start", "from the other"]
        async with Telegram(sandbox.url, bot=4200) as first:
            assert await first.chat(ANA) == ()


async def test_an_unknown_method(bot: Bot, people: Telegram) -> None:
    with pytest.raises(TelegramError, match="Not Found: method not found"):
        await bot.send_dice(ANA)


async def test_logging_out(bot: Bot) -> None:
    assert await bot.close()
    assert await bot.log_out()
    with pytest.raises(BadRequest, match="Logged out"):
        await bot.get_me()


async def test_a_whole_application(sandbox: Sandbox, people: Telegram) -> None:
    async with application(sandbox, TOKEN) as running:
        await running.start()
        assert running.updater is not None
        await running.updater.start_polling()
        assert await people.ready()
        await people.start(ANA)
        await people.wait_for("sendMessage", chat=ANA)
        card = await people.last(ANA)
        pressed = await people.press(ANA, card.message_id, "Count")
        assert (pressed.text, pressed.alert) == ("1", True)
        await people.wait_for("editMessageText", chat=ANA)
        assert (await people.last(ANA)).text == "Pressed 1 times"
        assert await people.refusals() == ()
        await running.updater.stop()
        await running.stop()
