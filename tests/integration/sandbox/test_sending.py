from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden, TelegramError

from sandbox.client import Telegram

ANA, STRANGER, NOBODY = 7, 70, 700
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
KEYBOARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Yes", callback_data="y"), InlineKeyboardButton("No", callback_data="n")]]
)
TOO_LONG = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="é" * 33)]])
UNKNOWN = "is not modelled by the sandbox"
NEVER_STARTED = "Forbidden: bot can't initiate conversation with a user"
UNPARSED = 'Can\'t parse entities: unsupported start tag "br" at byte offset 0'


async def test_html_is_shown_as_text_with_entities(bot: Bot, people: Telegram) -> None:
    sent = await bot.send_message(ANA, "👍 <b>Hi</b> &amp; bye", parse_mode="HTML", reply_markup=KEYBOARD)
    shown = await people.last(ANA)
    assert (sent.text, sent.text_html) == ("👍 Hi & bye", "👍 <b>Hi</b> &amp; bye")
    assert (shown.text, shown.labels, shown.message_id) == ("👍 Hi & bye", ("Yes", "No"), sent.message_id)
    assert shown.entities == ({"type": "bold", "offset": 3, "length": 2},)
    assert sent.reply_markup == KEYBOARD


async def test_date_entity_comes_back(bot: Bot) -> None:
    when = datetime(2027, 1, 15, 9, tzinfo=UTC)
    entity = MessageEntity(MessageEntity.DATE_TIME, 0, 3, unix_time=when, date_time_format="tDw")
    sent = await bot.send_message(ANA, "Fri", entities=[entity])
    assert [(item.unix_time, item.date_time_format) for item in sent.entities] == [(when, "wDt")]


@pytest.mark.parametrize("text", ["42", "true", '{"a": 1}', "null", "1e5"])
async def test_text_that_looks_like_json_stays_text(bot: Bot, text: str) -> None:
    assert (await bot.send_message(ANA, text)).text == text


async def test_reply(bot: Bot, people: Telegram) -> None:
    said = await people.say(ANA, "Hello")
    sent = await bot.send_message(ANA, "Hi", reply_parameters=ReplyParameters(said.message_id))
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "Hello"


async def test_reply_to_a_lost_message(bot: Bot) -> None:
    lost = ReplyParameters(5)
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(ANA, "Hi", reply_parameters=lost)
    sent = await bot.send_message(ANA, "Hi", reply_parameters=ReplyParameters(5, allow_sending_without_reply=True))
    assert sent.reply_to_message is None


async def test_link_preview_options_come_back(bot: Bot) -> None:
    sent = await bot.send_message(ANA, "x", link_preview_options=LinkPreviewOptions(is_disabled=True))
    assert sent.link_preview_options == LinkPreviewOptions(is_disabled=True)


async def test_protected_content_is_told(bot: Bot) -> None:
    sent = [await bot.send_message(ANA, "x", protect_content=protected) for protected in (True, False)]
    assert [message.has_protected_content for message in sent] == [True, None]


async def test_reply_keyboard_is_shown_to_people_and_not_to_the_bot(bot: Bot, people: Telegram) -> None:
    sent = await bot.send_message(ANA, "x", reply_markup=ReplyKeyboardMarkup([["A", "B"]]))
    assert sent.reply_markup is None
    assert (await people.last(ANA)).reply_keyboard == (("A", "B"),)


async def test_document(bot: Bot, people: Telegram) -> None:
    sent = await bot.send_document(ANA, b"BEGIN", filename="a.ics", caption="<i>Your</i> file", parse_mode="HTML")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type, sent.caption) == ("a.ics", "text/calendar", "Your file")
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"BEGIN"
    assert await people.file(sent.document.file_id) == b"BEGIN"
    [call] = await people.calls("sendDocument")
    assert (call.text, call.files) == ("Your file", ({"file_name": "a.ics", "size": 5},))


async def test_document_sent_again_by_its_id(bot: Bot) -> None:
    first = await bot.send_document(ANA, b"BEGIN", filename="a.ics")
    assert first.document is not None
    again = await bot.send_document(ANA, first.document.file_id)
    assert again.document == first.document


