"""Changes of a webinar that wait for the same person leave as one message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain import cards, change_news, takes_place
from domain.cards import Card
from domain.change_news import Changed
from domain.takes_place import Cancelled, Moved, Restored
from storage import Delivery, DeliveryKind, Registration, RegistrationStatus, Session, Webinar, WebinarStatus
from storage.parcels import Parcel

_SUBJECTS = (takes_place.KINDS, change_news.KINDS, frozenset({DeliveryKind.HOSTED}))
"""What a change may be about, the weightiest first."""

KINDS = frozenset(kind for kinds in _SUBJECTS for kind in kinds)


@dataclass(frozen=True, slots=True)
class Hosted:
    """Another partnership hosts it too. `old_hosts` are the names before."""

    card: Card
    old_hosts: tuple[str, ...]


Change = Moved | Cancelled | Restored | Changed | Hosted


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different about one webinar: one change of each subject, the weightiest first. Two or more."""

    parts: tuple[Change, ...]


def since_they_came(together: Sequence[Parcel]) -> list[Parcel]:
    """Those that tell of changes made since: whoever leaves and comes back sees what is true then."""
    return [each for each in together if each.registration is None or _is_since(each.delivery, each.registration)]


def _is_since(delivery: Delivery, registration: Registration) -> bool:
    seen = registration.seen_sequence
    return bool(delivery.about.get("since", seen + 1) > seen)


def waits_for_restoration(parcel: Parcel) -> bool:
    """Whether it is of no interest as long as the webinar is called off, and is told if that is taken back."""
    webinar, registration = parcel.webinar, parcel.registration
    return (
        parcel.delivery.kind in KINDS - takes_place.KINDS
        and webinar is not None
        and webinar.status is WebinarStatus.CANCELLED
        and registration is not None
        and registration.status is not RegistrationStatus.CANCELLED
        and bool(since_they_came([parcel]))
    )


def by_subject(together: Sequence[Parcel]) -> list[list[Parcel]]:
    """Those about the same of one webinar, in the order in which they are told."""
    groups = ([each for each in together if each.delivery.kind in kinds] for kinds in _SUBJECTS)
    return [group for group in groups if group]


def gather(group: Sequence[Parcel]) -> None:
    """Let the first, the oldest, say all that the person knew before these changes of one subject, as long as any.

    What they said when they were tried before is not told: what may have arrived is noted as that.
    """
    rows = [each.delivery for each in group]
    rows[0].expires_at = max(row.expires_at for row in rows)
    for row in rows:
        row.about = {name: value for name, value in row.about.items() if name != "told"}
    if rows[0].kind in takes_place.KINDS:
        takes_place.gather(rows)
    if rows[0].kind is DeliveryKind.CHANGED:
        change_news.gather(rows)


def compose(session: Session, together: Sequence[Parcel], webinar: Webinar, *, now: datetime) -> Change | Changes:
    said = [_said(session, group[0], webinar, now) for group in by_subject(together)]
    return Changes(tuple(said)) if len(said) > 1 else said[0]


def _said(session: Session, parcel: Parcel, webinar: Webinar, now: datetime) -> Change:
    delivery, registration = parcel.delivery, parcel.registration
    assert registration
    if delivery.kind in takes_place.KINDS:
        place = cards.place(webinar, registration, now=now)
        change = takes_place.compose(session, delivery, webinar, registration, place, now)
        takes_place.note(delivery, webinar, registration)
        return change
    card = cards.card(session, webinar, parcel.person.id, now=now)
    if delivery.kind is DeliveryKind.CHANGED:
        return change_news.compose(session, delivery, webinar, registration, card, now=now)
    return Hosted(card, tuple(delivery.about["old_hosts"]))
