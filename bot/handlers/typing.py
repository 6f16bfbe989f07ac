"""A typed message: what a draft asked for, what we asked for, or words to look for."""

from telegram import Update

from bot.context import Context
from bot.handlers import drafting, finding
from bot.replies import send
from bot.screen import Screen, cut
from bot.screens import company as company_screens
from bot.screens import managing as managing_screens
from bot.screens import settings as settings_screens
from domain import answers
from domain.answers import Answer
from domain.asking import Asking, asked
from domain.changes import Proposal
from domain.company import Company
from domain.draft_values import FieldError
from domain.errors import NotAllowedError
from domain.places import PlaceError
from domain.preferences import LeadError
from domain.when import WhenError
from texts.chat import ChatTexts

_QUOTED = 60


async def typed(update: Update, context: Context) -> None:
    message = update.effective_message
    assert message
    question = asked(context.arrival.person, now=context.now())
    if question is not None:  # asked after whatever the draft asked for: any other press would have dropped it
        await send(update, context, await _answered(question, message.text or "", context))
    elif not await drafting.take(message, update, context):
        await finding.search(update, context, message.text or "")


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
        return Screen(texts.field_fault(error.fault, error.limit), company_screens.ask(texts).rows)
    except WhenError as error:
        rows = managing_screens.back(context.arrival.person.asking_about, texts)
        return Screen(texts.warn(texts.when_fault(error.fault, error.part)), rows)
    except NotAllowedError:  # nothing that is typed would do any more
        await context.database.write(answers.drop, context.person_id)
        raise
    return _led_to(question, taken, texts)


def _led_to(question: Asking, taken: Answer | None, texts: ChatTexts) -> Screen:
    if isinstance(taken, Proposal):
        return managing_screens.move_sure(taken, texts)
    if isinstance(taken, Company):
        return company_screens.company(taken, texts)
    assert taken
    return settings_screens.reminders(taken, texts) if question is Asking.LEAD else settings_screens.quiet(taken, texts)