async def test_photo(bot: Bot) -> None:
    sent = await bot.send_photo(ANA, PNG, caption="Look")
    assert (len(sent.photo), sent.caption) == (1, "Look")


async def test_copy(bot: Bot, people: Telegram) -> None:
    said = await people.say(ANA, "Hello")
    copied = await bot.copy_message(8, ANA, said.message_id)
    shown = await people.last(8)
    assert (shown.text, shown.message_id) == ("Hello", copied.message_id)


@pytest.mark.parametrize(
    ("call", "error", "sentence"),
    [
        (lambda bot: bot.send_message(NOBODY, "x"), BadRequest, "Chat not found"),
        (lambda bot: bot.send_message(-NOBODY, "x"), BadRequest, "Chat not found"),
        (lambda bot: bot.send_message("@nowhere", "x"), BadRequest, "Chat not found"),
        (lambda bot: bot.send_message("", "x"), BadRequest, "Chat_id is empty"),
        (
            lambda bot: bot.send_message(STRANGER, "x"),
            Forbidden,
            NEVER_STARTED,
        ),
        (
            lambda bot: bot.send_chat_action(STRANGER, "typing"),
            Forbidden,
            NEVER_STARTED,
        ),
        (lambda bot: bot.get_chat(STRANGER), BadRequest, "Chat not found"),
        (lambda bot: bot.send_message(ANA, " "), BadRequest, "Text must be non-empty"),
        (lambda bot: bot.send_message(ANA, "x" * 4097), BadRequest, "Message is too long"),
        (
            lambda bot: bot.send_message(ANA, "<br>", parse_mode="HTML"),
            BadRequest,
            UNPARSED,
        ),
        (
            lambda bot: bot.send_message(ANA, "x", message_thread_id=5),
            BadRequest,
            f'Parameter "message_thread_id" {UNKNOWN}',
        ),
        (
            lambda bot: bot.send_message(ANA, "x", api_kwargs={"colour": "red"}),
            BadRequest,
            f'Parameter "colour" {UNKNOWN}',
        ),
        (lambda bot: bot.send_document(ANA, b"x", caption="x" * 1025), BadRequest, "Message caption is too long"),
        (lambda bot: bot.send_document(ANA, "unknown"), BadRequest, "Wrong file identifier/http url specified"),
        (lambda bot: bot.send_photo(ANA, b"no picture"), BadRequest, "Image_process_failed"),
        (lambda bot: bot.get_file("unknown"), BadRequest, "Wrong file_id or the file is temporarily unavailable"),
        (lambda bot: bot.copy_message(ANA, ANA, 5), BadRequest, "Message to copy not found"),
        (lambda bot: bot.send_chat_action(ANA, "dancing"), BadRequest, "Wrong parameter action in request"),
        (
            lambda bot: bot.send_message(ANA, "x", reply_markup=TOO_LONG),
            BadRequest,
            "Button_data_invalid",
        ),
    ],
)
async def test_send_is_refused(
    bot: Bot, people: Telegram, call: Callable[[Bot], Awaitable[object]], error: type[TelegramError], sentence: str
) -> None:
    await people.people(STRANGER)
    with pytest.raises(error) as caught:
        await call(bot)
    assert caught.value.message.lower() == sentence.lower()
    assert len(await people.refusals()) == 1


async def test_blocked_and_deactivated_people(bot: Bot, people: Telegram) -> None:
    await people.block(ANA)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ANA, "x")
    await people.block(ANA, on=False)
    assert (await bot.send_message(ANA, "x")).text == "x"
    await people.deactivate(ANA)
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(ANA, "x")


async def test_writing_unblocks(bot: Bot, people: Telegram) -> None:
    await people.block(ANA)
    await people.say(ANA, "Hello again")
    assert (await bot.send_message(ANA, "x")).text == "x"


async def test_message_ids_grow_over_a_reset(bot: Bot, people: Telegram) -> None:
    before = await bot.send_message(ANA, "x")
    await people.reset()
    await people.people(ANA, started=True)
    after = await bot.send_message(ANA, "x")
    assert (after.message_id > before.message_id, len(await people.chat(ANA))) == (True, 1)
