"""What people are told without having asked: short, and with one thing to do about it."""

from datetime import datetime

from markupsafe import Markup

from bot.callbacks import Leave, ShowCard, ShowUpcoming
from bot.screen import Link, Press, Screen, lines, own_time
from bot.screens.card import join, short_when
from domain.content import Cancelled, Content, Moved, Reminder, Restored, SeatWon
from storage import RegistrationStatus
from texts.chat import ChatTexts


def pushed(content: Content, texts: ChatTexts, *, now: datetime) -> Screen:
    match content:
        case Reminder():
            return _reminder(content, texts, now)
        case SeatWon():
            return _seat_won(content, texts)
        case Moved():
            return _moved(content, texts)
        case Cancelled(card):
            return Screen(
                texts.cancelled(card.title, short_when(card, texts)), ((Press(texts.button_all(), ShowUpcoming(1)),),)
            )
        case Restored(card):
            details = Press(texts.button_details(), ShowCard(card.code))
            return Screen(texts.restored(card.title, short_when(card, texts)), ((details,),))


def _reminder(reminder: Reminder, texts: ChatTexts, now: datetime) -> Screen:
    card = reminder.card
    span = own_time(card.starts_at, texts.in_span(card.starts_at - now), "r")
    return Screen(
        lines(texts.starts_in(card.title, span), Markup("📅 {when}").format(when=short_when(card, texts))),
        (
            (Link(texts.button_join_now(), reminder.join_url),),
            (
                Press(texts.button_details(), ShowCard(card.code)),
                Press(texts.button_cannot_come(), Leave(card.code)),
            ),
        ),
    )


def _seat_won(won: SeatWon, texts: ChatTexts) -> Screen:
    card = won.card
    return Screen(
        lines(texts.seat_won(card.title), Markup("📅 {when}").format(when=short_when(card, texts))),
        (
            join(card, texts),
            (
                Press(texts.button_details(), ShowCard(card.code)),
                Press(texts.button_cannot_come(), Leave(card.code)),
            ),
        ),
    )


def _moved(moved: Moved, texts: ChatTexts) -> Screen:
    card = moved.card
    kept = texts.seat_kept() if card.my_status is RegistrationStatus.REGISTERED else texts.place_kept()
    leave = texts.button_leave() if card.my_status is RegistrationStatus.REGISTERED else texts.button_leave_waitlist()
    return Screen(
        lines(
            texts.moved(card.title),
            texts.old_to_new(texts.short(moved.old_start, card.timezone), short_when(card, texts)),
            kept,
        ),
        (
            join(card, texts),
            (Press(texts.button_details(), ShowCard(card.code)), Press(leave, Leave(card.code))),
        ),
    )
