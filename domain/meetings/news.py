"""What organisers are told of meetings: whether it still holds, whether it can wait, what it says."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import cards
from domain.cards import Card
from storage import Delivery, DeliveryKind, Person, Session, Webinar, registrations, webinars

KINDS = frozenset({DeliveryKind.MEETING_CALLED})

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MeetingCalled:
    """There is a meeting, to which the reader may come. `card` is as they see it."""

    card: Card


def holds(session: Session, delivery: Delivery, person: Person, *, now: datetime) -> bool:
    """Whether one can still say that one comes, and has not said anything yet."""
    webinar = _webinar(session, delivery)
    answered = registrations.find(session, webinar.id, person.id) is not None
    return cards.card(session, webinar, person.id, now=now).open and not answered


def can_wait(webinar: Webinar | None, now: datetime) -> bool:
    """Whether it is of no hurry: on other days."""
    return webinar is not None and now < webinar.starts_at - _DAY


def compose(session: Session, delivery: Delivery, person: Person, *, now: datetime) -> MeetingCalled:
    return MeetingCalled(cards.card(session, _webinar(session, delivery), person.id, now=now))


def _webinar(session: Session, delivery: Delivery) -> Webinar:
    assert delivery.webinar_id is not None
    return webinars.get(session, delivery.webinar_id)
