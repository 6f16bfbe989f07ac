"""What organisers send themselves, letters and materials, as it is read at the moment of sending."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import cards
from domain.cards import Card, Enclosing
from domain.withholding import withhold
from storage import (
    Delivery,
    DeliveryKind,
    Letter,
    MaterialKind,
    Readers,
    RegistrationStatus,
    Session,
    Webinar,
    WebinarStatus,
    letters,
    materials,
    parcels,
)
from storage.parcels import Parcel

KINDS = frozenset({DeliveryKind.LETTER, DeliveryKind.MATERIAL})
STATUSES = {
    Readers.REGISTERED: (RegistrationStatus.REGISTERED,),
    Readers.WAITLISTED: (RegistrationStatus.WAITLISTED,),
    Readers.BOTH: (RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED),
}

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Written:
    """What the hosts of a webinar write. It is theirs: who of them typed it is not said."""

    card: Card
    text: str


@dataclass(frozen=True, slots=True)
class HandedOut(Enclosing):
    """What was not there before."""


def holds(session: Session, parcel: Parcel, *, now: datetime) -> bool:
    """Whether they are still among those it is for."""
    delivery, person, registration = parcel.delivery, parcel.person, parcel.registration
    if registration is None or now >= delivery.expires_at:
        return False
    webinar = _webinar(parcel)
    if delivery.kind is DeliveryKind.LETTER:
        wanted = person.extras or not is_extra(webinar, now)
        return wanted and registration.status in STATUSES[_letter(session, delivery).readers]
    return (
        person.extras
        and registration.status is RegistrationStatus.REGISTERED
        and webinar.status is WebinarStatus.PUBLISHED
        and webinar.starts_at <= now
        and materials.find(session, webinar.id, _kind(delivery)) is not None
    )


def compose(session: Session, together: Sequence[Parcel], *, now: datetime) -> Written | HandedOut:
    first, webinar = together[0], _webinar(together[0])
    card = cards.card(session, webinar, first.person.id, now=now)
    if first.delivery.kind is DeliveryKind.LETTER:
        return Written(card, readable(_letter(session, first.delivery), webinar, card.my_status))
    kinds = {_kind(parcel.delivery) for parcel in together}
    return HandedOut(card, tuple(handout for handout in card.materials if handout.kind in kinds))


def leave_with(session: Session, parcel: Parcel, until: datetime) -> list[Parcel]:
    """What is handed out of the same webinar soon after it, so that it can leave in the same message."""
    others = parcels.lock_others(session, parcel, until)
    return [other for other in others if other.delivery.webinar_id == parcel.delivery.webinar_id]


def can_wait(parcel: Parcel, now: datetime) -> bool:
    """Whether it is of no hurry. From a day before the webinar until its end, what organisers write is."""
    webinar = _webinar(parcel)
    return parcel.delivery.kind is not DeliveryKind.LETTER or not webinar.starts_at - _DAY <= now < webinar.ends_at


def is_extra(webinar: Webinar, now: datetime) -> bool:
    """Whether a letter is nothing that anybody needs: what is written before the end may be about how to come."""
    return now >= webinar.ends_at


def readable(letter: Letter, webinar: Webinar, status: RegistrationStatus | None) -> str:
    """The text for somebody with this status: the way in is for those who have a seat."""
    seated = status is RegistrationStatus.REGISTERED
    return letter.text if seated else withhold(letter.text, webinar.join_url)


def _webinar(parcel: Parcel) -> Webinar:
    assert parcel.webinar is not None
    return parcel.webinar


def _letter(session: Session, delivery: Delivery) -> Letter:
    return letters.get(session, delivery.about["letter"])


def _kind(delivery: Delivery) -> MaterialKind:
    return MaterialKind(delivery.about["material"])
