"""Moving, cancelling and restoring a published webinar: asked first, with what it means."""

from telegram import Update

from bot.callbacks import CallOff, ManageShow, MoveAsk, MoveSure, Restore
from bot.context import Context, pressed
from bot.handlers import editing
from bot.replies import show
from bot.screens import editing as editing_screens
from bot.screens import managing as screens
from domain import edit_questions, impact
from domain import editing as use_cases
from domain.asking import Asking
from domain.editing import UnchangedError
from domain.reading.when import WhenError


async def webinar(update: Update, context: Context) -> None:
    await editing.show_webinar(update, context, pressed(update, ManageShow).code)


async def ask_for_move(update: Update, context: Context) -> None:
    code = pressed(update, MoveAsk).code
    found = await context.database.write(edit_questions.ask, code, context.person_id, Asking.MOVE, now=context.now())
    await show(update, context, screens.ask_for_move(found.card, context.texts))


async def move(update: Update, context: Context) -> None:
    """Show what a move to this time would mean."""
    press = pressed(update, MoveSure)
    try:
        found = await context.database.write(
            use_cases.propose_move,
            press.code,
            context.person_id,
            impact.moment(press.minute * 60),
            context.kit.usual,
            now=context.now(),
        )
    except WhenError:
        await editing.show_webinar(update, context, press.code, context.texts.not_moved())
    except UnchangedError:
        await editing.show_webinar(update, context, press.code, context.texts.unchanged())
    else:
        await show(update, context, await editing.screen_of(found, context))


async def call_off(update: Update, context: Context) -> None:
    """Ask why; with `sure`, which says for no reason, show what it would mean."""
    press, now = pressed(update, CallOff), context.now()
    if not press.sure:
        found = await context.database.write(
            edit_questions.ask, press.code, context.person_id, Asking.CANCEL_REASON, now=now
        )
        await show(update, context, editing_screens.ask_reason(found.card, context.texts))
        return
    try:
        prospect = await context.database.write(
            use_cases.propose_cancel, press.code, context.person_id, "", context.kit.usual, now=now
        )
    except UnchangedError:
        await editing.show_webinar(update, context, press.code, context.texts.unchanged())
    else:
        await show(update, context, await editing.screen_of(prospect, context))


async def restore(update: Update, context: Context) -> None:
    code = pressed(update, Restore).code
    try:
        found = await context.database.write(
            use_cases.propose_restore, code, context.person_id, context.kit.usual, now=context.now()
        )
    except UnchangedError:
        await editing.show_webinar(update, context, code, context.texts.unchanged())
    else:
        await show(update, context, await editing.screen_of(found, context))
