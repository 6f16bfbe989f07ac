"""How a planned message becomes a sent one, whatever dies in between.

pending -> claimed -> sending -> sent. A row in `claimed` has not left; a row in `sending` may have, and since
Telegram has no idempotency key nobody can know: the kind of message decides whether it is risked twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import content, mailing, merging, missed, people, planning
from domain.content import Content
from domain.feedback import asked
from domain.outcomes import Doubtful, Elsewhere, Failure, Gone, NotSent, Outcome, Postponed, Rejected, Sent, Unreachable
from domain.usual import Usual, quiet_hours
from storage import Delivery, DeliveryKind, DeliveryState, Session, deliveries, notices, pace, parcels
from storage.parcels import Parcel, Taken

LEASE = timedelta(seconds=60)
"""Longer than any call to Telegram may take: a slow sender must not be taken for a dead one."""

_DOUBTFUL_ATTEMPTS = 3
_LATE_BATCHES = 100
_NOT_AT_NIGHT = frozenset(
    {DeliveryKind.ANNOUNCEMENT, DeliveryKind.STAY, DeliveryKind.CONTACT_ASKED, DeliveryKind.LESSON_ASKED}
)
_AT_MOST_ONCE = _NOT_AT_NIGHT | mailing.KINDS | asked.KINDS | missed.KINDS  # and an edit twice is an edit once
_LONGEST_PAUSE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Outgoing:
    delivery_id: int
    chat_id: int
    language: str
    content: Content


@dataclass(frozen=True, slots=True)
class Batch:
    """Messages of one worker, most urgent first. Each has a moment in the bulk lane, the first of them `first`."""

    taken: Sequence[Taken]
    first: datetime


def ready(session: Session, *, now: datetime) -> bool:
    """Whether there is something to send and Telegram has not asked us to wait."""
    return not pace.is_halted(session, now) and parcels.any_due(session, now)


def wait(session: Session, pause: timedelta, *, now: datetime) -> None:
    """Telegram asked for it, of something that is not in the outbox."""
    pace.halt(session, now + pause, now)


def must_wait(session: Session, *, now: datetime) -> bool:
    return pace.is_halted(session, now)


def take(session: Session, worker: str, *, limit: int, interval: timedelta, now: datetime) -> Batch | None:
    """Claim up to `limit` messages and as many moments. Nothing: there is nothing to send, or we were asked to wait."""
    if pace.is_halted(session, now):
        return None
    taken = _claim(session, worker, limit, now)
    return Batch(taken, reserve(session, len(taken), interval, now=now)) if taken else None


def reserve(session: Session, slots: int, interval: timedelta, *, now: datetime) -> datetime:
    """Take the next `slots` moments of the bulk lane, which all processes share. Returns the first."""
    return pace.reserve(session, slots, interval, now)


def claim(session: Session, worker: str, *, limit: int, now: datetime) -> list[int]:
    """Take up to `limit` due messages for this worker, most urgent first. What came too late is ended here."""
    return [each.delivery_id for each in _claim(session, worker, limit, now)]


def _claim(session: Session, worker: str, limit: int, now: datetime) -> list[Taken]:
    """Of very many that came too late the next claim ends the rest: no transaction is long."""
    for _ in range(_LATE_BATCHES):
        taken, late = parcels.claim(session, worker, limit, lease_until=now + LEASE, now=now, reason="too late")
        if taken or not late:
            return taken
    return []


def turn(
    session: Session,
    worker: str,
    returned: Mapping[int, Outcome],
    claimed: Sequence[int],
    usual: Usual,
    *,
    now: datetime,
) -> list[Outgoing | None]:
    """Write down how sendings ended and mark claimed messages as leaving, which may be called once this is committed.

    What each says now; nothing for one that is not ours, not true, not now, and for all while everybody must wait: then
    they are given back. What is of no hurry waits for the end of the person's quiet hours; announcements due together
    are one message.
    """
    parcels.lock_people(session, [*returned, *claimed])
    _settle_all(session, worker, returned, now)
    if claimed and pace.is_halted(session, now):  # another process may have been asked to wait
        parcels.give_back(session, worker)
        return [None for _ in claimed]
    found = {parcel.delivery.id: parcel for parcel in parcels.lock(session, claimed)} if claimed else {}
    leaving = [_begin(session, found.get(delivery_id), worker, usual, now) for delivery_id in claimed]
    parcels.write(session, [parcel.delivery for parcel in found.values()])
    return leaving


def begin(session: Session, delivery_id: int, worker: str, usual: Usual, *, now: datetime) -> Outgoing | None:
    """A turn in which only one message begins to leave."""
    return turn(session, worker, {}, [delivery_id], usual, now=now)[0]


def _begin(session: Session, parcel: Parcel | None, worker: str, usual: Usual, now: datetime) -> Outgoing | None:
    if parcel is None:
        return None
    row, person = parcel.delivery, parcel.person
    if row.state is not DeliveryState.CLAIMED or row.claimed_by != worker:
        return None
    if not person.reachable or person.telegram_id is None:
        _end(row, DeliveryState.UNREACHABLE, now)
        return None
    together = _together(session, parcel, usual, now)
    true = _true(session, together, usual, now)
    for other in (each for each in together if each not in true):
        _drop(session, other, now)
    if not true or _puts_off(true, usual, now):
        return None
    _leave([each.delivery for each in true], worker, now)
    said = content.compose(session, true, now=now)
    return Outgoing(true[0].delivery.id, person.telegram_id, person.language, said)


def _together(session: Session, parcel: Parcel, usual: Usual, now: datetime) -> list[Parcel]:
    """What leaves in one message: for an announcement, those that follow soon; in quiet hours none at all."""
    row = parcel.delivery
    if _puts_off([parcel], usual, now):
        return []
    if row.kind is DeliveryKind.ANNOUNCEMENT:
        return [parcel, *parcels.lock_others(session, parcel, now + planning.TOGETHER)]
    if row.kind in merging.KINDS:
        return parcels.lock_told_with(session, parcel, merging.KINDS)
    if row.kind is DeliveryKind.MATERIAL:
        return [parcel, *mailing.leave_with(session, parcel, now + planning.TOGETHER)]
    return [parcel]


def _true(session: Session, together: list[Parcel], usual: Usual, now: datetime) -> list[Parcel]:
    """Those worth sending. Of changes of one subject the oldest says what the person knew: all is told from there."""
    if not together or together[0].delivery.kind not in merging.KINDS:
        return [other for other in together if content.holds(session, other, usual, now=now)]
    true: list[Parcel] = []
    for group in merging.by_subject(merging.since_they_came(together)):
        merging.gather(group)
        true += group if content.holds(session, group[0], usual, now=now) else []
    return true


def _puts_off(together: Sequence[Parcel], usual: Usual, now: datetime) -> bool:
    """Whether they wait for the end of the person's quiet hours: if it is quiet, and nothing of it is of any hurry."""
    no_hurry = all(_can_wait(each, now) for each in together)
    over = quiet_hours(together[0].person, usual).over_at(now) if no_hurry else None
    if over is None:
        return False
    for each in together:
        each.delivery.due_at = over
        _give_back(each.delivery)
    return True


