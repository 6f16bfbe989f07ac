"""Answers to the person who wrote or pressed: one screen is one message, edited in place."""

import asyncio

from markupsafe import Markup
from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest

from bot.callbacks import opens_below
from bot.context import Context
from bot.patience import patiently
from bot.refused import is_gone, reads_so_already
from bot.screen import Screen

_OLD_PRESS = "query is too old"


async def show(update: Update, context: Context, screen: Screen, alert: str | None = None) -> Message | None:
    """Show a screen: in place of the one whose button was pressed, else as a new message, which is returned."""
    query = update.callback_query
    if query is None:
        return await send(update, context, screen)
    shown = send(update, context, screen) if opens_below(query.data) else _edit(query, update, context, screen)
    _, sent = await asyncio.gather(answer(query, alert), shown)
    return sent


async def say(update: Update, context: Context, text: Markup) -> None:
    """Say something below what is there, which stays as it is; in a chat that is not ours, to the person alone."""
    query = update.callback_query
    if query and update.effective_chat is None:
        await answer(query, text.striptags())
        return
    if query:
        await answer(query)
    await send(update, context, Screen(text))


async def send(update: Update, context: Context, screen: Screen) -> Message:
    chat = update.effective_chat
    assert chat
    return await patiently(lambda: context.bot.send_message(chat.id, screen.text, reply_markup=screen.markup()))


async def answer(query: CallbackQuery, alert: str | None = None) -> None:
    """Stop the button's spinner, with a small window if there is something to say. Too late is no harm."""
    try:
        await query.answer(alert, show_alert=alert is not None)
    except BadRequest as error:
        if _OLD_PRESS not in error.message.lower():
            raise


async def _edit(query: CallbackQuery, update: Update, context: Context, screen: Screen) -> Message | None:
    if query.message and not query.message.is_accessible:  # deleted, or so old that Telegram keeps it from us
        return await send(update, context, screen)
    try:
        await patiently(lambda: query.edit_message_text(screen.text, reply_markup=screen.markup()))
    except BadRequest as error:
        if reads_so_already(error):
            return None
        if not is_gone(error):
            raise
        return await send(update, context, screen)
    return None
