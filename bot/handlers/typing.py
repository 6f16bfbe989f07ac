"""A typed message: what a draft asked for, what we asked for, or words to look for."""

from collections.abc import Awaitable, Callable, Mapping

from telegram import Update

from bot.context import Context
from bot.handlers import (
    browsing,
    drafting,
    editing,
    feedback,
    feedback_desk,
    finding,
    hosting,
    importing,
    lessons,
    letters,
    materials,
    plainly,
    polls,
    receiving,
    writing,
)
from bot.replies import send
from bot.screen import Screen, cut
from bot.screens import company as company_screens
from bot.screens import settings as settings_screens
from domain import answers, edit_questions
from domain.answers import Answer
from domain.asking import Asking, asked
from domain.company import Company
from domain.countries import CountryError
from domain.feedback import answering
from domain.lessons import QUESTIONS as LESSON_QUESTIONS
from domain.library.parts import QUESTIONS as ENTRY_QUESTIONS
from domain.materials import QUESTIONS
from domain.meetings.polls import QUESTIONS as POLL_QUESTIONS
from domain.preferences import LeadError, Preferences
from domain.reading.draft_values import FieldError
from domain.reading.places import PlaceError
from texts.chat import ChatTexts

_QUOTED = 60
_LONGEST_SEARCH = 100
_TAKERS: Mapping[Asking | None, Callable[[Update, Context, str], Awaitable[None]]] = {
    Asking.LETTER: letters.typed,
    Asking.HOST_CHANGE: hosting.wished,
    Asking.QUESTIONS: feedback_desk.typed,
    **dict.fromkeys(answering.QUESTIONS, feedback.line),
    **dict.fromkeys(LESSON_QUESTIONS, lessons.told),
    **dict.fromkeys(QUESTIONS, materials.given),
    **dict.fromkeys(ENTRY_QUESTIONS, writing.given),
    **dict.fromkeys(POLL_QUESTIONS, polls.typed),
}
"""Who takes the answer to what we asked for, where it is a text of its own."""


async def typed(update: Update, context: Context) -> None:
    message = update.effective_message
    assert message
    question = asked(context.arrival.person, now=context.now())
    if question in _TAKERS:
        await _TAKERS[question](update, context, message.text or "")
    elif question in edit_questions.QUESTIONS:
        await editing.take(message, question, update, context)
    elif question is not None:  # asked after whatever the draft asked for: any other press would have dropped it
        await send(update, context, await _answered(question, message.text or "", context))
    elif not await drafting.take(message, update, context):
        await _unasked(update, context, message.text or "")


async def _unasked(update: Update, context: Context, text: str) -> None:
    """A command in plain words, words to look for, or from an organiser something that may be worth sharing."""
    command = plainly.meant(text, context.texts)
    message = update.effective_message
    if command is not None:
        await command(update, context)
    elif message and context.arrival.organiser and _is_no_search(text):
        await writing.offer(message, context)
    else:
        await finding.search(update, context, text)


def _is_no_search(text: str) -> bool:
    """Nobody looks for a link, for several lines, or for more than fits into a search."""
    stripped = text.strip()
    return writing.is_link(stripped) or "\n" in stripped or len(stripped) > _LONGEST_SEARCH


async def file(update: Update, context: Context) -> None:
    """A file that was sent: what we asked for, if we did, or webinars, or something to share."""
    message = update.effective_message
    assert message
    sent, attachment = materials.file_in(message), receiving.attachment_of(message)
    question = asked(context.arrival.person, now=context.now())
    if attachment is not None and question is Asking.ENTRY_SOURCE:
        await writing.sent(update, context, attachment)
    elif sent is not None and question in QUESTIONS:
        await materials.given(update, context, sent)
    elif context.arrival.organiser and (document := importing.file_in(message)):
        await importing.received(document, update, context)
    else:
        await other(update, context)


async def other(update: Update, context: Context) -> None:
    """Whatever else was sent: below a picture there may be an invitation; a file or a contact may be worth sharing."""
    message = update.effective_message
    if message and message.caption and await drafting.take(message, update, context):
        return
    if message and context.arrival.organiser and (message.contact or receiving.attachment_of(message)):
        await writing.offer(message, context)
    else:
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
