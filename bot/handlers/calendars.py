"""The person's calendar link, what is behind it and who fetches it, and one webinar as a file."""

from markupsafe import Markup
from telegram import InputFile, Update

from bot.callbacks import AddToCalendar, FeedFollows, ReplaceLink
from bot.context import Context, pressed
from bot.patience import patiently
from bot.replies import answer, show
from bot.screens import calendar as screens
from domain import fetches, links, own_calendar, people
from domain.attendance import copies
from feeds.addresses import meetings_page_path, meetings_path, own_calendar_path, personal_path


async def my_link(update: Update, context: Context) -> None:
    await _show_link(update, context)


async def replace_link(update: Update, context: Context) -> None:
    """Asked first: whoever replaces it must change their calendar app too."""
    if not pressed(update, ReplaceLink).sure:
        await show(update, context, screens.replace_sure(context.texts))
        return
    person = context.arrival.person
    person.feed_generation = await context.database.write(people.replace_link, context.person_id)
    await _show_link(update, context, context.texts.replaced())


async def show_follows(update: Update, context: Context) -> None:
    """Switch on or off that what they follow is in it too."""
    on = bool(pressed(update, FeedFollows).on)
    await context.database.write(own_calendar.show_follows, context.person_id, on=on, now=context.now())
    context.arrival.person.feed_follows = on
    await _show_link(update, context)


async def check(update: Update, context: Context) -> None:
    found = await context.database.read(fetches.apps, context.person_id)
    await show(update, context, screens.check(found, context.timezone, context.texts, now=context.now()))


async def _show_link(update: Update, context: Context, said: Markup | None = None) -> None:
    kit, person = context.kit, context.arrival.person
    token = links.personal_token(kit.secret, person.id, person.feed_generation)
    url = kit.public_url + personal_path(token)
    how_to = kit.public_url + own_calendar_path(token)
    screen = screens.my_calendar(
        url, how_to, context.texts, follows=person.feed_follows, meetings=_meetings(context), said=said
    )
    await show(update, context, screen)


def _meetings(context: Context) -> tuple[str, str] | None:
    """For organisers, the address of their meetings, and the page about it."""
    if not context.arrival.organiser:
        return None
    person, kit = context.arrival.person, context.kit
    token = links.meetings_token(kit.secret, person.id, person.feed_generation)
    return kit.public_url + meetings_path(token), kit.public_url + meetings_page_path(token)


async def file(update: Update, context: Context) -> None:
    """Send the webinar as the person's calendar would show it: with the way in only if they have a seat."""
    query, chat = update.callback_query, update.effective_chat
    assert query
    assert chat
    code = pressed(update, AddToCalendar).code
    snapshot = await context.database.write(copies.take_away, code, context.person_id, now=context.now())
    await answer(query)
    document = InputFile(context.kit.calendar_file(code, snapshot), filename=f"{code}.ics")
    await patiently(lambda: context.bot.send_document(chat.id, document, caption=context.texts.calendar_file()))
