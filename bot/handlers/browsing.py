"""Looking around: the start, lists, one webinar."""

from telegram import Update

from bot import menu
from bot.callbacks import ShowCard, ShowMine, ShowUpcoming
from bot.context import Context, pressed
from bot.handlers import library, team
from bot.replies import answer, say, show
from bot.screens import lists
from bot.screens.card import webinar_card
from domain import access, browsing, listing
from domain.cards import Card
from texts.chat import ChatTexts

_WEBINAR_LINK = "w_"


async def start(update: Update, context: Context) -> None:
    """Greet, or open the webinar, the entry or the invitation of a deep link. Any other payload is a plain start."""
    payload = context.args[0] if context.args else ""
    if payload.startswith(_WEBINAR_LINK):
        await show_code(update, context, payload.removeprefix(_WEBINAR_LINK))
        return
    if payload.startswith(library.LINK):
        await library.show_code(update, context, payload.removeprefix(library.LINK))
        return
    if payload.startswith(team.LINK):
        await team.opened(update, context, payload.removeprefix(team.LINK))
        return
    welcome = await context.database.read(listing.welcome, context.person_id, now=context.now())
    await show(update, context, lists.welcome(welcome, context.texts, organiser=context.arrival.organiser))
    await offer_commands(update, context, context.texts)


async def upcoming(update: Update, context: Context) -> None:
    number = pressed(update, ShowUpcoming).page if update.callback_query else 1
    page = await context.database.read(browsing.upcoming, context.person_id, number, now=context.now())
    await show(update, context, lists.upcoming(page, context.texts))


async def mine(update: Update, context: Context) -> None:
    number = pressed(update, ShowMine).page if update.callback_query else 1
    page = await context.database.read(listing.mine, context.person_id, number, now=context.now())
    await show(update, context, lists.mine(page, context.texts))


async def card(update: Update, context: Context) -> None:
    await show_code(update, context, pressed(update, ShowCard).code)


async def show_code(update: Update, context: Context, code: str) -> None:
    found = await context.database.read(listing.look, code, context.person_id, now=context.now())
    await show_card(update, context, found)


async def show_card(update: Update, context: Context, found: Card, alert: str | None = None) -> None:
    kit = context.kit
    screen = webinar_card(found, context.texts, leads=kit.usual.leads, now=context.now(), door=kit.door)
    await show(update, context, screen, alert)


async def help_(update: Update, context: Context) -> None:
    administrator = await context.database.read(access.is_admin, context.person_id)
    await say(update, context, context.texts.help(organiser=context.arrival.organiser, administrator=administrator))


async def lost(update: Update, context: Context) -> None:
    """Anything we can't use: say what can be done."""
    await say(update, context, context.texts.did_not_understand())


async def offer_commands(update: Update, context: Context, texts: ChatTexts) -> None:
    """Give an organiser's own menu the commands that others don't have."""
    if context.arrival.organiser and update.effective_chat:
        await menu.fit(context.bot, update.effective_chat.id, texts, organiser=True)


async def old_button(update: Update, context: Context) -> None:
    """A button whose form we don't know: of a version long gone, or forged."""
    assert update.callback_query
    await answer(update.callback_query, context.texts.old_button())
