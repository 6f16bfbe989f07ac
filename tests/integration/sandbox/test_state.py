import asyncio
import json
from pathlib import Path

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup

from sandbox import snapshot
from sandbox.client import Shown, Telegram
from sandbox.errors import StateFileError
from sandbox.jsons import dump
from sandbox.people import Person
from sandbox.server import serving
from sandbox.world import World

ANA, BRAM, TOKEN = 7, 8, "4200:secret"
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])


async def test_a_second_start_goes_on_where_the_first_was(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "state.json"
    async with serving(state=file) as sandbox, Telegram(sandbox.url) as people:
        async with Bot(TOKEN, base_url=sandbox.bot_url) as bot:
            await people.people(ANA, first_name="Ana", language_code="es")
            started = await people.start(ANA)
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
        assert (first.message.text, first.update_id) == ("/start", started.raw["updates"][0])
        await people.say(ANA, "Again")
        *_, newest = await bot.get_updates()
        assert newest.update_id > max(update_id for shown in before for update_id in shown.raw["updates"])
        await people.press(ANA, sent.message_id, "Yes", wait=0)
        newer = await bot.send_message(ANA, "Again")
        assert newer.message_id > before[-1].message_id


def test_numbers_grow_over_a_kill() -> None:
    """What came after the file was written last is gone, but none of its numbers is given again."""
    killed, again = World(), World()
    bot = killed.bot_of(TOKEN)
    kept = json.loads(dump(snapshot.take(killed)))
    lost = [sequence.take() for sequence in (killed.update_ids, bot.message_ids) for _ in range(1000)]
    snapshot.restore(again, kept)
    restored = again.bot_of(TOKEN)
    assert again.update_ids.take() > max(lost[:1000])
    assert restored.message_ids.take() > max(lost[1000:])


def remembered(messages: tuple[Shown, ...]) -> list[dict[str, object]]:
    """Without the numbers of calls and updates, which belong to one run."""
    return [{**message.raw, "calls": [], "updates": []} for message in messages]


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


async def test_an_end_in_the_middle_of_writing(tmp_path: Path) -> None:
    """What is being written when the end comes is written first, then what is new since."""
    for number in range(3):
        file = tmp_path / f"{number}.json"
        beside = file.with_name(f"{number}.json.new")
        async with serving(state=file) as sandbox:
            sandbox.world.put_person(Person(id=ANA, first_name="Ana"))
            async with asyncio.timeout(10):
                while not beside.exists() and not file.exists():  # noqa: ASYNC110 -- no event tells that a thread writes
                    await asyncio.sleep(0)
            sandbox.world.put_person(Person(id=BRAM, first_name="Bram"))
        assert [person["id"] for person in json.loads(file.read_bytes())["people"]] == [ANA, BRAM]
        assert not beside.exists()
