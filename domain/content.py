"""What a delivery says: typed values read from the state at the moment of sending, never a text kept from before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain import alarms, cards, change_news, hosting_news, lessons, mailing, merging, missed, reminding, takes_place
from domain.alarms import Alert
from domain.cards import Card, Place
from domain.feedback import asked
from domain.feedback.asked import FeedbackAsked
from domain.hosting_news import HostAnswered, HostAsked
from domain.lessons import LessonAsked
from domain.library import news as library_news
from domain.library.news import ContactAsked
from domain.mailing import HandedOut, Written
from domain.meetings import news as meeting_news
from domain.meetings.news import MeetingCalled, PollAsked
from domain.merging import Change, Changes
from domain.missed import Missed
from domain.usual import Usual
from storage import (
    Delivery,
    DeliveryKind,
    Person,
    Registration,
    RegistrationStatus,
    Session,
    Webinar,
    WebinarStatus,
    circles,
    deliveries,
    follows,
    preferences,
    webinars,
)
from storage.parcels import Parcel


@dataclass(frozen=True, slots=True)
class Reminder:
    """`join_url` is where the webinar takes place."""

    card: Place
    join_url: str


@dataclass(frozen=True, slots=True)
class SeatWon:
    card: Place


@dataclass(frozen=True, slots=True)
class Announcement:
    """New webinars, soonest first, and the followed names that they match."""

    cards: tuple[Card, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edited:
    """An announcement that was sent as this message, as it reads now."""

    message_id: int
    announcement: Announcement


@dataclass(frozen=True, slots=True)
class StayAsked:
    """Somebody has not been here for long: unless they say so, they are forgotten at `erased_at`."""

    erased_at: datetime


Content = (
    Reminder
    | SeatWon
    | Change
    | Changes
    | Announcement
    | Edited
    | StayAsked
    | HostAsked
    | HostAnswered
    | Written
    | HandedOut
    | FeedbackAsked
    | Missed
    | Alert
    | ContactAsked
    | LessonAsked
    | MeetingCalled
    | PollAsked
)


class _Subject(Protocol):
    """A module that knows all about some kinds of which people with a place in a webinar are told."""

    KINDS: frozenset[DeliveryKind]

    def holds(self, session: Session, parcel: Parcel, *, now: datetime) -> bool: ...

    def can_wait(self, parcel: Parcel, now: datetime) -> bool: ...

    def compose(self, session: Session, together: Sequence[Parcel], *, now: datetime) -> Content: ...


_MODULES: tuple[_Subject, ...] = (mailing, asked, missed)
_SUBJECTS = {kind: module for module in _MODULES for kind in module.KINDS}
_DAY = timedelta(days=1)


def holds(session: Session, parcel: Parcel, usual: Usual, *, now: datetime) -> bool:
    """Whether the reason for the message is still there, and the person may still know of what it is about."""
    delivery, person = parcel.delivery, parcel.person
    if parcel.webinar is not None and not circles.may_know(session, parcel.webinar, person.id):
        return False
    if delivery.kind is DeliveryKind.STAY:
        return person.stay_asked_at is not None
    if delivery.kind in _HOLDS:
        return _HOLDS[delivery.kind](session, delivery, person, now=now)
    if subject := _SUBJECTS.get(delivery.kind):
        return subject.holds(session, parcel, now=now)
    return _webinar_s_holds(session, parcel, usual, now)


_HOLDS = {
    **dict.fromkeys(hosting_news.KINDS, hosting_news.holds),
    **dict.fromkeys(alarms.KINDS, alarms.holds),
    **dict.fromkeys(lessons.KINDS, lessons.holds),
    **dict.fromkeys(library_news.KINDS, library_news.holds),
    **dict.fromkeys(meeting_news.KINDS, meeting_news.holds),
}
"""By kind that is of no place in a webinar, who else knows whether its reason is still there."""


def can_wait(parcel: Parcel, now: datetime) -> bool:
    """Whether what is told of a webinar is of no hurry: what organisers write, and one more host, on other days."""
    if subject := _SUBJECTS.get(parcel.delivery.kind):
        return subject.can_wait(parcel, now)
    if parcel.delivery.kind in meeting_news.KINDS:
        return meeting_news.can_wait(parcel.webinar, now)
    if parcel.delivery.kind is not DeliveryKind.HOSTED or parcel.webinar is None:
        return False
    return now < parcel.webinar.starts_at - _DAY


def _webinar_s_holds(session: Session, parcel: Parcel, usual: Usual, now: datetime) -> bool:
    webinar, registration, delivery = parcel.webinar, parcel.registration, parcel.delivery
    if webinar is None or now >= delivery.expires_at:
        return False
    if registration is None or registration.status is RegistrationStatus.CANCELLED:
        return _onlooker_is_told(session, delivery, parcel.person, webinar, now)
    if delivery.kind in takes_place.KINDS:
        return takes_place.holds(session, delivery, webinar, registration)
    published = webinar.status is WebinarStatus.PUBLISHED
    return published and _participant_is_told(session, parcel, webinar, registration, usual, now)


def _onlooker_is_told(session: Session, delivery: Delivery, person: Person, webinar: Webinar, now: datetime) -> bool:
    """Of what is new and can still be joined, if they want to hear of it; and what they were told is put right."""
    match delivery.kind:
        case DeliveryKind.ANNOUNCEMENT:
            card = cards.card(session, webinar, None, now=now)
            return card.open and person.announcements and bool(_because(session, person, [card]))
        case DeliveryKind.ANNOUNCEMENT_EDIT:
            return bool(deliveries.announcement_of(session, person.id, webinar.id))
        case _:
            return False


def _participant_is_told(
    session: Session, parcel: Parcel, webinar: Webinar, registration: Registration, usual: Usual, now: datetime
) -> bool:
    match parcel.delivery.kind:
        case DeliveryKind.ANNOUNCEMENT | DeliveryKind.ANNOUNCEMENT_EDIT:
            return False
        case DeliveryKind.REMINDER:
            leads = preferences.leads_of(session, parcel.person)
            seated = registration.status is RegistrationStatus.REGISTERED
            return seated and reminding.holds(parcel.delivery, webinar, usual.leads if leads is None else leads, now)
        case DeliveryKind.HOSTED:
            return parcel.person.extras and _change_holds(session, parcel.delivery, webinar, registration, now)
        case _:
            return _change_holds(session, parcel.delivery, webinar, registration, now)


def _change_holds(
    session: Session, delivery: Delivery, webinar: Webinar, registration: Registration, now: datetime
) -> bool:
    match delivery.kind:
        case DeliveryKind.SEAT_WON:
            seated = registration.status is RegistrationStatus.REGISTERED
            still = delivery.about.get("since", registration.sequence) == registration.sequence
            return seated and still and delivery.about["promotion"] == registration.promotions
        case DeliveryKind.CHANGED:
            return change_news.holds(session, delivery, webinar, registration, now=now)
        case DeliveryKind.HOSTED:
            hosts = webinars.programme(session, [webinar.id]).hosts.get(webinar.id, ())
            return set(delivery.about["old_hosts"]) != {host.short_name for host in hosts}
        case _:
            return True


def compose(session: Session, together: Sequence[Parcel], *, now: datetime) -> Content:
    """The message as it reads now. Several deliveries make one where they announce, or tell what is different."""
    first, webinar = together[0].delivery, together[0].webinar
    if first.kind in _HOLDS:
        return _of_its_own(session, first, together[0].person, now)
    if webinar is None:
        return StayAsked(first.expires_at)
    if subject := _SUBJECTS.get(first.kind):
        return subject.compose(session, together, now=now)
    if first.kind is DeliveryKind.ANNOUNCEMENT:
        told = [parcel.webinar for parcel in together if parcel.webinar is not None]
        return _announcement(session, told, together[0].person, now)
    if first.kind in merging.KINDS:
        return merging.compose(session, together, webinar, now=now)
    return _about_webinar(session, together[0], webinar, now)


def _of_its_own(session: Session, delivery: Delivery, person: Person, now: datetime) -> Content:
    if delivery.kind in alarms.KINDS:
        return alarms.compose(session, now=now)
    if delivery.kind in library_news.KINDS:
        return library_news.compose(session, delivery)
    if delivery.kind in lessons.KINDS:
        return lessons.compose(session, delivery, now=now)
    if delivery.kind in meeting_news.KINDS:
        return meeting_news.compose(session, delivery, person, now=now)
    return hosting_news.compose(session, delivery, now=now)


def _about_webinar(session: Session, parcel: Parcel, webinar: Webinar, now: datetime) -> Content:
    delivery, registration = parcel.delivery, parcel.registration
    if delivery.kind is DeliveryKind.ANNOUNCEMENT_EDIT:
        return _edited(session, webinar, parcel.person, now)
    place = cards.place(webinar, registration, now=now)
    if delivery.kind is DeliveryKind.REMINDER:
        return Reminder(place, webinar.join_url)
    assert registration
    takes_place.note(delivery, webinar, registration)  # it says when it is, so nobody needs to hear of a move before
    return SeatWon(place)


def _edited(session: Session, webinar: Webinar, person: Person, now: datetime) -> Edited:
    sent = deliveries.announcement_of(session, person.id, webinar.id)
    told = [webinars.get(session, row.webinar_id) for row in sent if row.webinar_id is not None]
    return Edited(sent[0].message_id or 0, _announcement(session, told, person, now))


def _announcement(session: Session, told: Sequence[Webinar], person: Person, now: datetime) -> Announcement:
    shown = cards.cards(session, sorted(told, key=lambda webinar: (webinar.starts_at, webinar.id)), person.id, now=now)
    return Announcement(tuple(shown), _because(session, person, shown))


def _because(session: Session, person: Person, shown: Sequence[Card]) -> tuple[str, ...]:
    followed = follows.of_person(session, person.id)
    names: dict[str, None] = {}
    for card in shown:
        topics = zip(card.topic_ids, card.topics, strict=True)
        hosts = zip(card.host_ids, card.hosts, strict=True)
        names |= dict.fromkeys(name for topic, name in topics if topic in followed.topics)
        names |= dict.fromkeys(name for host, name in hosts if host in followed.partnerships)
    return tuple(names)
