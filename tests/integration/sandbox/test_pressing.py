import httpx
import pytest
from telegram import Bot, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from sandbox.client import Telegram
from sandbox.errors import UnexpectedAnswerError
from sandbox.server import Sandbox

ANA = 7
TOO_OLD = "Query is too old and response timeout expired or query id is invalid"
KEYBOARD = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Yes", callback_data="y"), InlineKeyboardButton("Twin", callback_data="1")],
        [InlineKeyboardButton("Site", url="https://example.org/"), InlineKeyboardButton("Twin", callback_data="2")],
    ]
)


async def asked(bot: Bot) -> int:
    return (await bot.send_message(ANA, "Sure?", reply_markup=KEYBOARD)).message_id


async def query(bot: Bot) -> CallbackQuery:
    updates = await bot.get_updates(timeout=5)
    found = updates[-1].callback_query
    assert found is not None
    return found


async def test_press_reaches_the_bot(bot: Bot, people: Telegram) -> None:
    message_id = await asked(bot)
    await people.press(ANA, message_id, "Yes", wait=0)
    pressed = await query(bot)
    assert pressed.message is not None
    assert (pressed.data, pressed.from_user.id, pressed.message.message_id) == ("y", ANA, message_id)
    assert pressed.from_user.language_code == "es"


async def test_twins_are_told_apart_by_their_data(bot: Bot, people: Telegram) -> None:
    message_id = await asked(bot)
    with pytest.raises(UnexpectedAnswerError, match="2 buttons are labelled 'Twin'"):
        await people.press(ANA, message_id, "Twin", wait=0)
    await people.press(ANA, message_id, "2", wait=0)
    assert (await query(bot)).data == "2"


async def test_a_label_that_is_another_buttons_data(sandbox: Sandbox, bot: Bot, people: Telegram) -> None:
    """The page names buttons by their data alone."""
    crossed = [InlineKeyboardButton("1", callback_data="2"), InlineKeyboardButton("2", callback_data="1")]
    sent = await bot.send_message(ANA, "How many?", reply_markup=InlineKeyboardMarkup([crossed]))
    async with httpx.AsyncClient(base_url=sandbox.url) as http:
        for named in ({"data": "1"}, {"button": "1"}):
            await http.post("/_/press", json={"user": ANA, "message_id": sent.message_id, **named})
    updates = await bot.get_updates(timeout=5)
    assert [update.callback_query.data for update in updates if update.callback_query] == ["1", "2"]


async def test_only_what_is_shown_can_be_pressed(bot: Bot, people: Telegram) -> None:
    message_id = await asked(bot)
    with pytest.raises(UnexpectedAnswerError, match="shows no button 'Maybe'; it shows: 'Yes', 'Twin', 'Site', 'Twin'"):
        await people.press(ANA, message_id, "Maybe", wait=0)
    with pytest.raises(UnexpectedAnswerError, match="There is no message 5 in the chat 7"):
        await people.press(ANA, 5, "Yes", wait=0)


async def test_forged_data_reaches_the_bot(bot: Bot, people: Telegram) -> None:
    await people.forge(ANA, await asked(bot), "drop tables", wait=0)
    assert (await query(bot)).data == "drop tables"


async def test_a_link_button_says_where_it_leads(bot: Bot, people: Telegram) -> None:
    pressed = await people.press(ANA, await asked(bot), "Site")
    assert (pressed.url, pressed.answered, pressed.query_id) == ("https://example.org/", False, None)


async def test_answer_comes_back_to_who_pressed(bot: Bot, people: Telegram) -> None:
    await people.press(ANA, await asked(bot), "Yes", wait=0)
    pressed = await query(bot)
    await pressed.answer("Done", show_alert=True)
    [call] = await people.calls("answerCallbackQuery", chat=ANA)
    assert (call.text, call.params["show_alert"]) == ("Done", True)


@pytest.mark.parametrize(
    ("text", "url", "sentence"),
    [
        ("x" * 201, None, "Message_too_long"),
        (None, "https://example.org/", "Url_invalid"),
        (None, "https://t.me/another_bot?start=x", "Url_invalid"),
    ],
)
async def test_answer_is_refused(bot: Bot, people: Telegram, text: str, url: str, sentence: str) -> None:
    await people.press(ANA, await asked(bot), "Yes", wait=0)
    pressed = await query(bot)
    with pytest.raises(BadRequest) as caught:
        await pressed.answer(text, url=url)
    assert caught.value.message == sentence


async def test_answer_may_open_the_bots_own_chat(bot: Bot, people: Telegram) -> None:
    await people.press(ANA, await asked(bot), "Yes", wait=0)
    assert await (await query(bot)).answer(url="https://t.me/convoke_demo_bot?start=w_1")


async def test_a_query_is_answered_once(bot: Bot, people: Telegram) -> None:
    await people.press(ANA, await asked(bot), "Yes", wait=0)
    pressed = await query(bot)
    await pressed.answer()
    with pytest.raises(BadRequest) as caught:
        await pressed.answer()
    assert caught.value.message == TOO_OLD


async def test_a_query_gets_old(bot: Bot, people: Telegram) -> None:
    await people.press(ANA, await asked(bot), "Yes", wait=0)
    pressed = await query(bot)
    await people.advance(16)
    with pytest.raises(BadRequest) as caught:
        await pressed.answer()
    assert caught.value.message == TOO_OLD


async def test_an_unknown_query(bot: Bot) -> None:
    with pytest.raises(BadRequest) as caught:
        await bot.answer_callback_query("12345")
    assert caught.value.message == TOO_OLD
