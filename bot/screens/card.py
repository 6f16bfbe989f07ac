"""One webinar, as one message."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from markupsafe import Markup

from bot.callbacks import AddToCalendar, Leave, Register, ShowUpcoming
from bot.screen import Button, Link, Press, Screen, lines, own_time
from domain.cards import Card
from storage import RegistrationStatus, WebinarStatus
from texts.chat import ChatTexts

_DESCRIPTION_LENGTH = 700


def webinar_card(card: Card, texts: ChatTexts, *, leads: Sequence[timedelta], now: datetime) -> Screen:
    """The card with the person's own state first and buttons only for what is possible now."""
    banner = _banner(card, texts, leads, now)
    return Screen(lines(banner, *([""] if banner else []), body(card, texts)), _rows(card, texts))


def body(card: Card, texts: ChatTexts) -> Markup:
    facts = [texts.hosts(card.hosts), texts.in_language(card.language), texts.minutes(card.duration_minutes)]
    return lines(
        Markup("<b>{title}</b>").format(title=card.title),
        Markup(" · ").join(fact for fact in facts if fact),
        Markup("📅 {when}").format(when=when(card, texts)),
        _seats(card, texts),
        Markup("\n{text}").format(text=_cut(card.description)) if card.description else None,
        texts.topics(card.topics) if card.topics else None,
        *(texts.agenda_line(item.title, item.speaker, item.minutes) for item in card.agenda),
    )


def when(card: Card, texts: ChatTexts) -> Markup:
    return own_time(card.starts_at, texts.full(card.starts_at, card.timezone))


def short_when(card: Card, texts: ChatTexts) -> Markup:
    return own_time(card.starts_at, texts.short(card.starts_at, card.timezone))


def join(card: Card, texts: ChatTexts) -> tuple[Button, ...]:
    return (Link(texts.button_join_now(), card.join_url),) if card.join_url else ()


def _banner(card: Card, texts: ChatTexts, leads: Sequence[timedelta], now: datetime) -> Markup | None:
    if card.status is WebinarStatus.CANCELLED:
        return texts.webinar_cancelled()
    if card.ended:
        return texts.webinar_ended()
    if card.join_url:
        return texts.registered_join_now()
    if card.my_status is RegistrationStatus.REGISTERED:
        return texts.registered([lead for lead in leads if card.starts_at - lead > now])
    if not card.open:
        return texts.webinar_begun()
    return texts.in_line(card.my_position) if card.my_position else None


def _seats(card: Card, texts: ChatTexts) -> Markup | None:
    if card.capacity is None or card.seats_left is None or not card.open:
        return None
    seats = texts.seats(card.seats_left, card.capacity)
    waiting = f". {texts.waiting(card.waiting)}." if card.waiting else ""
    return Markup("🎟 {seats}{waiting}").format(seats=seats, waiting=waiting)


def _rows(card: Card, texts: ChatTexts) -> tuple[tuple[Button, ...], ...]:
    calendar: tuple[Button, ...] = ()
    if card.open:
        calendar = (Press(texts.button_add_to_calendar(), AddToCalendar(card.code)),)
    return (
        join(card, texts),
        (*_decisions(card, texts), *calendar),
        (Press(texts.button_all(), ShowUpcoming(1)),),
    )


def _decisions(card: Card, texts: ChatTexts) -> tuple[Button, ...]:
    if card.status is WebinarStatus.CANCELLED or card.ended:
        return ()
    if card.my_status is RegistrationStatus.REGISTERED:
        return (Press(texts.button_leave(), Leave(card.code)),)
    if card.my_status is RegistrationStatus.WAITLISTED:
        return (Press(texts.button_leave_waitlist(), Leave(card.code)),)
    if not card.open:
        return ()
    if card.seats_left == 0:
        return (Press(texts.button_join_waitlist(), Register(card.code)),)
    return (Press(texts.button_register(), Register(card.code)),)


def _cut(description: str) -> str:
    """Cut before it becomes markup, at a word: the whole text is on the web page."""
    if len(description) <= _DESCRIPTION_LENGTH:
        return description
    return description[:_DESCRIPTION_LENGTH].rsplit(maxsplit=1)[0] + " …"
