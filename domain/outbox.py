"""How a planned message becomes a sent one, whatever dies in between.

pending -> claimed -> sending -> sent. A row in `claimed` has not left; a row in `sending` may have, and since
Telegram has no idempotency key nobody can know: the kind of message decides whether it is risked twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import content, mailing, people, planning
from domain.content import Content
from domain.usual import Usual, quiet_hours
from storage import Delivery, DeliveryKind, DeliveryState, Person, Session, deliveries, notices, pace
from storage import people as person_rows

LEASE = timedelta(seconds=60)
"""Longer than any call to Telegram may take: a slow sender must not be taken for a dead one."""

_DOUBTFUL_ATTEMPTS = 3
_NOT_AT_NIGHT = frozenset({DeliveryKind.ANNOUNCEMENT, DeliveryKind.STAY, DeliveryKind.CONTACT_ASKED})
_AT_MOST_ONCE = _NOT_AT_NIGHT | mailing.KINDS  # and an edit twice is an edit once
_LONGEST_PAUSE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Sent:
    message_id: int


@dataclass(frozen=True, slots=True)
class NotSent:
    """The call never left us: safe to try again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """The call may have arrived."""

    reason: str


@dataclass(frozen=True, slots=True)
class Postponed:
    """Telegram asks everybody to wait."""

    retry_after: timedelta


