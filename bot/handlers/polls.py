"""Polls about when to meet: written with messages, answered with taps, and turned into a meeting with one."""

from telegram import Update

from bot.callbacks import (
    PollClose,
    PollDecide,
    PollDiscard,
    PollOutcome,
    PollPart,
    PollPartnership,
    PollShow,
    PollTimeOut,
    PollVote,
)
from bot.context import Context, pressed
from bot.handlers.browsing import show_card
from bot.replies import send, show
from bot.screens import polls as screens
from domain import answers
from domain.errors import NotAllowedError
from domain.meetings import ballots, outcomes, polls
from domain.meetings.polls import NoPollError, Part, PollDraft, PollIncompleteError
from domain.reading.draft_values import FieldError
from domain.reading.when import WhenError
from storage import Vote


async def new(update: Update, context: Context) -> None:
    timezone = context.timezone
    found = await context.database.write(polls.start, context.person_id, timezone=timezone, now=context.now())
    await _draft(update, context, found)


async def ask(update: Update, context: Context) -> None:
    part = pressed(update, PollPart).part
    if part not in set(Part):
        await new(update, context)
        return
    found = await context.database.write(polls.ask, context.person_id, Part(part), now=context.now())
    await _draft(update, context, found)


async def typed(update: Update, context: Context, text: str) -> None:
    """What was asked for. One that can't be used is asked for again, and nothing is lost."""
    entities = update.effective_message.entities if update.effective_message else ()
    picked = tuple(each.unix_time for each in entities if each.unix_time)
    try:
        found = await context.database.write(polls.take, context.person_id, text, picked=picked, now=context.now())
        fault = None
    except FieldError as error:
        found = await context.database.read(polls.show, context.person_id, now=context.now())
        fault = context.texts.field_fault(error.fault, error.limit)
    except WhenError as error:
        found = await context.database.read(polls.show, context.person_id, now=context.now())
        fault = context.texts.when_fault(error.fault, error.part)
    except (NoPollError, NotAllowedError):  # nothing that is typed would do any more
        await context.database.write(answers.drop, context.person_id)
        raise
    await send(update, context, screens.draft(found, context.texts, fault))


async def take_out(update: Update, context: Context) -> None:
    slot = pressed(update, PollTimeOut).slot
    found = await context.database.write(polls.remove_time, context.person_id, slot, now=context.now())
    await _draft(update, context, found)


async def asked(update: Update, context: Context) -> None:
    found = await context.database.read(polls.show, context.person_id, now=context.now())
    await show(update, context, screens.asked(found, context.texts))


async def toggle(update: Update, context: Context) -> None:
    partnership = pressed(update, PollPartnership).partnership
    found = await context.database.write(polls.toggle_partnership, context.person_id, partnership, now=context.now())
    await show(update, context, screens.asked(found, context.texts))


async def discard(update: Update, context: Context) -> None:
    if not pressed(update, PollDiscard).sure:
        await context.database.read(polls.show, context.person_id, now=context.now())  # raises where there is none
        await show(update, context, screens.discard(context.texts))
        return
    await context.database.write(polls.discard, context.person_id, now=context.now())
    await show(update, context, screens.discarded(context.texts))


async def open_(update: Update, context: Context) -> None:
    texts, now = context.texts, context.now()
    try:
        poll = await context.database.write(polls.open_, context.person_id, now=now)
    except PollIncompleteError as error:
        found = await context.database.read(polls.show, context.person_id, now=now)
        missing = texts.poll_missing([texts.poll_label(part) for part in error.missing])
        await show(update, context, screens.draft(found, texts), missing)
        return
    outcome = await context.database.read(outcomes.show, poll.code, context.person_id, now=now)
    await show(update, context, screens.opened(outcome, texts))


async def ballot(update: Update, context: Context) -> None:
    code = pressed(update, PollShow).code
    found = await context.database.read(ballots.look, code, context.person_id, now=context.now())
    await show(update, context, screens.ballot(found, context.texts))


async def vote(update: Update, context: Context) -> None:
    """Say yes, if need be or no to a time. What can't be said any more is refused kindly, and shown as it is."""
    press, texts = pressed(update, PollVote), context.texts
    said = Vote(press.vote) if press.vote in set(Vote) else None
    found = await context.database.write(ballots.vote, press.slot, context.person_id, said, now=context.now())
    past = any(line.past for line in found.lines if line.slot_id == press.slot)
    refusal = texts.poll_is_closed() if found.closed else texts.time_is_past() if past else None
    await show(update, context, screens.ballot(found, texts), refusal)


async def outcome(update: Update, context: Context) -> None:
    code = pressed(update, PollOutcome).code
    found = await context.database.read(outcomes.show, code, context.person_id, now=context.now())
    await show(update, context, screens.show_outcome(found, context.texts))


async def decide(update: Update, context: Context) -> None:
    press, now = pressed(update, PollDecide), context.now()
    try:
        card = await context.database.write(outcomes.decide, press.slot, context.person_id, now=now)
    except WhenError:
        found = await context.database.read(outcomes.of_slot, press.slot, context.person_id, now=now)
        await show(update, context, screens.show_outcome(found, context.texts), context.texts.time_is_past())
    else:
        await show_card(update, context, card)


async def close(update: Update, context: Context) -> None:
    press, now = pressed(update, PollClose), context.now()
    if not press.sure:
        found = await context.database.read(outcomes.show, press.code, context.person_id, now=now)
        await show(update, context, screens.close_sure(found, context.texts))
        return
    found = await context.database.write(outcomes.close, press.code, context.person_id, now=now)
    await show(update, context, screens.show_outcome(found, context.texts))


async def _draft(update: Update, context: Context, found: PollDraft) -> None:
    await show(update, context, screens.draft(found, context.texts))
