"""Where an organiser starts, and a look at what others do."""

from telegram import Update

from bot.callbacks import LogShow, ManageAll, ManageList, ManageLook
from bot.context import Context, pressed
from bot.replies import show
from bot.screens import desk as screens
from bot.screens.log import log as log_screen
from domain import audit, desk


async def manage(update: Update, context: Context) -> None:
    await show_desk(update, context, pressed(update, ManageList).page if update.callback_query else 1)


async def show_desk(update: Update, context: Context, number: int = 1) -> None:
    found = await context.database.read(desk.own, context.person_id, number, now=context.now())
    await show(update, context, screens.desk(found, context.texts))


async def everything(update: Update, context: Context) -> None:
    number = pressed(update, ManageAll).page
    found = await context.database.read(desk.everything, context.person_id, number, now=context.now())
    await show(update, context, screens.everything(found, context.texts))


async def look(update: Update, context: Context) -> None:
    code = pressed(update, ManageLook).code
    seen = await context.database.read(desk.look, code, context.person_id, now=context.now())
    await show(update, context, screens.look(seen, context.texts))


async def log(update: Update, context: Context) -> None:
    found = await context.database.read(audit.page, context.person_id, pressed(update, LogShow).page)
    await show(update, context, log_screen(found, context.texts, context.timezone))
