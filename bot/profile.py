"""What Telegram shows of the bot before anybody speaks to it: its menu and what it says it is, in each language."""

import logging

from telegram import Bot, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bot.context import texts_for
from texts import LANGUAGES

_log = logging.getLogger(__name__)


async def publish(bot: Bot) -> None:
    """Write it where it differs: Telegram limits such calls.

    It is a comfort: without it everything still works, so a refusal is no reason to stop.
    """
    try:
        for language in (None, *LANGUAGES):
            await _commands(bot, language)
            await _descriptions(bot, language)
    except TelegramError as error:
        _log.warning("the menu of commands and the descriptions could not be set: %s", error)


async def _commands(bot: Bot, language: str | None) -> None:
    scope = BotCommandScopeAllPrivateChats()
    wanted = texts_for(language or "en").commands(organiser=False)
    there = await bot.get_my_commands(scope, language_code=language)
    if [(command.command, command.description) for command in there] != wanted:
        await bot.set_my_commands(wanted, scope, language_code=language)


async def _descriptions(bot: Bot, language: str | None) -> None:
    """The long one stands in an empty chat, the short one in the profile and in links.

    Words that the bot's owner has chosen stay.
    """
    texts, english = texts_for(language or "en"), texts_for("en")
    there = (await bot.get_my_description(language)).description
    if _is_ours(there, texts.description(), english.description()):
        await bot.set_my_description(texts.description(), language)
    there = (await bot.get_my_short_description(language)).short_description
    if _is_ours(there, texts.short_description(), english.short_description()):
        await bot.set_my_short_description(texts.short_description(), language)


def _is_ours(there: str, wanted: str, english: str) -> bool:
    """Whether something else may stand there: nothing does, or what stands for every language."""
    return there != wanted and there in {"", english}
