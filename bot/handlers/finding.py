"""Looking for webinars: with switches, or with words."""

from telegram import Update

from bot.callbacks import FindToggle, ShowFitting, TurnFitting
from bot.context import Context, names_of, pressed
from bot.handlers.browsing import upcoming
from bot.replies import show
from bot.screens import finding as screens
from bot.screens import lists
from domain import browsing


async def webinars(update: Update, context: Context) -> None:
    """/webinars shows what is coming, /webinars food china what has these words."""
    words = " ".join(context.args or [])
    if words:
        await search(update, context, words)
    else:
        await upcoming(update, context)


async def find(update: Update, context: Context) -> None:
    found = await context.database.write(browsing.switches, context.person_id, now=context.now())
    await show(update, context, screens.switches(found, context.texts))


async def toggle(update: Update, context: Context) -> None:
    press = pressed(update, FindToggle)
    found = await context.database.write(browsing.toggle, context.person_id, press.kind, press.value, now=context.now())
    await show(update, context, screens.switches(found, context.texts))


async def clear(update: Update, context: Context) -> None:
    found = await context.database.write(browsing.clear, context.person_id, now=context.now())
    await show(update, context, screens.switches(found, context.texts))


async def fitting(update: Update, context: Context) -> None:
    number = pressed(update, ShowFitting).page
    page = await context.database.write(
        browsing.fitting, context.kit.coming, context.person_id, number, names_of, now=context.now()
    )
    await show(update, context, lists.fitting(page, context.texts))


async def turn(update: Update, context: Context) -> None:
    press = pressed(update, TurnFitting)
    page = await context.database.read(
        browsing.turned,
        context.kit.coming,
        context.person_id,
        press.search,
        press.page,
        names_of,
        now=context.now(),
    )
    if page is None:
        found = await context.database.read(browsing.upcoming, context.person_id, 1, now=context.now())
        await show(update, context, lists.upcoming(found, context.texts), context.texts.old_list())
        return
    await show(update, context, lists.fitting(page, context.texts))


async def search(update: Update, context: Context, words: str) -> None:
    await learn(context)
    page = await context.database.write(
        browsing.look_for, context.kit.coming, context.person_id, words, names_of, now=context.now()
    )
    await show(update, context, lists.fitting(page, context.texts))


async def learn(context: Context) -> None:
    """Know the words of all that is coming. Of thousands some at a time: others are served between."""
    more = True
    while more:
        more = await context.database.read(context.kit.coming.learn, now=context.now())
