"""How it was: those who were there say it by taps and a line; their message stays one."""

import contextlib

from markupsafe import Markup
from telegram import Update
from telegram.error import BadRequest

from bot.callbacks import (
    CameAfterAll,
    FeedbackAnswer,
    FeedbackChange,
    FeedbackName,
    FeedbackRate,
    FeedbackTakeBack,
    FeedbackTurn,
)
from bot.context import Context, pressed
from bot.patience import patiently
from bot.replies import say, send, show
from bot.screens import feedback as screens
from domain import answers
from domain.asking import Asking
from domain.feedback import answering
from domain.feedback.answering import FeedbackClosedError, Sheet
from domain.reading.draft_values import FieldError


async def rate(update: Update, context: Context) -> None:
    press = pressed(update, FeedbackRate)
    found = await context.database.write(answering.rate, press.code, context.person_id, press.rating, now=context.now())
    await _show(update, context, found)


async def turn(update: Update, context: Context) -> None:
    press = pressed(update, FeedbackTurn)
    found = await context.database.write(
        answering.turn, press.code, context.person_id, press.position, now=context.now()
    )
    await _show(update, context, found)


async def answer(update: Update, context: Context) -> None:
    press = pressed(update, FeedbackAnswer)
    found = await context.database.write(
        answering.answer, press.code, context.person_id, press.position, press.number, now=context.now()
    )
    await _show(update, context, found)


async def take_back(update: Update, context: Context) -> None:
    press = pressed(update, FeedbackTakeBack)
    found = await context.database.write(
        answering.take_back, press.code, context.person_id, press.position, now=context.now()
    )
    await _show(update, context, found)


async def show_name(update: Update, context: Context) -> None:
    press = pressed(update, FeedbackName)
    found = await context.database.write(
        answering.show_name, press.code, context.person_id, on=bool(press.on), now=context.now()
    )
    await _show(update, context, found)


async def change(update: Update, context: Context) -> None:
    code = pressed(update, FeedbackChange).code
    found = await context.database.read(answering.show, code, context.person_id, now=context.now())
    await show(update, context, screens.stars(found, context.texts))


async def came_after_all(update: Update, context: Context) -> None:
    """What we sent them stays; how it was is asked below."""
    code = pressed(update, CameAfterAll).code
    found = await context.database.write(answering.was_there, code, context.person_id, now=context.now())
    if found is None:
        await say(update, context, context.texts.came_after_all())
    else:
        await show(update, context, screens.stars(found, context.texts, context.texts.came_after_all()))


async def line(update: Update, context: Context, text: str) -> None:
    """The line that was asked for; what it leads to is shown where it was asked."""
    try:
        found = await context.database.write(answering.take, context.person_id, text, now=context.now())
    except FieldError as error:
        await _refuse(update, context, context.texts.field_fault(error.fault, error.limit))
    except FeedbackClosedError:
        await context.database.write(answers.drop, context.person_id)
        raise
    else:
        await _show_there(update, context, found)


async def _refuse(update: Update, context: Context, fault: Markup) -> None:
    """The question is still open, and shown again."""
    person = context.arrival.person
    code, at = person.asking_about, answering.QUESTIONS.index(Asking(person.asking or ""))
    found = await context.database.write(answering.turn, code, context.person_id, at, now=context.now())
    await send(update, context, screens.sheet(found, context.texts, fault))


async def _show(update: Update, context: Context, found: Sheet) -> None:
    await show(update, context, screens.sheet(found, context.texts))


async def _show_there(update: Update, context: Context, found: Sheet) -> None:
    """In the message that asked, which stands just above; below, if that is gone."""
    screen, chat, message_id = screens.sheet(found, context.texts), update.effective_chat, found.message_id
    assert chat
    if message_id is not None:
        with contextlib.suppress(BadRequest):
            await patiently(
                lambda: context.bot.edit_message_text(
                    screen.text, chat_id=chat.id, message_id=message_id, reply_markup=screen.markup()
                )
            )
            return
    await send(update, context, screen)
