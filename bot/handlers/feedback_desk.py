"""What those who were there said, for its hosts, and what they are asked."""

import asyncio
from collections.abc import Callable

from telegram import Update

from bot.callbacks import (
    DraftForm,
    DraftFormUse,
    FeedbackComments,
    FeedbackPicture,
    FeedbackResults,
    FormShow,
    FormUse,
    FormUsual,
    FormWrite,
)
from bot.charts import draw
from bot.context import Context, pressed
from bot.patience import patiently
from bot.replies import answer, send, show
from bot.screen import Screen
from bot.screens import feedback_desk as screens
from domain import answers
from domain.errors import NotAllowedError
from domain.feedback import forms, of_draft, results
from domain.feedback.forms import Choice, FormFixedError
from domain.feedback.questions import QuestionsError


async def look(update: Update, context: Context) -> None:
    code = pressed(update, FeedbackResults).code
    found = await context.database.write(results.show, code, context.person_id, now=context.now())
    await show(update, context, screens.results(found, context.texts))


async def picture(update: Update, context: Context) -> None:
    query, chat = update.callback_query, update.effective_chat
    assert query
    assert chat
    code, texts = pressed(update, FeedbackPicture).code, context.texts
    found = await context.database.write(results.show, code, context.person_id, now=context.now())
    await answer(query)
    png = await asyncio.to_thread(draw, found.card.title, screens.charts(found, texts))
    await patiently(lambda: context.bot.send_photo(chat.id, png, caption=screens.summary(found, texts)))


async def comments(update: Update, context: Context) -> None:
    press = pressed(update, FeedbackComments)
    found = await context.database.write(results.comments, press.code, context.person_id, press.page, now=context.now())
    await show(update, context, screens.comments(found, context.texts))


async def form(update: Update, context: Context) -> None:
    press = pressed(update, FormShow)
    await _show(update, context, forms.offer, press.code, press.page)


async def use(update: Update, context: Context) -> None:
    press = pressed(update, FormUse)
    await _show(update, context, forms.choose, press.code, press.entry)


async def use_usual(update: Update, context: Context) -> None:
    await _show(update, context, forms.choose, pressed(update, FormUsual).code, None)


async def ask(update: Update, context: Context) -> None:
    code = pressed(update, FormWrite).code
    card = await context.database.write(forms.ask_for_questions, code, context.person_id, now=context.now())
    await show(update, context, screens.ask(card, context.texts))


async def typed(update: Update, context: Context, text: str) -> None:
    """Questions of one's own. What can't be used leaves the question open."""
    texts, code = context.texts, context.arrival.person.asking_about
    try:
        found = await context.database.write(
            forms.take, context.person_id, text, language=texts.language, now=context.now()
        )
    except QuestionsError as error:
        fault = texts.warn(texts.form_fault(error.fault, error.line, error.limit))
        await send(update, context, Screen(fault, screens.back_to_form(code, texts)))
    except (NotAllowedError, FormFixedError):  # nothing that is typed would do any more
        await context.database.write(answers.drop, context.person_id)
        raise
    else:
        await send(update, context, screens.form(found, texts))


async def of_draft_form(update: Update, context: Context) -> None:
    page = pressed(update, DraftForm).page
    found = await context.database.read(of_draft.offer, context.person_id, page)
    await show(update, context, screens.form(found, context.texts))


async def use_in_draft(update: Update, context: Context) -> None:
    await _choose_in_draft(update, context, pressed(update, DraftFormUse).entry)


async def use_usual_in_draft(update: Update, context: Context) -> None:
    await _choose_in_draft(update, context, None)


async def _choose_in_draft(update: Update, context: Context, entry: str | None) -> None:
    found = await context.database.write(of_draft.choose, context.person_id, entry, now=context.now())
    await show(update, context, screens.form(found, context.texts))


async def _show(
    update: Update, context: Context, use_case: Callable[..., Choice], code: str, chosen: int | str | None
) -> None:
    found = await context.database.write(use_case, code, context.person_id, chosen, now=context.now())
    await show(update, context, screens.form(found, context.texts))
