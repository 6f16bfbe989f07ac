"""What people are told without having asked: short, and with one thing to do about it."""

from datetime import datetime

from markupsafe import Markup

from bot.callbacks import (
    FollowShow,
    Leave,
    PrivacyShow,
    RemindersShow,
    SettingsShow,
    ShowCard,
    ShowUpcoming,
    Stay,
)
from bot.screen import Link, Press, Screen, lines, own_time
from bot.screens.card import join, label, registering, short, short_when
from domain.cards import Card
from domain.content import (
    Announcement,
    Cancelled,
    Content,
    Edited,
    Hosted,
    Moved,
    Reminder,
    Restored,
    SeatWon,
    StayAsked,
)
from storage import RegistrationStatus, WebinarStatus
from texts.chat import ChatTexts

_MOST_ANNOUNCED = 5


def pushed(content: Content, texts: ChatTexts, *, now: datetime) -> Screen:
    """Each has one thing to do about it, and one way to get fewer of its kind."""
    match content:
        case Reminder():
            return _reminder(content, texts, now)
        case SeatWon():
            return _seat_won(content, texts)
        case Moved():
            return _moved(content, texts)
        case Announcement() | Edited():
            return _announcement(content.announcement if isinstance(content, Edited) else content, texts)
        case StayAsked(erased_at):
            return Screen(texts.stay(erased_at.date()), ((Press(texts.button_stay(), Stay()),), _privacy(texts)))
        case Cancelled() | Restored() | Hosted():
            return _changed(content, texts)


def _changed(content: Cancelled | Restored | Hosted, texts: ChatTexts) -> Screen:
    card = content.card
    details = (Press(texts.button_details(), ShowCard(card.code)), _settings(texts))
    match content:
        case Cancelled():
            look = (Press(texts.button_all(), ShowUpcoming(1)), _settings(texts))
            return Screen(texts.cancelled(card.title, short_when(card, texts)), (look,))
        case Restored():
            return Screen(texts.restored(card.title, short_when(card, texts)), (details,))
        case Hosted(_, old_hosts):
            new = [host for host in card.hosts if host not in old_hosts]
            return Screen(texts.hosted(card.title, new or card.hosts), (details,))


def _announcement(news: Announcement, texts: ChatTexts) -> Screen:
    """One webinar with Register under it; of several, a button each."""
    shown, more = news.cards[:_MOST_ANNOUNCED], len(news.cards) - _MOST_ANNOUNCED
    text = lines(
        texts.announcement(short(" · ".join(texts.names(news.because)))),
        *(line for card in shown for line in ("", *_announced(card, texts))),
        texts.more_announced(more) if more > 0 else None,
    )
    less = Press(texts.button_follow_less(), FollowShow())
    if len(shown) == 1:
        (card,) = shown
        register = (registering(card, texts),) if card.open else ()
        return Screen(text, ((*register, Press(texts.button_details(), ShowCard(card.code))), (less,)))
    everything = (Press(texts.button_all(), ShowUpcoming(1)),) if more > 0 else ()
    return Screen(text, (*((Press(label(card), ShowCard(card.code)),) for card in shown), (*everything, less)))


def _announced(card: Card, texts: ChatTexts) -> tuple[Markup, ...]:
    cancelled = (texts.webinar_cancelled(),) if card.status is WebinarStatus.CANCELLED else ()
    return (
        *cancelled,
        Markup("<b>{title}</b>").format(title=card.title),
        Markup("📅 {when} · {hosts}").format(when=short_when(card, texts), hosts=short(texts.hosts(card.hosts))),
    )


def _settings(texts: ChatTexts) -> Press:
    return Press(texts.button_settings(), SettingsShow())


def _privacy(texts: ChatTexts) -> tuple[Press]:
    return (Press(texts.button_privacy(), PrivacyShow()),)


def _reminder(reminder: Reminder, texts: ChatTexts, now: datetime) -> Screen:
    card = reminder.card
    span = own_time(card.starts_at, texts.in_span(card.starts_at - now), "r")
    return Screen(
        lines(texts.starts_in(card.title, span), _when(card, texts)),
        (
            (Link(texts.button_join_now(), reminder.join_url),),
            (Press(texts.button_details(), ShowCard(card.code)), Press(texts.button_cannot_come(), Leave(card.code))),
            (Press(texts.button_reminder_settings(), RemindersShow()),),
        ),
    )


def _seat_won(won: SeatWon, texts: ChatTexts) -> Screen:
    card = won.card
    return Screen(
        lines(texts.seat_won(card.title), _when(card, texts)),
        (
            join(card, texts),
            (Press(texts.button_details(), ShowCard(card.code)), Press(texts.button_cannot_come(), Leave(card.code))),
            (_settings(texts),),
        ),
    )


def _moved(moved: Moved, texts: ChatTexts) -> Screen:
    card = moved.card
    seated = card.my_status is RegistrationStatus.REGISTERED
    leave = texts.button_leave() if seated else texts.button_leave_waitlist()
    return Screen(
        lines(
            texts.moved(card.title),
            texts.old_to_new(texts.short(moved.old_start, card.timezone), short_when(card, texts)),
            texts.seat_kept() if seated else texts.place_kept(),
        ),
        (
            join(card, texts),
            (Press(texts.button_details(), ShowCard(card.code)), Press(leave, Leave(card.code))),
            (_settings(texts),),
        ),
    )


def _when(card: Card, texts: ChatTexts) -> Markup:
    return Markup("📅 {when}").format(when=short_when(card, texts))
