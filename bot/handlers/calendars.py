"""The person's calendar link, and one webinar as a file."""

from telegram import InputFile, Update

from bot.callbacks import AddToCalendar
from bot.context import Context, pressed
from bot.patience import patiently
from bot.replies import answer, show
from bot.screens.calendar import my_calendar
from domain import calendar, links
from feeds.addresses import personal_path


async def my_link(update: Update, context: Context) -> None:
    person = context.arrival.person
    token = links.personal_token(context.kit.secret, person.id, person.feed_generation)
    address = context.kit.public_url + personal_path(token)
    await show(update, context, my_calendar(address, context.kit.public_url + "/calendar", context.texts))


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
