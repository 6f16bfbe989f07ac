"""Whether and when a webinar takes place: told to each from what they knew, once, whatever came in between.

A message says how things are when it leaves, changes included that others will hear of later. So what somebody knows is
what the last message told them, if they have not come since, and else what they saw when they came: that is written in
the delivery when it is planned.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from domain import fetches
from domain.cards import Place
from domain.fetches import Behind
from storage import Delivery, DeliveryKind, Registration, Session, Webinar, WebinarStatus, deliveries

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


def gather(rows: Sequence[Delivery]) -> None:
    """Let the first, the oldest, say all that the person knew before these changes."""
    about: dict[str, object] = {}
    for row in reversed(rows):
        old_status = {"old_status": _OLD_STATUS[row.kind].value} if row.kind in _OLD_STATUS else {}
        about |= old_status | row.about
    rows[0].about = about


def holds(session: Session, delivery: Delivery, webinar: Webinar, registration: Registration) -> bool:
    """Of what is called off nobody needs to hear when it would be."""
    known = _known(session, delivery, registration)
    other_status = known.status not in (None, webinar.status.value)
    if webinar.status is WebinarStatus.CANCELLED:
        return other_status
    return other_status or known.start not in (None, _seconds(webinar))


def compose(
    session: Session, delivery: Delivery, webinar: Webinar, registration: Registration, place: Place, now: datetime
) -> Moved | Cancelled | Restored:
    behind = fetches.behind(session, webinar, delivery.person_id, now=now)
    if webinar.status is WebinarStatus.CANCELLED:
        return Cancelled(place, behind)
    known = _known(session, delivery, registration)
    if known.status == WebinarStatus.CANCELLED or known.start is None:
        return Restored(place)
    return Moved(place, datetime.fromtimestamp(known.start, UTC), behind)


def note(delivery: Delivery, webinar: Webinar) -> None:
    """Write into the delivery what the person knows once it has been sent."""
    delivery.about = delivery.about | {"told": [_seconds(webinar), webinar.status.value]}


def _known(session: Session, delivery: Delivery, registration: Registration) -> _Known:
    last = deliveries.last_told(session, delivery, _TELLING, since=registration.changed_at)
    if last is not None and "told" in last.about:
        return _Known(*last.about["told"])
    return _Known(delivery.about.get("old_start"), delivery.about.get("old_status"))


def _seconds(webinar: Webinar) -> int:
    return int(webinar.starts_at.timestamp())
