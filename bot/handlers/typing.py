"""A typed message: what a draft asked for, what we asked for, or words to look for."""

from telegram import Update

from bot.context import Context
from bot.handlers import browsing, drafting, editing, finding, hosting, importing, letters, materials, plainly, writing
from bot.replies import send
from bot.screen import Screen, cut
from bot.screens import company as company_screens
from bot.screens import settings as settings_screens
from domain import answers, edit_questions
from domain.answers import Answer
from domain.asking import Asking, asked
from domain.company import Company
from domain.countries import CountryError
from domain.library.writing import QUESTIONS as ENTRY_QUESTIONS
from domain.materials import QUESTIONS
from domain.preferences import LeadError, Preferences
from domain.reading.draft_values import FieldError
from domain.reading.places import PlaceError
from texts.chat import ChatTexts

_QUOTED = 60


async def typed(update: Update, context: Context) -> None:
    message = update.effective_message
    assert message
    question = asked(context.arrival.person, now=context.now())
    if question is Asking.LETTER:
        await letters.typed(update, context, message.text or "")
    elif question in QUESTIONS:
        await materials.given(update, context, message.text or "")
    elif question in ENTRY_QUESTIONS:
        await writing.typed(update, context, message.text or "")
    elif question is Asking.HOST_CHANGE:
        await hosting.wished(update, context, message.text or "")
    elif question in edit_questions.QUESTIONS:
        await editing.take(message, question, update, context)
    elif question is not None:  # asked after whatever the draft asked for: any other press would have dropped it
        await send(update, context, await _answered(question, message.text or "", context))
    elif not await drafting.take(message, update, context):
        await _unasked(update, context, message.text or "")


async def _unasked(update: Update, context: Context, text: str) -> None:
    command = plainly.meant(text, context.texts)
    if command is None:
        await finding.search(update, context, text)
    else:
        await command(update, context)


async def file(update: Update, context: Context) -> None:
    """A file that was sent: what we asked for, if we did, or webinars."""
    message = update.effective_message
    assert message
    sent = materials.file_in(message)
    if sent is not None and asked(context.arrival.person, now=context.now()) in QUESTIONS:
        await materials.given(update, context, sent)
    elif context.arrival.organiser and (document := importing.file_in(message)):
        await importing.received(document, update, context)
    else:
        await other(update, context)


async def other(update: Update, context: Context) -> None:
    """Whatever else was sent: below a forwarded picture there may be an invitation."""
    message = update.effective_message
    invited = message and message.caption and await drafting.take(message, update, context)
    if not invited:
        await browsing.lost(update, context)


async def _answered(question: Asking, text: str, context: Context) -> Screen:
    """What the answer led to; if it can't be used, why not, the question stays open and has the same way out."""
    texts = context.texts
    try:
        taken = await context.database.write(
            answers.take, context.person_id, text, context.kit.usual, now=context.now()
        )
    except LeadError:
        return Screen(texts.bad_lead(), settings_screens.ask_lead(texts).rows)
    except PlaceError as error:
        return Screen(texts.bad_place(cut(error.name, _QUOTED)), settings_screens.ask_place(texts).rows)
    except FieldError as error:
        rows = company_screens.way_out(texts, named=bool(context.arrival.person.company))
        return Screen(texts.field_fault(error.fault, error.limit), rows)
    except CountryError as error:
        return Screen(texts.bad_country(cut(error.name, _QUOTED)), company_screens.back(texts))
    return _led_to(question, taken, texts)


def _led_to(question: Asking, taken: Answer | None, texts: ChatTexts) -> Screen:
    if isinstance(taken, Company):
        return company_screens.company(taken, texts)
    assert isinstance(taken, Preferences)
    return settings_screens.reminders(taken, texts) if question is Asking.LEAD else settings_screens.quiet(taken, texts)
