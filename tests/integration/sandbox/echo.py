"""A small bot that counts presses."""

from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, CommandHandler, ContextTypes

from sandbox.server import Sandbox


def _keyboard(count: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Count", callback_data=str(count))]])


async def _start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_message is not None
    await update.effective_message.reply_text("Pressed 0 times", reply_markup=_keyboard(0))


async def _count(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query is not None
    assert query.data is not None
    count = int(query.data) + 1
    await query.answer(str(count), show_alert=True)
    await query.edit_message_text(f"Pressed {count} times", reply_markup=_keyboard(count))


def application(sandbox: Sandbox, token: str) -> Application[Any, Any, Any, Any, Any, Any]:
    built = ApplicationBuilder().token(token).base_url(sandbox.bot_url).base_file_url(sandbox.file_url).build()
    built.add_handler(CommandHandler("start", _start))
    built.add_handler(CallbackQueryHandler(_count))
    return built
