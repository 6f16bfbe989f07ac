"""Inline mode: a webinar's card put into any chat, and seats taken from there."""

from collections.abc import Sequence

from telegram import InlineQueryResultArticle, InputTextMessageContent, Update, User

from bot.context import Context, names_of, texts_for
from bot.handlers import putting
from bot.handlers.finding import learn
from bot.replies import answer
from bot.screen import cut
from bot.screens.card import label
from bot.screens.sharing import invitation, shared_card
from domain import browsing, registration, sharing
from domain.cards import Card
from domain.errors import RegistrationClosedError, WebinarNotFoundError
from domain.reading.draft_values import clean
from storage import RegistrationStatus
from texts import closest
from texts.chat import ChatTexts

_FRESH_S = 10
_QUOTED = 40
_NOT_A_CODE = "-"


async def offer(update: Update, context: Context) -> None:
    """What can be shared: by the words, or by a card's Share button its own webinar."""
    query = update.inline_query
    assert query
    language = _language(query.from_user, context)
    if entries := await putting.offered(query, context, texts_for(language)):
        await query.answer(entries, cache_time=_FRESH_S, is_personal=True)
        return
    found = await _offered(context, query.query)
    if found:
        results = [_result(card, context, texts_for(language)) for card in found]
    else:
        everything = await _offered(context, "")
        results = [_nothing(query.query, everything, context, texts_for(language))]
        results += [_result(card, context, texts_for(language)) for card in everything]
    await query.answer(results, cache_time=_FRESH_S, is_personal=True)


async def _offered(context: Context, words: str) -> list[Card]:
    if words:
        await learn(context)
    return await context.database.read(browsing.offered, context.kit.coming, None, words, names_of, now=context.now())


async def chosen(update: Update, context: Context) -> None:
    """Telegram tells which card was put somewhere, so that it can be kept true."""
    result = update.chosen_inline_result
    assert result
    if await putting.chosen(result, context):
        return
    if result.inline_message_id:
        language = _language(result.from_user, context)
        await context.database.write(
            sharing.remember, result.inline_message_id, result.result_id, language, now=context.now()
        )


async def register(update: Update, context: Context, code: str) -> None:
    """Register from a shared card: the answer is for the person alone; who can't be written to is led to us."""
    query = update.callback_query
    assert query
    assert query.inline_message_id
    try:
        card = await context.database.write(registration.register, code, context.person_id, now=context.now())
    except RegistrationClosedError:
        await answer(query, context.texts.registration_closed())
        return
    except WebinarNotFoundError:
        await answer(query, context.texts.old_button())
        return
    language = context.arrival.person.language
    await context.database.write(sharing.come_across, query.inline_message_id, code, language, now=context.now())
    if context.arrival.person.reachable:
        await answer(query, _state(card, context.texts))
    else:
        await query.answer(url=f"https://t.me/{context.bot.username}?start=w_{code}")


def _result(card: Card, context: Context, texts: ChatTexts) -> InlineQueryResultArticle:
    screen = shared_card(card, context.bot.username, texts)
    return InlineQueryResultArticle(
        id=card.code,
        title=label(card),
        description=f"{texts.short(card.starts_at, card.timezone)} · {texts.hosts(card.hosts)}",
        input_message_content=InputTextMessageContent(screen.text),
        reply_markup=screen.markup(),
    )


def _nothing(words: str, everything: Sequence[Card], context: Context, texts: ChatTexts) -> InlineQueryResultArticle:
    """Stands where there is nothing to share: it says so, what there is comes after it. Chosen, it leads to us."""
    screen = invitation(context.bot.username, texts)
    return InlineQueryResultArticle(
        id=_NOT_A_CODE,
        title=texts.inline_nothing(cut(" ".join(clean(words).split()), _QUOTED))
        if everything
        else texts.inline_none_planned(),
        description=texts.inline_instead() if everything else None,
        input_message_content=InputTextMessageContent(screen.text),
        reply_markup=screen.markup(),
    )


def _state(card: Card, texts: ChatTexts) -> str:
    if card.my_status is RegistrationStatus.REGISTERED:
        return texts.shared_registered()
    return texts.shared_waiting(card.my_position or 1)


def _language(user: User, context: Context) -> str:
    return closest(user.language_code, context.kit.language)
