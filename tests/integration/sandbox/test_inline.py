import asyncio

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.error import BadRequest

from sandbox.client import Asked, Telegram

ANA, GROUP = 7, -100
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Register", callback_data="r")]])


def article(result_id: str, keyboard: InlineKeyboardMarkup | None = KEYBOARD) -> InlineQueryResultArticle:
    content = InputTextMessageContent("<b>Card</b>", parse_mode="HTML")
    return InlineQueryResultArticle(result_id, "A webinar", content, reply_markup=keyboard, description="Soon")


async def update(bot: Bot) -> Update:
    updates = await bot.get_updates(timeout=5)
    return updates[-1]


async def answered(bot: Bot, people: Telegram, *results: InlineQueryResultArticle) -> Asked:
    asking = asyncio.create_task(people.inline(ANA, "w42"))
    told = await update(bot)
    assert told.inline_query is not None
    assert (told.inline_query.query, told.inline_query.from_user.id) == ("w42", ANA)
    button = InlineQueryResultsButton("More", start_parameter="more")
    await told.inline_query.answer(list(results), button=button)
    return await asking


async def test_results_come_back_to_who_asked(bot: Bot, people: Telegram) -> None:
    asked = await answered(bot, people, article("1"), article("2"))
    assert [(result["id"], result["title"], result["description"]) for result in asked.results] == [
        ("1", "A webinar", "Soon"),
        ("2", "A webinar", "Soon"),
    ]
    assert asked.button == {"text": "More", "start_parameter": "more"}


async def test_a_chosen_card_lives_in_its_chat(bot: Bot, people: Telegram) -> None:
    await people.group(GROUP, members={ANA: "member"})
    asked = await answered(bot, people, article("1"))
    sent = await people.choose(ANA, asked, "1", chat=GROUP)
    chosen = (await update(bot)).chosen_inline_result
    assert chosen is not None
    assert (chosen.result_id, chosen.inline_message_id) == ("1", sent.inline_message_id)
    await people.press(ANA, sent.message_id, "Register", chat=GROUP, wait=0)
    pressed = (await update(bot)).callback_query
    assert pressed is not None
    assert (pressed.inline_message_id, pressed.message, pressed.data) == (sent.inline_message_id, None, "r")
    assert await bot.edit_message_text("Registered", inline_message_id=pressed.inline_message_id)
    shown = await people.last(GROUP)
    assert (shown.text, shown.labels) == ("Registered", ())


async def test_a_card_without_a_keyboard_has_no_handle(bot: Bot, people: Telegram) -> None:
    asked = await answered(bot, people, article("1", None))
    await people.choose(ANA, asked, "1")
    updates = await bot.get_updates(timeout=5)
    chosen = [told.chosen_inline_result for told in updates if told.chosen_inline_result is not None]
    assert [result.inline_message_id for result in chosen] == [None]


@pytest.mark.parametrize(
    ("results", "sentence"),
    [
        ([article("1"), article("1")], "Result_id_duplicate"),
        ([article("x" * 65)], "Result_id_invalid"),
        ([article(str(number)) for number in range(51)], "Too many inline query results specified"),
    ],
)
async def test_results_are_refused(
    bot: Bot, people: Telegram, results: list[InlineQueryResultArticle], sentence: str
) -> None:
    await people.inline(ANA, "w42", wait=0)
    told = (await update(bot)).inline_query
    assert told is not None
    with pytest.raises(BadRequest) as caught:
        await bot.answer_inline_query(told.id, results)
    assert caught.value.message == sentence
