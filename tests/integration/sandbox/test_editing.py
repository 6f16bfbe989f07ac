from collections.abc import Awaitable, Callable

import pytest
from telegram import Bot, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, ReactionTypeEmoji
from telegram.error import BadRequest

from sandbox.client import Telegram

ANA = 7
YES = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])
NO = InlineKeyboardMarkup([[InlineKeyboardButton("No", callback_data="n")]])


async def test_edit_in_place(bot: Bot, people: Telegram) -> None:
    sent = await bot.send_message(ANA, "one", reply_markup=YES)
    edited = await bot.edit_message_text("<b>two</b>", ANA, sent.message_id, parse_mode="HTML", reply_markup=NO)
    [shown] = await people.chat(ANA)
    assert (shown.text, shown.labels, shown.edited) == ("two", ("No",), True)
    assert not isinstance(edited, bool)
    assert (edited.text_html, edited.reply_markup, edited.edit_date is not None) == ("<b>two</b>", NO, True)


async def test_an_edit_without_a_keyboard_takes_it_away(bot: Bot, people: Telegram) -> None:
    sent = await bot.send_message(ANA, "one", reply_markup=YES)
    await bot.edit_message_text("two", ANA, sent.message_id)
    assert (await people.last(ANA)).labels == ()


async def test_edit_the_keyboard_alone(bot: Bot, people: Telegram) -> None:
    sent = await bot.send_message(ANA, "one", reply_markup=YES)
    await bot.edit_message_reply_markup(ANA, sent.message_id, reply_markup=NO)
    shown = await people.last(ANA)
    assert (shown.text, shown.labels) == ("one", ("No",))


async def test_edit_the_caption(bot: Bot) -> None:
    sent = await bot.send_document(ANA, b"x", filename="a.txt", caption="one")
    edited = await bot.edit_message_caption(ANA, sent.message_id, caption="two")
    assert not isinstance(edited, bool)
    assert edited.caption == "two"


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda bot, ids: bot.edit_message_text("one", ANA, ids["own"], reply_markup=YES), "Message is not modified"),
        (lambda bot, ids: bot.edit_message_reply_markup(ANA, ids["own"], reply_markup=YES), "Message is not modified"),
        (lambda bot, ids: bot.edit_message_text("two", ANA, 5), "Message to edit not found"),
        (lambda bot, ids: bot.edit_message_text("two", ANA, ids["hers"]), "Message can't be edited"),
        (lambda bot, ids: bot.edit_message_text("two", ANA, ids["asking"]), "Message can't be edited"),
        (lambda bot, ids: bot.edit_message_text("two", ANA, ids["file"]), "There is no text in the message to edit"),
        (
            lambda bot, ids: bot.edit_message_caption(ANA, ids["own"], caption="x"),
            "There is no caption in the message to edit",
        ),
        (lambda bot, ids: bot.edit_message_text("two", inline_message_id="x"), "Message_id_invalid"),
        (lambda bot, ids: bot.edit_message_text("two"), "Message identifier is not specified"),
        (lambda bot, ids: bot.edit_message_text("two", 700, 5), "Chat not found"),
        (lambda bot, ids: bot.delete_message(ANA, 5), "Message to delete not found"),
        (lambda bot, ids: bot.pin_chat_message(ANA, 5), "Message to pin not found"),
        (lambda bot, ids: bot.set_message_reaction(ANA, 5, "👍"), "Message to react not found"),
        (lambda bot, ids: bot.set_message_reaction(ANA, ids["own"], ReactionTypeEmoji("🥦")), "Reaction_invalid"),
        (lambda bot, ids: bot.set_message_reaction(ANA, ids["own"], ["👍", "👎"]), "Reactions_too_many"),
    ],
)
async def test_edit_is_refused(
    bot: Bot, people: Telegram, call: Callable[[Bot, dict[str, int]], Awaitable[object]], sentence: str
) -> None:
    ids = {
        "own": (await bot.send_message(ANA, "one", reply_markup=YES)).message_id,
        "asking": (await bot.send_message(ANA, "one", reply_markup=ForceReply())).message_id,
        "file": (await bot.send_document(ANA, b"x", filename="a.txt")).message_id,
        "hers": (await people.say(ANA, "hers")).message_id,
    }
    with pytest.raises(BadRequest) as caught:
        await call(bot, ids)
    assert caught.value.message.lower().startswith(sentence.lower())


async def test_delete(bot: Bot, people: Telegram) -> None:
    own, hers = await bot.send_message(ANA, "one"), await people.say(ANA, "two")
    await bot.delete_message(ANA, own.message_id)
    assert [message.text for message in await people.chat(ANA)] == ["two"]
    await bot.delete_messages(ANA, [own.message_id, hers.message_id])
    assert await people.chat(ANA) == ()


async def test_delete_only_within_two_days(bot: Bot, people: Telegram) -> None:
    sent = await bot.send_message(ANA, "one")
    await people.advance(48 * 3600 + 1)
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(ANA, sent.message_id)


async def test_pin_and_react(bot: Bot, people: Telegram) -> None:
    sent = await bot.send_message(ANA, "one")
    await bot.pin_chat_message(ANA, sent.message_id)
    await bot.set_message_reaction(ANA, sent.message_id, ReactionTypeEmoji("👍"))
    shown = await people.last(ANA)
    chat = await bot.get_chat(ANA)
    assert (shown.pinned, shown.raw["reactions"]) == (True, ["👍"])
    assert chat.pinned_message is not None
    assert chat.pinned_message.message_id == sent.message_id
    await bot.unpin_chat_message(ANA, sent.message_id)
    assert (await bot.get_chat(ANA)).pinned_message is None


async def test_without_a_number_the_message_pinned_last_is_unpinned(bot: Bot, people: Telegram) -> None:
    sent = [await bot.send_message(ANA, text) for text in ("one", "two", "three")]
    for message in sent[:2]:
        await bot.pin_chat_message(ANA, message.message_id)
    await bot.unpin_chat_message(ANA)
    assert [message.pinned for message in await people.chat(ANA)] == [True, False, False]
