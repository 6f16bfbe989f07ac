"""How a person wants to be spoken to."""

from datetime import time, timedelta

from telegram import Update

from bot.callbacks import ExtrasSet, LanguageSet, LeadToggle, QuietSet
from bot.context import Context, pressed, texts_for
from bot.handlers.browsing import offer_commands
from bot.replies import show
from bot.screens import settings as screens
from domain import preferences
from domain.asking import Asking
from texts import LANGUAGES

_HOURS = 24


async def settings(update: Update, context: Context) -> None:
    found = await context.database.read(preferences.show, context.person_id, context.kit.usual)
    await show(update, context, screens.settings(found, context.texts))


async def reminders(update: Update, context: Context) -> None:
    found = await context.database.read(preferences.show, context.person_id, context.kit.usual)
    await show(update, context, screens.reminders(found, context.texts))


async def toggle_lead(update: Update, context: Context) -> None:
    lead = timedelta(seconds=pressed(update, LeadToggle).seconds)
    found = await context.database.write(preferences.toggle_lead, context.person_id, lead, context.kit.usual)
    await show(update, context, screens.reminders(found, context.texts))


async def ask_lead(update: Update, context: Context) -> None:
    await _ask(context, Asking.LEAD)
    await show(update, context, screens.ask_lead(context.texts))


async def quiet(update: Update, context: Context) -> None:
    found = await context.database.read(preferences.show, context.person_id, context.kit.usual)
    await show(update, context, screens.quiet(found, context.texts))


async def set_quiet(update: Update, context: Context) -> None:
    hours = pressed(update, QuietSet)
    starts, ends = time(hours.starts % _HOURS), time(hours.ends % _HOURS)
    found = await context.database.write(
        preferences.set_quiet_hours, context.person_id, starts, ends, context.kit.usual
    )
    await show(update, context, screens.quiet(found, context.texts))


async def ask_place(update: Update, context: Context) -> None:
    await _ask(context, Asking.PLACE)
    await show(update, context, screens.ask_place(context.texts))


async def extras(update: Update, context: Context) -> None:
    found = await context.database.read(preferences.show, context.person_id, context.kit.usual)
    await show(update, context, screens.extras(found, context.texts))


async def set_extras(update: Update, context: Context) -> None:
    wanted = bool(pressed(update, ExtrasSet).on)
    found = await context.database.write(preferences.set_extras, context.person_id, context.kit.usual, on=wanted)
    await show(update, context, screens.extras(found, context.texts))


async def languages(update: Update, context: Context) -> None:
    found = await context.database.read(preferences.show, context.person_id, context.kit.usual)
    await show(update, context, screens.languages(found, context.texts))


async def set_language(update: Update, context: Context) -> None:
    """The answer is in the language just chosen. One that we don't speak changes nothing."""
    language = pressed(update, LanguageSet).language
    if language not in LANGUAGES:
        await languages(update, context)
        return
    found = await context.database.write(preferences.choose_language, context.person_id, language, context.kit.usual)
    await show(update, context, screens.settings(found, texts_for(language)))
    await offer_commands(update, context, texts_for(language))


async def _ask(context: Context, question: Asking) -> None:
    await context.database.write(preferences.ask, context.person_id, question, context.kit.usual, now=context.now())
