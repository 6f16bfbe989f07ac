"""Where a person comes from, if they care to say."""

from telegram import Update

from bot.callbacks import ClusterSet, CountrySet
from bot.context import Context, pressed
from bot.replies import send, show
from bot.screen import Screen
from bot.screens import company as screens
from bot.screens import settings as settings_screens
from domain import company, preferences


async def ask_once(update: Update, context: Context) -> None:
    """Offer to say it, to somebody who has never been asked."""
    if await context.database.write(company.ask_once, context.person_id, now=context.now()):
        await send(update, context, screens.offer(context.texts))


async def show_company(update: Update, context: Context) -> None:
    found = await context.database.read(company.show, context.person_id)
    if not found.name:
        await ask(update, context)
        return
    await show(update, context, screens.company(found, context.texts))


async def ask(update: Update, context: Context) -> None:
    found = await context.database.write(company.ask, context.person_id, now=context.now())
    await show(update, context, screens.ask(found, context.texts))


async def skip(update: Update, context: Context) -> None:
    await context.database.write(company.skip, context.person_id)
    await show(update, context, Screen(context.texts.company_skipped()))


async def forget(update: Update, context: Context) -> None:
    await context.database.write(company.forget, context.person_id)
    found = await context.database.read(preferences.show, context.person_id, context.kit.usual)
    await show(update, context, settings_screens.settings(found, context.texts))


async def ask_country(update: Update, context: Context) -> None:
    await context.database.write(company.ask_country, context.person_id, now=context.now())
    await show(update, context, screens.ask_country(context.texts))


async def choose_country(update: Update, context: Context) -> None:
    country = pressed(update, CountrySet).country.upper()
    found = await context.database.write(company.choose_country, context.person_id, country)
    await show(update, context, screens.company(found, context.texts))


async def choose_cluster(update: Update, context: Context) -> None:
    cluster = pressed(update, ClusterSet).cluster
    found = await context.database.write(company.choose_cluster, context.person_id, cluster)
    await show(update, context, screens.company(found, context.texts))
