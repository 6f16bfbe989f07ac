"""A typed message: what a draft asked for, what we asked for, or words to look for."""

from telegram import Update

from bot.context import Context
from bot.handlers import drafting, finding
from bot.replies import send
from bot.screen import Screen
from bot.screens import company as company_screens
from bot.screens import settings as settings_screens
from domain import answers
from domain.asking import Asking, asked
from domain.company import Company
from domain.draft_values import FieldError
from domain.places import PlaceError
from domain.preferences import LeadError


async def typed(update: Update, context: Context) -> None:
    message = update.effective_message
    assert message
    if await drafting.take(message, update, context):
        return
    question = asked(context.arrival.person, now=context.now())
    if question is None:
        await finding.search(update, context, message.text or "")
    else:
        await send(update, context, await _answered(question, message.text or "", context))


async def _answered(question: Asking, text: str, context: Context) -> Screen:
    """What the answer led to; if it can't be used, why not, and the question stays open."""
    texts = context.texts
    try:
        taken = await context.database.write(
            answers.take, context.person_id, text, context.kit.usual, now=context.now()
        )
    except LeadError:
        return Screen(texts.bad_lead())
    except PlaceError as error:
        return Screen(texts.bad_place(error.name))
    except FieldError as error:
        return Screen(texts.field_fault(error.fault, error.limit))
    if isinstance(taken, Company):
        return company_screens.company(taken, texts)
    assert taken
    return settings_screens.reminders(taken, texts) if question is Asking.LEAD else settings_screens.quiet(taken, texts)
