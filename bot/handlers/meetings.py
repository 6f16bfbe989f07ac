"""Meetings of organisers: what is planned, and a new one."""

from telegram import Update

from bot.callbacks import MeetingsShow
from bot.context import Context, pressed
from bot.handlers import drafting
from bot.replies import show
from bot.screens import draft as draft_screens
from bot.screens import meetings as screens
from domain.meetings import board


async def meet(update: Update, context: Context) -> None:
    number = pressed(update, MeetingsShow).page if update.callback_query else 1
    found = await context.database.read(board.show, context.person_id, number, now=context.now())
    await show(update, context, screens.board(found, context.texts))


async def new(update: Update, context: Context) -> None:
    view = await context.database.write(
        board.begin, context.person_id, timezone=context.kit.usual.timezone, now=context.now()
    )
    await drafting.show_here(update, context, draft_screens.draft_card(view, context.texts))