@dataclass(frozen=True, slots=True)
class Unreachable:
    reason: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """Telegram will never take this message."""

    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The message that was to be changed is not there any more."""

    reason: str


Outcome = Sent | NotSent | Doubtful | Postponed | Unreachable | Rejected | Gone


@dataclass(frozen=True, slots=True)
class Outgoing:
    delivery_id: int
    chat_id: int
    language: str
    content: Content


def ready(session: Session, *, now: datetime) -> bool:
    """Whether there is something to send and Telegram has not asked us to wait."""
    return not pace.is_halted(session, now) and deliveries.any_due(session, now)


def reserve(session: Session, slots: int, interval: timedelta, *, now: datetime) -> datetime:
    """Take the next `slots` moments of the bulk lane, which all processes share. Returns the first."""
    return pace.reserve(session, slots, interval, now)


def claim(session: Session, worker: str, *, limit: int, now: datetime) -> list[int]:
    """Take up to `limit` due messages for this worker, most urgent first. What came too late is ended here."""
    claimed: list[int] = []
    while not claimed and (rows := deliveries.lock_due(session, limit, now)):
        for row in rows:
            if row.expires_at <= now:
                _end(row, DeliveryState.EXPIRED, now, "too late")
            else:
                _take(row, worker, now)
                claimed.append(row.id)
        deliveries.save(session, rows)
    return claimed


def begin(session: Session, delivery_id: int, worker: str, usual: Usual, *, now: datetime) -> Outgoing | None:
    """Mark one claimed message as leaving and say what it reads now. Nothing: it is not ours, not true, not now.

    What is of no hurry waits for the end of the person's quiet hours; announcements due together are one message.
    """
    person = person_rows.lock_recipient(session, delivery_id)
    row = deliveries.lock(session, delivery_id)
    if person is None or row is None or row.state is not DeliveryState.CLAIMED or row.claimed_by != worker:
        return None
    if not person.reachable or person.telegram_id is None:
        _end(row, DeliveryState.UNREACHABLE, now)
        deliveries.save(session, [row])
        return None
    together = _together(session, row, person, usual, now)
    true = _true(session, together, person, usual, now)
    for other in together:
        if other not in true:
            _drop(session, other, now)
    _leave(true, worker, now)
    deliveries.save(session, together)
    if not true:
        return None
    return Outgoing(true[0].id, person.telegram_id, person.language, content.compose(session, true, person, now=now))


def _together(session: Session, row: Delivery, person: Person, usual: Usual, now: datetime) -> list[Delivery]:
    """What leaves in one message: for an announcement, those that follow soon; in quiet hours none at all."""
    over = quiet_hours(person, usual).over_at(now) if _can_wait(session, row, now) else None
    if over is not None:
        row.due_at = over
        _give_back(row)
        deliveries.save(session, [row])
        return []
    if row.kind is DeliveryKind.ANNOUNCEMENT:
        return [row, *deliveries.lock_others(session, row, now + planning.TOGETHER)]
    if family := content.family(row.kind):
        return deliveries.lock_told_with(session, row, family)
    if row.kind is DeliveryKind.MATERIAL:
        return [row, *mailing.leave_with(session, row, now + planning.TOGETHER)]
    return [row]


def _true(session: Session, together: list[Delivery], person: Person, usual: Usual, now: datetime) -> list[Delivery]:
    """Those worth sending. Of changes of one kind the oldest says what the person knew, and what is told from there."""
    if together and content.family(together[0].kind):
        content.gather(together)
        return together if content.holds(session, together[0], person, usual, now=now) else []
    return [other for other in together if content.holds(session, other, person, usual, now=now)]


def _can_wait(session: Session, row: Delivery, now: datetime) -> bool:
    return row.kind in _NOT_AT_NIGHT or content.can_wait(session, row, now)


def _drop(session: Session, row: Delivery, now: datetime) -> None:
    """End what is not true any more. As long as the change that made it so may be taken back, it waits."""
    settles_at = None if row.webinar_id is None else notices.settles_at(session, row.webinar_id)
    if settles_at is None:
        _end(row, DeliveryState.EXPIRED, now, "no longer true")
    else:
        row.due_at = max(settles_at, now + pause(row.attempts))
        _give_back(row)


def _leave(rows: list[Delivery], worker: str, now: datetime) -> None:
    for row in rows:
        row.state = DeliveryState.SENDING
        row.claimed_by = worker
        row.attempts += 1
        row.lease_until = now + LEASE
        row.merged_into = None if row is rows[0] else rows[0].id


def settle(session: Session, delivery_id: int, worker: str, outcome: Outcome, *, now: datetime) -> None:
    """Write down how a sending ended, unless the row has been taken from this worker since."""
    if isinstance(outcome, Unreachable):  # the person before the message, as whoever forgets them does
        person_rows.lock_recipient(session, delivery_id)
    row = deliveries.lock(session, delivery_id)
    if row is None or row.state is not DeliveryState.SENDING or row.claimed_by != worker:
        return
    rows = [row, *deliveries.merged_into(session, row.id)]
    for each in rows:
        _apply(each, outcome, now)
    deliveries.save(session, rows)
    if isinstance(outcome, Postponed):
        pace.halt(session, now + outcome.retry_after, now)
    if isinstance(outcome, Unreachable):
        people.lose(session, row.person_id, now=now)


def _apply(row: Delivery, outcome: Outcome, now: datetime) -> None:
    match outcome:
        case Sent(message_id):
            row.message_id = message_id
            _end(row, DeliveryState.SENT, now)
        case NotSent(reason):
            _retry(row, now, reason)
        case Doubtful(reason):
            _doubt(row, now, reason)
        case Postponed():
            row.attempts -= 1
            _give_back(row)
        case Unreachable(reason):
            _end(row, DeliveryState.UNREACHABLE, now, reason)
        case Rejected(reason):
            _end(row, DeliveryState.FAILED, now, reason)
        case Gone(reason):
            _end(row, DeliveryState.EXPIRED, now, reason)


def reap(session: Session, *, limit: int, now: datetime) -> int:
    """Take rows from workers that have died. Returns how many."""
    rows = deliveries.lock_overdue_leases(session, limit, now)
    for row in rows:
        if row.state is DeliveryState.CLAIMED:
            _give_back(row)
        else:
            _doubt(row, now, "the sender died")
    deliveries.save(session, rows)
    return len(rows)


def give_back(session: Session, worker: str) -> int:
    """Return what this worker claimed and has not begun: it is stopping, or must wait."""
    return deliveries.give_back(session, worker)


def pause(attempts: int) -> timedelta:
    """How long to wait after the n-th failed attempt: 2, 4, 8 ... seconds, at most five minutes."""
    return min(timedelta(seconds=2 ** min(attempts, 9)), _LONGEST_PAUSE)


def _take(row: Delivery, worker: str, now: datetime) -> None:
    row.state = DeliveryState.CLAIMED
    row.claimed_by = worker
    row.lease_until = now + LEASE


def _doubt(row: Delivery, now: datetime, reason: str) -> None:
    """What people count on is risked twice, but not without end; what is only of interest is not."""
    if row.kind in _AT_MOST_ONCE or row.attempts >= _DOUBTFUL_ATTEMPTS:
        _end(row, DeliveryState.UNKNOWN, now, reason)
    else:
        _retry(row, now, reason)


def _retry(row: Delivery, now: datetime, reason: str) -> None:
    row.due_at = now + pause(row.attempts)
    row.error = reason
    _give_back(row)


def _give_back(row: Delivery) -> None:
    row.state = DeliveryState.PENDING
    row.claimed_by = None
    row.lease_until = None
    row.merged_into = None


def _end(row: Delivery, state: DeliveryState, now: datetime, reason: str | None = None) -> None:
    row.state = state
    row.settled_at = now
    row.lease_until = None
    row.error = reason
