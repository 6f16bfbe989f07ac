"""Whether and when a webinar takes place: told to each from what they knew, once, whatever came in between.

A message says how things are when it leaves, changes included that others will hear of later. So what somebody knows is
what the last message told them, if they have not come since, and else what they saw when they came: that is written in
the delivery when it is planned. What came before what is known by numbers: clocks of several machines may differ.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from domain import fetches
from domain.cards import Place
from domain.fetches import Behind
from storage import Delivery, DeliveryKind, DeliveryState, Registration, Session, Webinar, WebinarStatus, deliveries

KINDS = frozenset({DeliveryKind.MOVED, DeliveryKind.CANCELLED, DeliveryKind.RESTORED})
"""Of those that wait for one person only one message is made."""

_TELLING = KINDS | {DeliveryKind.SEAT_WON}
_OLD_STATUS = {DeliveryKind.CANCELLED: WebinarStatus.PUBLISHED, DeliveryKind.RESTORED: WebinarStatus.CANCELLED}


@dataclass(frozen=True, slots=True)
class Moved:
    """`behind` are those of the person's calendar apps that still show another time."""

    card: Place
    old_start: datetime
    behind: Behind | None = None


@dataclass(frozen=True, slots=True)
class Cancelled:
    card: Place
    behind: Behind | None = None


@dataclass(frozen=True, slots=True)
class Restored:
    card: Place


@dataclass(frozen=True, slots=True)
class _Known:
    """Unix seconds and a status; nothing where the present is all they ever saw."""

    start: int | None
    status: str | None


@dataclass(frozen=True, slots=True)
class _Told:
    """How things were when a message left, after which change of the webinar."""

    known: _Known
    webinar_sequence: int


def gather(rows: Sequence[Delivery]) -> None:
    """Let the first, the oldest, say all that the person knew before these changes."""
    about: dict[str, object] = {}
    for row in reversed(rows):
        old_status = {"old_status": _OLD_STATUS[row.kind].value} if row.kind in _OLD_STATUS else {}
        about |= old_status | row.about
    rows[0].about = about


def holds(session: Session, delivery: Delivery, webinar: Webinar, registration: Registration) -> bool:
    """Of what is called off nobody needs to hear when it would be."""
    return _otherwise(session, delivery, webinar, registration) is not None


def compose(
    session: Session, delivery: Delivery, webinar: Webinar, registration: Registration, place: Place, now: datetime
) -> Moved | Cancelled | Restored:
    behind = fetches.behind(session, webinar, delivery.person_id, now=now)
    if webinar.status is WebinarStatus.CANCELLED:
        return Cancelled(place, behind)
    known = _otherwise(session, delivery, webinar, registration)
    if known is None or known.status == WebinarStatus.CANCELLED or known.start is None:
        return Restored(place)
    return Moved(place, datetime.fromtimestamp(known.start, UTC), behind)


def note(delivery: Delivery, webinar: Webinar, registration: Registration) -> None:
    """Write into the delivery what the person knows once it has been sent, after which change of theirs and of it."""
    told = [_seconds(webinar), webinar.status.value, registration.sequence, webinar.sequence]
    delivery.about = delivery.about | {"told": told}


def _otherwise(session: Session, delivery: Delivery, webinar: Webinar, registration: Registration) -> _Known | None:
    """What the person knows, or may know, that is not so any more."""
    beliefs = _beliefs(session, delivery, registration)
    return next((known for known in beliefs if _differs(known, webinar)), None)


def _differs(known: _Known, webinar: Webinar) -> bool:
    other_status = known.status not in (None, webinar.status.value)
    if webinar.status is WebinarStatus.CANCELLED:
        return other_status
    return other_status or known.start not in (None, _seconds(webinar))


def _beliefs(session: Session, delivery: Delivery, registration: Registration) -> Iterator[_Known]:
    """First what they surely know, then what may have arrived since: whoever sent it never learned of it."""
    sent = _told(deliveries.said(session, delivery, _TELLING, DeliveryState.SENT), registration)
    surely = max(sent, key=lambda told: told.webinar_sequence, default=None)
    yield surely.known if surely else _Known(delivery.about.get("old_start"), delivery.about.get("old_status"))
    doubtful = deliveries.said(session, delivery, _TELLING, DeliveryState.UNKNOWN)
    for told in (*_told(doubtful, registration), *_told([delivery], registration, "perhaps")):
        if surely is None or told.webinar_sequence > surely.webinar_sequence:
            yield told.known


def _told(rows: Iterable[Delivery], registration: Registration, noted: str = "told") -> Iterator[_Told]:
    """What these said, of those that came after the person's own last change."""
    for row in rows:
        start, status, sequence, webinar_sequence = row.about.get(noted, (None, None, None, 0))
        if sequence == registration.sequence:
            yield _Told(_Known(start, status), webinar_sequence)


def _seconds(webinar: Webinar) -> int:
    return int(webinar.starts_at.timestamp())
