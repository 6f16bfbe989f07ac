"""Several drafts: the list of them, opening one, starting another, and a webinar as the pattern of a new one."""

from telegram import Update

from bot.callbacks import DraftDuplicate, DraftOpen, DraftsShow
from bot.context import Context, pressed
from bot.handlers import drafting
from bot.replies import show
from bot.screens import draft as draft_screens
from bot.screens import shelf as screens
from domain import shelf
from domain.drafts import DraftView


async def drafts(update: Update, context: Context) -> None:
    found = await context.database.read(shelf.show, context.person_id, pressed(update, DraftsShow).page)
    await show(update, context, screens.drafts(found, context.texts))


async def take_up(update: Update, context: Context) -> None:
    draft = pressed(update, DraftOpen).draft
    await _show(
        update, context, await context.database.write(shelf.take_up, context.person_id, draft, now=context.now())
    )


async def another(update: Update, context: Context) -> None:
    timezone = context.kit.usual.timezone
    view = await context.database.write(shelf.start_another, context.person_id, timezone=timezone, now=context.now())
    await _show(update, context, view)


async def duplicate(update: Update, context: Context) -> None:
    code = pressed(update, DraftDuplicate).code
    await _show(
        update, context, await context.database.write(shelf.duplicate, code, context.person_id, now=context.now())
    )


async def _show(update: Update, context: Context, view: DraftView) -> None:
    await drafting.show_here(update, context, draft_screens.draft_card(view, context.texts))
