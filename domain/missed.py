"""To those who had a seat and did not come: that they were missed, and the recording."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain import cards
from domain.attendance import presence
from domain.cards import Enclosing
from storage import DeliveryKind, MaterialKind, Session, Webinar, WebinarStatus, materials
from storage.parcels import Parcel

KINDS = frozenset({DeliveryKind.MISSED})


@dataclass(frozen=True, slots=True)
class Missed(Enclosing):
    """All there is: the recording, and the slides if they are there."""


def holds(session: Session, parcel: Parcel, *, now: datetime) -> bool:
    """Whether we still think so, and have something for them."""
    webinar = _webinar(parcel)
    return (
        parcel.person.extras
        and now < parcel.delivery.expires_at
        and webinar.status is WebinarStatus.PUBLISHED
        and webinar.ends_at <= now
        and presence.was_missed(session, webinar, parcel.person.id)
        and materials.find(session, webinar.id, MaterialKind.RECORDING) is not None
    )


def can_wait(parcel: Parcel, now: datetime) -> bool:
    return True


def compose(session: Session, together: Sequence[Parcel], *, now: datetime) -> Missed:
    card = cards.card(session, _webinar(together[0]), together[0].person.id, now=now)
    return Missed(card, card.materials)


def _webinar(parcel: Parcel) -> Webinar:
    assert parcel.webinar is not None
    return parcel.webinar
