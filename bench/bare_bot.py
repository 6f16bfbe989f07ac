"""The least a bot can do with a tap, with the same library: no database, no rules. Run as a process of its own."""

import asyncio
import sys
from typing import Any

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackContext, CallbackQueryHandler, CommandHandler

from bench.tapping import LEAVE, REGISTER

_PATIENCE_S = 20  # longer than a busy machine keeps anybody waiting
_SIDE_BY_SIDE = 8  # with PTB's own 256 its pool of connections costs more than the taps
_CARD = "<b>Going to new markets</b>\n" + "What buyers expect, and which papers the customs office asks for. " * 6


def main() -> None:
    api_url, token = sys.argv[1:]
    builder = Application.builder().token(token).base_url(f"{api_url}/bot").concurrent_updates(_SIDE_BY_SIDE)
    application = builder.read_timeout(_PATIENCE_S).pool_timeout(_PATIENCE_S).build()
    application.add_handler(CommandHandler("start", _start))
    application.add_handler(CallbackQueryHandler(_tap))
    application.run_polling()


async def _start(update: Update, _context: CallbackContext[Any, Any, Any, Any]) -> None:
    assert update.effective_chat
    await update.effective_chat.send_message(_CARD, "HTML", reply_markup=_markup(REGISTER))


async def _tap(update: Update, _context: CallbackContext[Any, Any, Any, Any]) -> None:
    query = update.callback_query
    assert query
    await asyncio.gather(query.answer(), _edit(query, LEAVE if query.data == REGISTER else REGISTER))


async def _edit(query: CallbackQuery, label: str) -> None:
    await query.edit_message_text(f"{_CARD}\n{label}", "HTML", reply_markup=_markup(label))


def _markup(label: str) -> InlineKeyboardMarkup:
    buttons = [
        [InlineKeyboardButton(label, callback_data=label)],
        [InlineKeyboardButton("All webinars", callback_data="u")],
    ]
    return InlineKeyboardMarkup(buttons)


if __name__ == "__main__":
    main()
