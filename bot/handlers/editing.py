"""Changing a webinar: what is typed or chosen is first shown with what it would mean, and made when confirmed."""

from collections.abc import Callable

from telegram import Message, MessageEntity, Update

from bot.callbacks import EditAsk, EditClear, EditLanguage, EditReview, EditSave, EditShow, EditTopic, ManageShow
from bot.context import Context, pressed
from bot.handlers import outlook
from bot.replies import send, show
from bot.screen import Press, Screen, cut
from bot.screens import editing as screens
from bot.screens import managing as managing_screens
from domain import answers, changes, edit_questions, editing, fetches
from domain.asking import Asking
from domain.edit_questions import TYPED, Part
from domain.editing import ProposalGoneError, Prospect, UnchangedError
from domain.errors import NotAllowedError
from domain.reading.draft_values import FieldError
from domain.reading.places import PlaceError
from domain.reading.when import WhenError, WhenFault

_QUOTED = 60

_Proposing = Callable[..., Prospect]


async def sheet(update: Update, context: Context) -> None:
    await _sheet(update, context, pressed(update, EditShow).code)


async def ask(update: Update, context: Context) -> None:
    press, now = pressed(update, EditAsk), context.now()
    part = Part(press.part) if press.part in set(Part) else None
    if part is None:
        await _sheet(update, context, press.code)
    elif part is Part.TOPICS:
        choice = await context.database.write(editing.choose_topics, press.code, context.person_id, now=now)
        await show(update, context, screens.topics(choice, context.texts))
    else:
        found = await (
            context.database.write(edit_questions.ask_for_part, press.code, context.person_id, part, now=now)
            if part in TYPED
            else context.database.write(editing.sheet, press.code, context.person_id, now=now)
        )
        await show(update, context, screens.ask(found, part, context.texts))


async def take(message: Message, question: Asking, update: Update, context: Context) -> None:
    """Take what was typed in answer to one of the questions about a webinar. If it can't be used it stays open."""
    picked = next((entity for entity in message.entities if entity.type == MessageEntity.DATE_TIME), None)
    try:
        found = await context.database.write(
            answers.take,
            context.person_id,
            message.text or "",
            context.kit.usual,
            picked=picked.unix_time if picked else None,
            now=context.now(),
        )
    except NotAllowedError:  # nothing that is typed would do any more
        await context.database.write(answers.drop, context.person_id)
        raise
    except (FieldError, PlaceError, WhenError, UnchangedError) as error:
        await send(update, context, _fault(error, question, context))
        return
    assert isinstance(found, Prospect)
    await send(update, context, await screen_of(found, context))


async def clear(update: Update, context: Context) -> None:
    press = pressed(update, EditClear)
    await _propose(update, context, editing.propose_clear, press.code, press.part)


async def language(update: Update, context: Context) -> None:
    press = pressed(update, EditLanguage)
    await _propose(update, context, editing.propose_language, press.code, press.language)


async def toggle_topic(update: Update, context: Context) -> None:
    press, now = pressed(update, EditTopic), context.now()
    try:
        choice = await context.database.write(
            editing.toggle_topic, press.code, context.person_id, press.proposal, press.topic, now=now
        )
    except ProposalGoneError:
        await _sheet(update, context, press.code, context.texts.proposal_gone())
        return
    await show(update, context, screens.topics(choice, context.texts))


async def review(update: Update, context: Context) -> None:
    press, usual = pressed(update, EditReview), context.kit.usual
    try:
        found = await context.database.write(
            editing.review, press.code, context.person_id, press.proposal, usual, now=context.now()
        )
    except ProposalGoneError:
        await _sheet(update, context, press.code, context.texts.proposal_gone())
    except UnchangedError:
        await _sheet(update, context, press.code, context.texts.unchanged())
    else:
        await show(update, context, await screen_of(found, context))


async def save(update: Update, context: Context) -> None:
    press, alert = pressed(update, EditSave), None
    try:
        found = await context.database.write(
            editing.save,
            press.code,
            context.person_id,
            press.proposal,
            context.kit.usual,
            tell=bool(press.tell),
            settle=context.kit.settle,
            now=context.now(),
        )
    except ProposalGoneError:
        found, alert = None, context.texts.proposal_gone()
    except WhenError as error:
        found, alert = None, _not_saved(error, context)
    if found is None:
        await show_webinar(update, context, press.code, alert)
    else:
        await show(update, context, await screen_of(found, context), context.texts.changed_meanwhile())


async def screen_of(found: Prospect, context: Context) -> Screen:
    """What a change would mean; of a move also what is known of that time."""
    new_start = found.new_start
    looked = await outlook.of_move(context, found.card.code, new_start) if new_start else None
    return screens.prospect(found, looked, context.texts)


async def show_webinar(update: Update, context: Context, code: str, alert: str | None = None) -> None:
    card = await context.database.write(changes.managed, code, context.person_id, now=context.now())
    lag = await context.database.read(fetches.lag, code, context.person_id, now=context.now())
    await show(update, context, managing_screens.webinar(card, context.texts, lag), alert)


async def _propose(update: Update, context: Context, use_case: _Proposing, code: str, chosen: str) -> None:
    """Show what the choice would mean, or the sheet again if it is so already."""
    person_id, usual, now = context.person_id, context.kit.usual, context.now()
    try:
        found = await context.database.write(use_case, code, person_id, chosen, usual, now=now)
    except UnchangedError:
        await _sheet(update, context, code, context.texts.unchanged())
        return
    await show(update, context, await screen_of(found, context))


async def _sheet(update: Update, context: Context, code: str, alert: str | None = None) -> None:
    found = await context.database.write(editing.sheet, code, context.person_id, now=context.now())
    await show(update, context, screens.sheet(found, context.texts), alert)


def _fault(error: Exception, question: Asking, context: Context) -> Screen:
    """Why an answer can't be used, above the way out that the question had."""
    texts, code = context.texts, context.arrival.person.asking_about
    match error:
        case FieldError(fault=fault, limit=limit):
            said = texts.field_fault(fault, limit)
        case PlaceError(name=name):
            said = texts.bad_place(cut(name, _QUOTED))
        case WhenError(fault=fault, part=part):
            said = texts.when_fault(fault, part)
        case _:
            return Screen(texts.html(texts.unchanged()), _way_out(question, code, context))
    return Screen(texts.warn(said), _way_out(question, code, context))


def _way_out(question: Asking, code: str, context: Context) -> tuple[tuple[Press, ...], ...]:
    to_webinar = question in {Asking.MOVE, Asking.CANCEL_REASON}
    return ((Press(context.texts.button_back(), ManageShow(code) if to_webinar else EditShow(code)),),)


def _not_saved(error: WhenError, context: Context) -> str:
    texts = context.texts
    return texts.not_moved() if error.fault is WhenFault.PAST else texts.when_fault(error.fault, error.part).striptags()
