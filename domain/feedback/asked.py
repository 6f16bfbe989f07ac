"""The question how it was: asked once of everybody who was there, half an hour after the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import cards, planning
from domain.attendance import presence
from domain.cards import Place
from domain.feedback import answering
from storage import (
    DeliveryKind,
    RegistrationStatus,
    Session,
    Webinar,
    attendance,
    audiences,
    deliveries,
    feedback,
    webinars,
)
from storage.parcels import Parcel

KINDS = frozenset({DeliveryKind.FEEDBACK_ASKED})

AFTER = timedelta(minutes=30)
_WORTH_ASKING = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class FeedbackAsked:
    """`known`: they were seen to come."""

    card: Place
    known: bool


def plan(session: Session, *, now: datetime) -> int:
    """Ask those who were there of webinars that have just ended. Returns how many are new."""
    ended = webinars.ended(session, after=now - _WORTH_ASKING, until=now - AFTER)
    return sum(deliveries.plan_for(session, _plan(webinar), _audience(session, webinar), now) for webinar in ended)


def holds(session: Session, parcel: Parcel, *, now: datetime) -> bool:
    """Whether they can still say something, and have not yet."""
    webinar = _webinar(parcel)
    return (
        parcel.person.extras
        and now < parcel.delivery.expires_at
        and answering.is_open(session, webinar, parcel.person.id, now=now)
        and feedback.find(session, webinar.id, parcel.person.id) is None
    )


def can_wait(parcel: Parcel, now: datetime) -> bool:
    return True


def compose(session: Session, together: Sequence[Parcel], *, now: datetime) -> FeedbackAsked:
    webinar = _webinar(together[0])
    place = cards.place(webinar, together[0].registration, now=now)
    return FeedbackAsked(place, presence.is_known(session, webinar))


def _webinar(parcel: Parcel) -> Webinar:
    assert parcel.webinar is not None
    return parcel.webinar


def _audience(session: Session, webinar: Webinar) -> audiences.Audience:
    """Who said afterwards that they came was asked then."""
    if attendance.is_measured(session, webinar.id):
        return audiences.seen_there(webinar.id)
    return audiences.readers(webinar.id, (RegistrationStatus.REGISTERED,), extra=True)


def _plan(webinar: Webinar) -> deliveries.Plan:
    due_at = webinar.ends_at + AFTER
    return deliveries.Plan(
        kind=DeliveryKind.FEEDBACK_ASKED,
        webinar_id=webinar.id,
        about={},
        key=f"feedback:{webinar.id}",
        due_at=due_at,
        expires_at=due_at + _WORTH_ASKING,
        priority=planning.Priority.ANNOUNCEMENT,
    )
