"""Seats: taking one and giving it up."""

from telegram import Update

from bot.callbacks import Leave, Register, opens_below
from bot.context import Context, pressed
from bot.handlers import sharing
from bot.handlers.browsing import show_card
from bot.handlers.company import ask_once
from bot.replies import send
from bot.screens.following import offer
from domain import following, listing, registration
from domain.cards import Card
from domain.errors import RegistrationClosedError


async def register(update: Update, context: Context) -> None:
    code = pressed(update, Register).code
    if update.callback_query and update.callback_query.inline_message_id:
        await sharing.register(update, context, code)
        return
    await _take_place(update, context)
    try:
        card = await context.database.write(registration.register, code, context.person_id, now=context.now())
    except RegistrationClosedError:
        card = await context.database.read(listing.look, code, context.person_id, now=context.now())
        await show_card(update, context, card, context.texts.registration_closed())
        return
    await show_card(update, context, card)
    if not card.meeting:
        await _ask_more(update, context, card)


async def _take_place(update: Update, context: Context) -> None:
    """The card comes where an announcement may stand, which must not be written over the card later."""
    query = update.callback_query
    if query and query.message and not opens_below(query.data):
        await context.database.write(following.take_place, context.person_id, query.message.message_id)


async def _ask_more(update: Update, context: Context, card: Card) -> None:
    """After the first registration: the offer to follow, whose answer leads on, or what would be asked after it."""
    first = context.arrival.person.follow_offered_at is None
    if await context.database.write(following.offer_once, context.person_id, now=context.now()):
        await send(update, context, offer(card, context.texts))
    elif first:
        await ask_once(update, context)


async def leave(update: Update, context: Context) -> None:
    code = pressed(update, Leave).code
    card = await context.database.write(registration.leave, code, context.person_id, now=context.now())
    await show_card(update, context, card)
