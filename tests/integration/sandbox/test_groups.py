import httpx
import pytest
from telegram import Bot, Message, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden

from sandbox.client import Telegram
from sandbox.errors import UnexpectedAnswerError
from sandbox.server import Sandbox

ANA, BRAM, BOT = 7, 8, 4200
BASIC, GROUP, CHANNEL = -10, -100, -200


async def updates(bot: Bot) -> list[Update]:
    """All there are, each once."""
    found = list(await bot.get_updates())
    if found:
        await bot.get_updates(offset=found[-1].update_id + 1)
    return found


async def heard(bot: Bot) -> list[str | None]:
    messages = [update.effective_message for update in await updates(bot)]
    return [message.text for message in messages if message is not None]


async def in_group(people: Telegram, bot: Bot, status: str = "member", kind: str = "supergroup") -> None:
    chat_id = {"group": BASIC, "supergroup": GROUP, "channel": CHANNEL}[kind]
    await people.group(chat_id, kind=kind, title="Team", members={ANA: "creator", BOT: status})
    await updates(bot)


async def test_a_bot_learns_that_it_was_added_and_removed(bot: Bot, people: Telegram) -> None:
    await people.group(GROUP, title="Team", members={ANA: "creator", BOT: "member"})
    told, joined = await updates(bot)
    assert told.my_chat_member is not None
    assert joined.message is not None
    assert (told.my_chat_member.old_chat_member.status, told.my_chat_member.new_chat_member.status) == (
        "left",
        "member",
    )
    assert [user.id for user in joined.message.new_chat_members] == [BOT]
    await people.group(GROUP, members={BOT: "kicked"})
    [told] = await updates(bot)
    assert told.my_chat_member is not None
    assert told.my_chat_member.new_chat_member.status == "kicked"


@pytest.mark.parametrize(
    ("text", "reaches"),
    [
        ("hello", False),
        ("/start", True),
        ("/start@convoke_demo_bot", True),
        ("/start@another_bot", False),
        ("hey @convoke_demo_bot", True),
        ("hey @another_bot", False),
    ],
)
async def test_a_member_hears_only_what_is_for_it(bot: Bot, people: Telegram, text: str, *, reaches: bool) -> None:
    await in_group(people, bot)
    await people.say(ANA, text, chat=GROUP)
    assert await heard(bot) == ([text] if reaches else [])


async def test_a_member_hears_replies_to_it(bot: Bot, people: Telegram) -> None:
    await in_group(people, bot)
    sent = await bot.send_message(GROUP, "Well?")
    await people.say(ANA, "Yes", chat=GROUP, reply_to=sent.message_id)
    assert await heard(bot) == ["Yes"]


async def test_an_administrator_hears_everything(bot: Bot, people: Telegram) -> None:
    await in_group(people, bot, "administrator")
    await people.say(ANA, "hello", chat=GROUP)
    assert await heard(bot) == ["hello"]


async def test_a_channel_post(bot: Bot, people: Telegram) -> None:
    await in_group(people, bot, "administrator", "channel")
    await people.say(ANA, "News", chat=CHANNEL)
    [update] = await updates(bot)
    assert update.channel_post is not None
    assert (update.channel_post.text, update.channel_post.from_user) == ("News", None)
    sent = await bot.send_message(CHANNEL, "Own")
    assert sent.sender_chat is not None
    edited = await bot.edit_message_text("Own, edited", CHANNEL, sent.message_id)
    assert isinstance(edited, Message)


@pytest.mark.parametrize(
    ("kind", "status", "sentence"),
    [
        ("supergroup", "left", "Forbidden: bot is not a member of the supergroup chat"),
        ("supergroup", "kicked", "Forbidden: bot was kicked from the supergroup chat"),
        ("channel", "left", "Forbidden: bot is not a member of the channel chat"),
        ("channel", "kicked", "Forbidden: bot was kicked from the channel chat"),
        ("channel", "member", "Need administrator rights in the channel chat"),
        ("group", "left", "Forbidden: bot is not a member of the group chat"),
        ("group", "kicked", "Forbidden: bot was kicked from the group chat"),
    ],
)
async def test_sending_is_refused(bot: Bot, people: Telegram, kind: str, status: str, sentence: str) -> None:
    await in_group(people, bot, status, kind)
    chat_id = {"group": BASIC, "supergroup": GROUP, "channel": CHANNEL}[kind]
    with pytest.raises((Forbidden, BadRequest)) as caught:
        await bot.send_message(chat_id, "x")
    assert caught.value.message == sentence


async def test_others_messages_are_deleted_by_administrators_only(bot: Bot, people: Telegram) -> None:
    await in_group(people, bot)
    said = await people.say(ANA, "hello", chat=GROUP)
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(GROUP, said.message_id)
    with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages in the chat"):
        await bot.pin_chat_message(GROUP, said.message_id)
    await people.group(GROUP, members={BOT: "administrator"})
    assert await bot.delete_message(GROUP, said.message_id)


async def test_members(bot: Bot, people: Telegram) -> None:
    await in_group(people, bot, "administrator")
    await people.group(GROUP, members={BRAM: "member"})
    member, stranger = await bot.get_chat_member(GROUP, BRAM), await bot.get_chat_member(GROUP, BOT)
    assert (member.status, stranger.status, await bot.get_chat_member_count(GROUP)) == ("member", "administrator", 3)
    assert {admin.user.id for admin in await bot.get_chat_administrators(GROUP)} == {ANA, BOT}
    with pytest.raises(BadRequest, match="Member not found"):
        await bot.get_chat_member(GROUP, 999)
    chat = await bot.get_chat(GROUP)
    assert (chat.type, chat.title) == ("supergroup", "Team")


async def test_leaving(bot: Bot, people: Telegram) -> None:
    await in_group(people, bot)
    assert await bot.leave_chat(GROUP)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(GROUP, "x")


async def test_a_group_moves_to_another_number(bot: Bot, people: Telegram) -> None:
    await in_group(people, bot, "member", "group")
    await people.migrate(BASIC, GROUP)
    messages = [update.message for update in await updates(bot)]
    assert [(message.migrate_to_chat_id, message.migrate_from_chat_id) for message in messages if message] == [
        (GROUP, None),
        (None, BASIC),
    ]
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(BASIC, "x")
    assert (caught.value.new_chat_id, (await bot.send_message(GROUP, "x")).text) == (GROUP, "x")


async def test_nobody_writes_in_a_group_that_moved(bot: Bot, people: Telegram) -> None:
    await in_group(people, bot, "member", "group")
    await people.migrate(BASIC, GROUP)
    with pytest.raises(UnexpectedAnswerError, match="The chat -10 became -100"):
        await people.say(ANA, "hello", chat=BASIC)
    with pytest.raises(UnexpectedAnswerError, match="Only a basic group can become a supergroup, once"):
        await people.migrate(BASIC, -101)


async def test_a_public_group_by_its_name(bot: Bot, people: Telegram, sandbox: Sandbox) -> None:
    await in_group(people, bot)
    async with httpx.AsyncClient(base_url=sandbox.url) as http:
        await http.post("/_/chat", json={"id": GROUP, "username": "the_team"})
    assert (await bot.send_message("@The_Team", "x")).chat.id == GROUP


async def test_only_members_write(people: Telegram) -> None:
    await people.group(GROUP, members={ANA: "creator"})
    with pytest.raises(UnexpectedAnswerError, match="8 is not in the chat -100"):
        await people.say(BRAM, "hello", chat=GROUP)
