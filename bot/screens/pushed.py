"""What people are told without having asked: short, and with one thing to do about it."""

from datetime import datetime

from markupsafe import Markup

from bot.callbacks import (
    FollowShow,
    Leave,
    PrivacyShow,
    RemindersShow,
    ShowCard,
    ShowUpcoming,
    Stay,
    Why,
)
from bot.doors import Door, plain
from bot.screen import Link, Press, Screen, lines, own_time
from bot.screens import contacts, feedback, hosting, lessons, mailing, meetings, operation
from bot.screens.card import join, label, registering, short, short_when
from bot.screens.changed import changed
from domain.alarms import Alert
from domain.cards import Card, Place
from domain.content import (
    Announcement,
    Content,
    Edited,
    Reminder,
    SeatWon,
    StayAsked,
)
from domain.feedback.asked import FeedbackAsked
from domain.hosting_news import HostAnswered, HostAsked
from domain.lessons import LessonAsked
from domain.library.news import ContactAsked
from domain.mailing import HandedOut, Written
from domain.meetings.news import MeetingCalled, PollAsked
from domain.merging import Change, Changes
from domain.missed import Missed
from storage import WebinarStatus
from texts.chat import ChatTexts

_MOST_ANNOUNCED = 5


def pushed(content: Content, texts: ChatTexts, *, now: datetime, door: Door = plain) -> Screen:
    """Each has one thing to do about it, one way to get fewer of its kind, and tells why it came.

    What was pushed may hold the way in, and is put right when something changes: it stays where it is, and what its
    buttons show comes below. Only a seat taken or given up is shown in its place.
    """
    screen = _told(content, texts, now, door)
    why = Press(texts.button_why(), Why(), below=True)
    *rows, last = screen.rows
    if len(last) == 1:
        return Screen(screen.text, (*rows, (why, *last)))
    return Screen(screen.text, (*rows, (why,), last))


def _told(content: Content, texts: ChatTexts, now: datetime, door: Door) -> Screen:
    match content:
        case HostAsked() | HostAnswered() | Alert() | ContactAsked() | LessonAsked() | MeetingCalled() | PollAsked():
            return _to_teams(content, texts)
        case Written() | HandedOut() | FeedbackAsked() | Missed():
            return _of_hosts(content, texts)
        case Announcement() | Edited():
            return _announcement(content.announcement if isinstance(content, Edited) else content, texts)
        case StayAsked(erased_at):
            privacy = Press(texts.button_privacy(), PrivacyShow(), below=True)
            return Screen(texts.stay(erased_at.date()), ((Press(texts.button_stay(), Stay()),), (privacy,)))
        case _:
            return _about_a_place(content, texts, now, door)


def _to_teams(
    content: HostAsked | HostAnswered | Alert | ContactAsked | LessonAsked | MeetingCalled | PollAsked, texts: ChatTexts
) -> Screen:
    match content:
        case Alert():
            return operation.alert(content, texts, "UTC")
        case ContactAsked():
            return contacts.asked(content, texts)
        case LessonAsked():
            return lessons.pushed(content, texts)
        case MeetingCalled() | PollAsked():
            return meetings.pushed(content, texts)
        case _:
            return hosting.pushed(content, texts)


def _of_hosts(content: Written | HandedOut | FeedbackAsked | Missed, texts: ChatTexts) -> Screen:
    match content:
        case FeedbackAsked():
            return feedback.pushed(content, texts)
        case Missed():
            return mailing.missed(content, texts)
        case Written() | HandedOut():
            return mailing.pushed(content, texts)


def _about_a_place(
    content: Reminder | SeatWon | Change | Changes,
    texts: ChatTexts,
    now: datetime,
    door: Door,
) -> Screen:
    match content:
        case Reminder():
            return _reminder(content, texts, now, door)
        case SeatWon():
            return _seat_won(content, texts, door)
        case _:
            return changed(content, texts, door)


def _announcement(news: Announcement, texts: ChatTexts) -> Screen:
    """One webinar with Register under it; of several, a button each."""
    shown, more = news.cards[:_MOST_ANNOUNCED], len(news.cards) - _MOST_ANNOUNCED
    text = lines(
        texts.announcement(short(" · ".join(texts.names(news.because)))),
        *(line for card in shown for line in ("", *_announced(card, texts))),
        texts.more_announced(more) if more > 0 else None,
    )
    less = Press(texts.button_follow_less(), FollowShow(), below=True)
    if len(shown) == 1:
        (card,) = shown
        register = (registering(card, texts),) if card.open else ()
        return Screen(text, ((*register, _details(card, texts)), (less,)))
    everything = (_all(texts),) if more > 0 else ()
    each = ((Press(label(card), ShowCard(card.code), below=True),) for card in shown)
    return Screen(text, (*each, (*everything, less)))


def _announced(card: Card, texts: ChatTexts) -> tuple[Markup, ...]:
    cancelled = (texts.webinar_cancelled(),) if card.status is WebinarStatus.CANCELLED else ()
    return (
        *cancelled,
        Markup("<b>{title}</b>").format(title=card.title),
        Markup("📅 {when} · {hosts}").format(when=short_when(card, texts), hosts=short(texts.hosts(card.hosts))),
    )


def _details(place: Place, texts: ChatTexts) -> Press:
    return Press(texts.button_details(), ShowCard(place.code), below=True)


def _all(texts: ChatTexts) -> Press:
    return Press(texts.button_all(), ShowUpcoming(1), below=True)


def _reminder(reminder: Reminder, texts: ChatTexts, now: datetime, door: Door) -> Screen:
    place = reminder.card
    span = own_time(place.starts_at, texts.in_span(place.starts_at - now), "r")
    return Screen(
        lines(texts.starts_in(place.title, span), _when(place, texts)),
        (
            (Link(texts.button_join_now(), door(place.ticket, reminder.join_url)),),
            (_details(place, texts), Press(texts.button_cannot_come(), Leave(place.code))),
            (Press(texts.button_reminder_settings(), RemindersShow(), below=True),),
        ),
    )


def _seat_won(won: SeatWon, texts: ChatTexts, door: Door) -> Screen:
    place = won.card
    return Screen(
        lines(texts.seat_won(place.title), _when(place, texts)),
        (
            join(place, texts, door),
            (_details(place, texts), Press(texts.button_cannot_come(), Leave(place.code))),
        ),
    )


def _when(place: Place, texts: ChatTexts) -> Markup:
    return Markup("📅 {when}").format(when=short_when(place, texts))
