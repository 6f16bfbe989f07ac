"""How the work goes, for administrators: what waits, what is late, what went wrong, and what to do about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import access, audit
from domain.audit import Action
from storage import Delivery, DeliveryKind, DeliveryState, Session, deliveries, pace, parcels, troubles

_LATELY = timedelta(minutes=1)
_SHOWN, _AT_ONCE = 5, 1_000


@dataclass(frozen=True, slots=True)
class Figures:
    """`sent_lately` is of the last minute. `halted_until`: Telegram asks everybody to wait."""

    waiting: Mapping[tuple[DeliveryKind, DeliveryState], int]
    oldest_due: datetime | None
    sent_lately: int
    halted_until: datetime | None
    troubled: Mapping[DeliveryState, int]

    def lag(self, now: datetime) -> timedelta:
        """For how long the oldest message that is due has been due."""
        return timedelta() if self.oldest_due is None else max(now - self.oldest_due, timedelta())


@dataclass(frozen=True, slots=True)
class Trouble:
    """A message that failed or may have arrived. `webinar` is a title."""

    delivery_id: int
    kind: DeliveryKind
    state: DeliveryState
    webinar: str | None
    reason: str
    attempts: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Status:
    figures: Figures
    troubles: Sequence[Trouble]
    read_at: datetime


def figures(session: Session, *, now: datetime) -> Figures:
    return Figures(
        waiting=troubles.waiting(session),
        oldest_due=troubles.oldest_due(session, now),
        sent_lately=troubles.sent_since(session, now - _LATELY),
        halted_until=pace.halted_until(session, now),
        troubled=troubles.count(session),
    )


def status(session: Session, person_id: int, *, now: datetime) -> Status:
    access.require_admin(session, person_id)
    found = [_trouble(delivery, title) for delivery, title in troubles.newest(session, _SHOWN)]
    return Status(figures(session, now=now), found, now)


def send_again(session: Session, person_id: int, delivery_id: int, *, now: datetime) -> None:
    """Put a failed or doubtful message back, if it is still in that state. What is not true any more is not sent."""
    rows = _troubled(session, person_id, delivery_id)
    for row in rows:
        row.state, row.due_at, row.settled_at, row.attempts = DeliveryState.PENDING, now, None, 0
        row.claimed_by = row.merged_into = row.error = None
    if rows:
        deliveries.save(session, rows)
        audit.record(session, person_id, Action.SENT_AGAIN, about=rows[0].person_id, now=now)


def dismiss(session: Session, person_id: int, delivery_id: int, *, now: datetime) -> None:
    """Leave it as it is, and show it no more."""
    rows = _troubled(session, person_id, delivery_id)
    for row in rows:
        row.dismissed_at = now
    if rows:
        deliveries.save(session, rows)
        audit.record(session, person_id, Action.DISMISSED, about=rows[0].person_id, now=now)


def dismiss_all(session: Session, person_id: int, number: int, *, now: datetime) -> None:
    """As `dismiss`, if there are still so many; of very many the newest thousand. The log has one line for all."""
    access.require_admin(session, person_id)
    if sum(troubles.count(session).values()) == number:
        found = troubles.lock_newest(session, _AT_ONCE)
        for row in found:
            row.dismissed_at = now
        deliveries.save(session, found)
        audit.record(session, person_id, Action.ALL_DISMISSED, after={"messages": len(found)}, now=now)


def _trouble(row: Delivery, title: str | None) -> Trouble:
    assert row.settled_at
    return Trouble(row.id, row.kind, row.state, title, row.error or "", row.attempts, row.settled_at)


def _troubled(session: Session, person_id: int, delivery_id: int) -> list[Delivery]:
    """The row and those that left in the same message; none if it is in no trouble any more."""
    access.require_admin(session, person_id)
    row = deliveries.lock(session, delivery_id)
    if row is None or row.state not in (DeliveryState.FAILED, DeliveryState.UNKNOWN) or row.dismissed_at is not None:
        return []
    return [row, *parcels.lock_merged(session, row.id)]
