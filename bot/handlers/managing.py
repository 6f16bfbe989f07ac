"""Changing a published webinar: asked first, with what it means, then done and told."""

from datetime import UTC, datetime

from telegram import Update

from bot.callbacks import CallOff, HostAdd, HostsShow, ManageList, ManageShow, MoveAsk, MoveSure, Restore
from bot.context import Context, pressed
from bot.replies import show
from bot.screens import lists
from bot.screens import managing as screens
from domain import changes, listing
from domain.when import WhenError


async def manage(update: Update, context: Context) -> None:
    number = pressed(update, ManageList).page if update.callback_query else 1
    page = await context.database.read(listing.managed, context.person_id, number, now=context.now())
    await show(update, context, lists.managed(page, context.texts))


async def webinar(update: Update, context: Context) -> None:
    code = pressed(update, ManageShow).code
    card = await context.database.write(changes.managed, code, context.person_id, now=context.now())
    await show(update, context, screens.webinar(card, context.texts))


async def ask_for_move(update: Update, context: Context) -> None:
    code = pressed(update, MoveAsk).code
    card = await context.database.write(changes.ask_for_move, code, context.person_id, now=context.now())
    await show(update, context, screens.ask_for_move(card, context.texts))


async def move(update: Update, context: Context) -> None:
    press = pressed(update, MoveSure)
    starts_at = datetime.fromtimestamp(press.minute * 60, UTC)
    settle, now = context.kit.settle, context.now()
    try:
        await context.database.write(changes.move_to, press.code, context.person_id, starts_at, settle=settle, now=now)
    except WhenError:
        card = await context.database.write(changes.managed, press.code, context.person_id, now=now)
        await show(update, context, screens.webinar(card, context.texts), context.texts.not_moved())
        return
    await _show(update, context, press.code)


async def hosts(update: Update, context: Context) -> None:
    code = pressed(update, HostsShow).code
    card, addable = await context.database.write(changes.addable_hosts, code, context.person_id)
    await show(update, context, screens.hosts(card, addable, context.texts))


async def add_host(update: Update, context: Context) -> None:
    press = pressed(update, HostAdd)
    await context.database.write(
        changes.add_host,
        press.code,
        context.person_id,
        press.partnership,
        settle=context.kit.settle,
        now=context.now(),
    )
    await _show(update, context, press.code)


async def call_off(update: Update, context: Context) -> None:
    press, now = pressed(update, CallOff), context.now()
    if not press.sure:
        card = await context.database.write(changes.managed, press.code, context.person_id, now=now)
        await show(update, context, screens.call_off_sure(card, context.texts))
        return
    await context.database.write(changes.cancel, press.code, context.person_id, settle=context.kit.settle, now=now)
    await _show(update, context, press.code)


async def restore(update: Update, context: Context) -> None:
    code = pressed(update, Restore).code
    await context.database.write(changes.restore, code, context.person_id, settle=context.kit.settle, now=context.now())
    await _show(update, context, code)


async def _show(update: Update, context: Context, code: str) -> None:
    card = await context.database.write(changes.managed, code, context.person_id, now=context.now())
    await show(update, context, screens.webinar(card, context.texts))
