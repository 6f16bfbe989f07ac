"""The person's calendar link, and one webinar as a file."""

from markupsafe import Markup
from telegram import InputFile, Update

from bot.callbacks import AddToCalendar, ReplaceLink
from bot.context import Context, pressed
from bot.patience import patiently
from bot.replies import answer, show
from bot.screens.calendar import my_calendar, replace_sure
from domain import calendar, links, people
from feeds.addresses import personal_path


async def my_link(update: Update, context: Context) -> None:
    await _show_link(update, context, context.arrival.person.feed_generation)


async def replace_link(update: Update, context: Context) -> None:
    """Asked first: whoever replaces it must change their calendar app too."""
    if not pressed(update, ReplaceLink).sure:
        await show(update, context, replace_sure(context.texts))
        return
    generation = await context.database.write(people.replace_link, context.person_id)
    await _show_link(update, context, generation, context.texts.replaced())


async def _show_link(update: Update, context: Context, generation: int, said: Markup | None = None) -> None:
    kit = context.kit
    token = links.personal_token(kit.secret, context.person_id, generation)
    screen = my_calendar(kit.public_url + personal_path(token), kit.public_url + "/calendar", context.texts, said)
    await show(update, context, screen)


async def file(update: Update, context: Context) -> None:
    """Send the webinar as the person's calendar would show it: with the way in only if they have a seat."""
    query, chat = update.callback_query, update.effective_chat
    assert query
    assert chat
    code = pressed(update, AddToCalendar).code
    snapshot = await context.database.read(calendar.single, code, context.person_id, now=context.now())
    await answer(query)
    document = InputFile(context.kit.calendar_file(code, snapshot), filename=f"{code}.ics")
    await patiently(lambda: context.bot.send_document(chat.id, document, caption=context.texts.calendar_file()))
