"""One webinar, as one message."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from markupsafe import Markup

from bot.callbacks import AddToCalendar, Leave, MeetingsShow, Register, ShowUpcoming
from bot.doors import Door, plain
from bot.screen import Button, Link, Press, Screen, Share, cut, lines, own_time
from bot.screens import materials
from domain.cards import JOINABLE_BEFORE, Card, Place
from storage import RegistrationStatus, WebinarStatus
from texts.chat import ChatTexts

# Telegram takes 4096 characters and counts an emoji as two; whatever is cut here stands on the web page.
_DESCRIPTION_LENGTH = 700
_AGENDA_LENGTH = 500
_AGENDA_MARKS = 20
_NAMES_LENGTH = 200
_LABEL_LENGTH = 40


def webinar_card(
    card: Card, texts: ChatTexts, *, leads: Sequence[timedelta], now: datetime, door: Door = plain
) -> Screen:
    """The card with the person's own state first and buttons only for what is possible now."""
    banner = _banner(card, texts, leads, now)
    return Screen(lines(banner, *([""] if banner else []), body(card, texts)), _rows(card, texts, door))


def body(card: Card, texts: ChatTexts) -> Markup:
    facts = [short(texts.hosts(card.hosts)), texts.in_language(card.language), texts.minutes(card.duration_minutes)]
    return lines(
        Markup("<b>{title}</b>").format(title=card.title),
        texts.meeting_mark() if card.meeting else None,
        Markup(" · ").join(fact for fact in facts if fact),
        Markup("📅 {when}").format(when=when(card, texts)),
        _seats(card, texts),
        Markup("\n{text}").format(text=cut(card.description, _DESCRIPTION_LENGTH)) if card.description else None,
        *_agenda(card, texts),
        texts.topics(short(" · ".join(texts.names(card.topics)))) if card.topics else None,
    )


def short(names: str) -> str:
    """Hosts or topics, in a line that stays short however many there are."""
    return cut(names, _NAMES_LENGTH)


def when(place: Place, texts: ChatTexts) -> Markup:
    return own_time(place.starts_at, texts.full(place.starts_at, place.timezone))


def short_when(place: Place, texts: ChatTexts) -> Markup:
    return own_time(place.starts_at, texts.short(place.starts_at, place.timezone))


def old_and_new(place: Place, old_start: datetime, texts: ChatTexts) -> Markup:
    """Both on the reader's clock: an hour of the hosts' beside one of their own would mislead."""
    return texts.old_to_new(own_time(old_start, texts.short(old_start, place.timezone)), short_when(place, texts))


def label(card: Card) -> str:
    """The title, as long as a button on a phone can show it."""
    return card.title if len(card.title) <= _LABEL_LENGTH else card.title[: _LABEL_LENGTH - 1].rstrip() + "…"


def join(place: Place, texts: ChatTexts, door: Door) -> tuple[Button, ...]:
    return (Link(texts.button_join_now(), door(place.ticket, place.join_url)),) if place.join_url else ()


def registering(card: Card, texts: ChatTexts) -> Press:
    """The button says what pressing it would lead to now."""
    if card.seats_left == 0:
        return Press(texts.button_join_waitlist(), Register(card.code))
    return Press(texts.button_i_come() if card.meeting else texts.button_register(), Register(card.code))


def cancelled(card: Card, texts: ChatTexts) -> Markup | None:
    """That it is, if it is."""
    if card.status is not WebinarStatus.CANCELLED:
        return None
    return texts.this_meeting_cancelled() if card.meeting else texts.webinar_cancelled()


def banner_for_all(card: Card, texts: ChatTexts) -> Markup | None:
    """Why nobody can register any more, if so."""
    if called_off := cancelled(card, texts):
        return lines(called_off, texts.reason(card.cancel_reason) if card.cancel_reason else None)
    if card.ended:
        return texts.meeting_ended() if card.meeting else texts.webinar_ended()
    if card.open:
        return None
    return texts.meeting_begun() if card.meeting else texts.webinar_begun()


def _banner(card: Card, texts: ChatTexts, leads: Sequence[timedelta], now: datetime) -> Markup | None:
    seated = card.my_status is RegistrationStatus.REGISTERED and card.status is WebinarStatus.PUBLISHED
    if card.join_url:
        return texts.registered_join_now()
    if seated and not card.ended:
        mine = leads if card.my_leads is None else card.my_leads
        done = texts.you_come() if card.meeting else None
        return texts.registered([lead for lead in mine if card.starts_at - lead > now], JOINABLE_BEFORE, done)
    if card.open and card.my_position:
        return texts.in_line(card.my_position)
    return banner_for_all(card, texts)


def _agenda(card: Card, texts: ChatTexts) -> Iterator[Markup]:
    room = _AGENDA_LENGTH
    for item in card.agenda:
        room -= len(item.title) + len(item.speaker) + _AGENDA_MARKS
        if room < 0:
            yield Markup("…")
            return
        yield texts.agenda_line(item.title, item.speaker, item.minutes)


def _seats(card: Card, texts: ChatTexts) -> Markup | None:
    if card.capacity is None or card.seats_left is None or not card.open:
        return None
    seats = texts.seats(card.seats_left, card.capacity)
    waiting = f". {texts.waiting(card.waiting)}." if card.waiting else ""
    return Markup("🎟 {seats}{waiting}").format(seats=seats, waiting=waiting)


def _rows(card: Card, texts: ChatTexts, door: Door) -> tuple[tuple[Button, ...], ...]:
    everything: Button = Press(texts.button_all(), ShowUpcoming(1))
    if card.meeting:
        everything = Press(texts.button_meetings(), MeetingsShow(1))
    if not card.open:
        handouts = materials.buttons(card, card.materials, texts)
        return (join(card, texts, door), handouts, _decisions(card, texts), (everything,))
    calendar = Press(texts.button_add_to_calendar(), AddToCalendar(card.code))
    return (
        join(card, texts, door),
        (*_decisions(card, texts), calendar),
        (everything,) if card.meeting else (Share(texts.button_share(), card.code), everything),
    )


def leaving(card: Place, texts: ChatTexts) -> Press:
    """For somebody with a seat."""
    return Press(texts.button_cannot_come() if card.meeting else texts.button_leave(), Leave(card.code))


def _decisions(card: Card, texts: ChatTexts) -> tuple[Button, ...]:
    if card.status is WebinarStatus.CANCELLED or card.ended:
        return ()
    if card.my_status is RegistrationStatus.REGISTERED:
        return (leaving(card, texts),)
    if card.my_status is RegistrationStatus.WAITLISTED:
        return (Press(texts.button_leave_waitlist(), Leave(card.code)),)
    return (registering(card, texts),) if card.open else ()
