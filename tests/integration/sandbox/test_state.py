import json
from pathlib import Path

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup

from sandbox.client import Shown, Telegram
from sandbox.errors import StateFileError
from sandbox.people import Person
from sandbox.server import serving

ANA, BRAM, TOKEN = 7, 8, "4200:secret"
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])


async def test_a_second_start_goes_on_where_the_first_was(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "state.json"
    async with serving(state=file) as sandbox, Telegram(sandbox.url) as people:
        async with Bot(TOKEN, base_url=sandbox.bot_url) as bot:
            await people.people(ANA, first_name="Ana", language_code="es")
            await people.start(ANA)
            await people.block(BRAM)
            await people.group(-100, title="Team", members={ANA: "creator", 4200: "administrator"})
            sent = await bot.send_message(ANA, "<b>Hi</b>", parse_mode="HTML", reply_markup=KEYBOARD)
            await bot.send_document(ANA, b"content", filename="a.txt")
            await bot.send_message(-100, "Hello all")
            await bot.set_my_commands([BotCommand("start", "Begin")], language_code="fr")
            await bot.set_my_description("Webinars")
            await bot.set_chat_menu_button(ANA)
        before, group = await people.chat(ANA), await people.chat(-100)

    async with (
        serving(state=file) as sandbox,
        Telegram(sandbox.url) as people,
        Bot(TOKEN, base_url=sandbox.bot_url) as bot,
    ):
        assert remembered(await people.chat(ANA)) == remembered(before)
        assert await people.chat(-100) == group
        assert before[-1].document is not None
        assert await people.file(before[-1].document["file_id"]) == b"content"
        assert await bot.get_my_commands(language_code="fr") == (BotCommand("start", "Begin"),)
        assert (await bot.get_my_description()).description == "Webinars"
        first, *_ = await bot.get_updates()
        assert first.message is not None
        assert first.message.text == "/start"
        await people.press(ANA, sent.message_id, "Yes", wait=0)
        newer = await bot.send_message(ANA, "Again")
        assert newer.message_id > before[-1].message_id


def remembered(messages: tuple[Shown, ...]) -> list[dict[str, object]]:
    """Without the numbers of calls and updates, which belong to one run."""
    return [{**message.raw, "call": None, "update": None} for message in messages]


async def test_a_webhook_is_taken_up_again(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    async with serving(state=file) as sandbox, Bot(TOKEN, base_url=sandbox.bot_url) as bot:
        await bot.set_webhook("http://127.0.0.1:9/hook", secret_token="hush", max_connections=3)
    async with serving(state=file) as sandbox, Bot(TOKEN, base_url=sandbox.bot_url) as bot:
        info = await bot.get_webhook_info()
        assert (info.url, info.max_connections) == ("http://127.0.0.1:9/hook", 3)


async def test_people_given_at_the_start_do_not_replace_those_remembered(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    async with serving(state=file) as sandbox, Telegram(sandbox.url) as people:
        await people.people(ANA, first_name="Ana Maria")
    async with serving(state=file, people=[Person(id=ANA, first_name="Ana")]) as sandbox:
        assert sandbox.world.people[ANA].first_name == "Ana Maria"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "cannot be read"),
        (b"[]", "is no state file of this version of the sandbox"),
        (b'{"version": 99}', "is no state file of this version of the sandbox"),
        (json.dumps({"version": 1}).encode(), "is damaged"),
    ],
)
async def test_a_file_that_cannot_be_used(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "state.json"
    file.write_bytes(content)
    with pytest.raises(StateFileError, match=reason):
        async with serving(state=file):
            raise AssertionError("it must not start")
    assert file.read_bytes() == content
