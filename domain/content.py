"""What a delivery says: typed values read from the state at the moment of sending, never a text kept from before."""

from dataclasses import dataclass
from datetime import UTC, datetime

from domain import cards
from domain.cards import Card
from storage import (
    Delivery,
    DeliveryKind,
    Registration,
    RegistrationStatus,
    Session,
    Webinar,
    WebinarStatus,
    registrations,
    webinars,
)


@dataclass(frozen=True, slots=True)
class Reminder:
    """`join_url` is where the webinar takes place."""

    card: Card
    join_url: str


@dataclass(frozen=True, slots=True)
class SeatWon:
    card: Card


@dataclass(frozen=True, slots=True)
class Moved:
    card: Card
    old_start: datetime


@dataclass(frozen=True, slots=True)
class Cancelled:
    card: Card


@dataclass(frozen=True, slots=True)
class Restored:
    card: Card


Content = Reminder | SeatWon | Moved | Cancelled | Restored


def current(session: Session, delivery: Delivery, *, now: datetime) -> Content | None:
    """The message as it is true now, or nothing if it has become pointless."""
    if delivery.webinar_id is None:
        return None
    webinar = webinars.by_id(session, delivery.webinar_id)
    registration = registrations.find(session, delivery.webinar_id, delivery.person_id)
    if webinar is None or registration is None or registration.status is RegistrationStatus.CANCELLED:
        return None
    if not _still_true(delivery, webinar, registration, now):
        return None
    return _content(delivery, webinar, cards.card(session, webinar, delivery.person_id, now=now))


def _content(delivery: Delivery, webinar: Webinar, card: Card) -> Content:
    match delivery.kind:
        case DeliveryKind.REMINDER:
            return Reminder(card, webinar.join_url)
        case DeliveryKind.SEAT_WON:
            return SeatWon(card)
        case DeliveryKind.MOVED:
            return Moved(card, _old_start(delivery))
        case DeliveryKind.CANCELLED:
            return Cancelled(card)
        case DeliveryKind.RESTORED:
            return Restored(card)


def _still_true(delivery: Delivery, webinar: Webinar, registration: Registration, now: datetime) -> bool:
    """Whether the reason for the message still holds, for a person who is registered or waiting."""
    if delivery.kind is DeliveryKind.CANCELLED:
        return webinar.status is WebinarStatus.CANCELLED
    if webinar.status is not WebinarStatus.PUBLISHED:
        return False
    match delivery.kind:
        case DeliveryKind.REMINDER:
            return (
                registration.status is RegistrationStatus.REGISTERED
                and delivery.about["starts_at"] == int(webinar.starts_at.timestamp())
                and now < webinar.starts_at
            )
        case DeliveryKind.SEAT_WON:
            return (
                registration.status is RegistrationStatus.REGISTERED
                and delivery.about["promotion"] == registration.promotions
                and now < webinar.ends_at
            )
        case DeliveryKind.MOVED:
            return _old_start(delivery) != webinar.starts_at
        case _:
            return True


def _old_start(delivery: Delivery) -> datetime:
    return datetime.fromtimestamp(delivery.about["old_start"], UTC)
