"""The menu of commands in somebody's own chat."""

import logging

from telegram import Bot, BotCommandScopeChat
from telegram.error import TelegramError

from texts.chat import ChatTexts

_log = logging.getLogger(__name__)


async def fit(bot: Bot, chat_id: int, texts: ChatTexts, *, organiser: bool) -> None:
    """Give it the commands that they can use. It is a comfort: whom it cannot be given, can do all they could."""
    try:
        await bot.set_my_commands(texts.commands(organiser=organiser), scope=BotCommandScopeChat(chat_id))
    except TelegramError as error:
        _log.warning("a menu of commands could not be set: %s", error)