def _can_wait(parcel: Parcel, now: datetime) -> bool:
    return parcel.delivery.kind in _NOT_AT_NIGHT or content.can_wait(parcel, now)


def _drop(session: Session, parcel: Parcel, now: datetime) -> None:
    """End what is not true any more. As long as the change that made it so may be taken back, it waits."""
    row = parcel.delivery
    settles_at = None if row.webinar_id is None else notices.settles_at(session, row.webinar_id)
    if settles_at is None and not merging.waits_for_restoration(parcel):
        _end(row, DeliveryState.EXPIRED, now, "no longer true")
        return
    row.due_at = row.expires_at if settles_at is None else max(settles_at, now + pause(row.attempts))
    _give_back(row)


def _leave(rows: list[Delivery], worker: str, now: datetime) -> None:
    for row in rows:
        row.state = DeliveryState.SENDING
        row.claimed_by = worker
        row.attempts += 1
        row.lease_until = now + LEASE
        row.merged_into = None if row is rows[0] else rows[0].id


def settle(session: Session, delivery_id: int, worker: str, outcome: Outcome, *, now: datetime) -> None:
    """Write down how one sending ended, unless the row has been taken from this worker since."""
    parcels.lock_people(session, [delivery_id])
    _settle_all(session, worker, {delivery_id: outcome}, now)


def _settle_all(session: Session, worker: str, returned: Mapping[int, Outcome], now: datetime) -> None:
    """The people before their messages, as whoever forgets somebody does: they are locked."""
    sent = {key: outcome.message_id for key, outcome in returned.items() if isinstance(outcome, Sent)}
    if sent:
        parcels.mark_sent(session, worker, sent, now)
    for delivery_id, outcome in returned.items():
        if not isinstance(outcome, Sent):
            _settle(session, delivery_id, worker, outcome, now)


def _settle(session: Session, delivery_id: int, worker: str, outcome: Failure, now: datetime) -> None:
    row = deliveries.lock(session, delivery_id)
    if row is None or row.state is not DeliveryState.SENDING or row.claimed_by != worker:
        return
    rows = [row, *parcels.lock_merged(session, row.id)]
    for each in rows:
        _apply(each, outcome, now)
    deliveries.save(session, rows)
    if isinstance(outcome, Postponed):
        pace.halt(session, now + outcome.retry_after, now)
    if isinstance(outcome, Unreachable):
        people.lose(session, row.person_id, now=now)
    if isinstance(outcome, Elsewhere):
        people.follow_chat(session, row.person_id, outcome.chat_id, now=now)


def _apply(row: Delivery, outcome: Failure, now: datetime) -> None:
    match outcome:
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
        case Elsewhere():
            _retry(row, now, "the chat has another id")


def reap(session: Session, *, limit: int, now: datetime) -> int:
    """Take rows from workers that have died. Returns how many."""
    rows = parcels.lock_overdue_leases(session, limit, now, longest=2 * LEASE)
    for row in rows:
        if row.state is DeliveryState.CLAIMED:
            _give_back(row)
        else:
            _doubt(row, now, "the sender died")
    deliveries.save(session, rows)
    return len(rows)


def give_back(session: Session, worker: str) -> int:
    """Return what this worker claimed and has not begun: it is stopping, or must wait."""
    return parcels.give_back(session, worker)


def pause(attempts: int) -> timedelta:
    """How long to wait after the n-th failed attempt: 2, 4, 8 ... seconds, at most five minutes."""
    return min(timedelta(seconds=2 ** min(attempts, 9)), _LONGEST_PAUSE)


def _doubt(row: Delivery, now: datetime, reason: str) -> None:
    """What people count on is risked twice, but not without end; what is only of interest is not."""
    if "told" in row.about:  # until now it was only tried
        row.about = row.about | {"perhaps": row.about["told"]}
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
