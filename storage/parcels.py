"""The way of a message through the outbox: taken, read with all that decides about it, marked."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import (
    BindParameter,
    Case,
    ColumnElement,
    Integer,
    String,
    bindparam,
    case,
    inspect,
    literal,
    null,
    update,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql.dml import ReturningUpdate
from sqlmodel import Session, and_, col, or_, select

from storage.statements import is_sqlite
from storage.tables import Delivery, DeliveryKind, DeliveryState, Person, Registration, Webinar

_ORDER = ("priority", "due_at", "id")
_WAITING = (DeliveryState.PENDING, DeliveryState.CLAIMED)


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that a worker holds, and whom it is for."""

    delivery_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery, whom it is for, and if it tells of a webinar, that and the person's registration for it."""

    delivery: Delivery
    person: Person
    webinar: Webinar | None
    registration: Registration | None


_THESE: BindParameter[int] = bindparam("these", expanding=True)
_PARCELS = (
    select(Delivery, Person, Webinar, Registration)
    .join(Person, col(Person.id) == col(Delivery.person_id))
    .join(Webinar, col(Webinar.id) == col(Delivery.webinar_id), isouter=True)
    .join(
        Registration,
        and_(
            col(Registration.webinar_id) == col(Delivery.webinar_id),
            col(Registration.person_id) == col(Delivery.person_id),
        ),
        isouter=True,
    )
    .order_by(col(Delivery.due_at), col(Delivery.id))
    .with_for_update(of=Delivery)
)
_LOCK = _PARCELS.where(col(Delivery.id).in_(_THESE))
_LOCK_PEOPLE = (
    sqlalchemy.select(col(Person.id))
    .where(col(Person.id).in_(sqlalchemy.select(col(Delivery.person_id)).where(col(Delivery.id).in_(_THESE))))
    .order_by(col(Person.id))
    .with_for_update(key_share=True)
)
_WRITTEN = (
    "state",
    "due_at",
    "expires_at",
    "attempts",
    "claimed_by",
    "lease_until",
    "merged_into",
    "about",
    "error",
    "settled_at",
)
_WRITE = update(Delivery).where(col(Delivery.id) == bindparam("delivery"))

_LEADING = aliased(Delivery)
_ARRIVED = (
    update(Delivery)
    .where(col(Delivery.state) == DeliveryState.SENDING, col(Delivery.claimed_by) == bindparam("of_worker"))
    .values(state=DeliveryState.SENT, settled_at=bindparam("at"), lease_until=None, error=None)
)
_SENT = _ARRIVED.where(col(Delivery.id) == bindparam("delivery")).values(message_id=bindparam("message"))
_SENT_WITH_THEM = _ARRIVED.where(col(Delivery.merged_into).in_(_THESE)).values(
    message_id=select(_LEADING.message_id).where(col(_LEADING.id) == col(Delivery.merged_into)).scalar_subquery()
)


_COLUMNS = inspect(Delivery).columns
_NOW = bindparam("at", type_=_COLUMNS["due_at"].type)


def _if_late(late: ColumnElement[Any], in_time: ColumnElement[Any]) -> Case[Any]:
    return case((col(Delivery.expires_at) <= _NOW, late), else_=in_time)


def _claim() -> ReturningUpdate[Any]:
    due = (
        select(Delivery.id)
        .where(Delivery.state == DeliveryState.PENDING, col(Delivery.due_at) <= _NOW)
        .order_by(*(_COLUMNS[name] for name in _ORDER))
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True)
        .cte("due")
        .prefix_with("MATERIALIZED")
    )
    late, claimed = (literal(state, _COLUMNS["state"].type) for state in (DeliveryState.EXPIRED, DeliveryState.CLAIMED))
    values = {
        "state": _if_late(late, claimed),
        "claimed_by": _if_late(null(), bindparam("worker", type_=String)),
        "lease_until": _if_late(null(), bindparam("until", type_=_NOW.type)),
        "settled_at": _if_late(_NOW, null()),
        "error": _if_late(bindparam("reason", type_=String), _COLUMNS["error"]),
    }
    return (
        update(Delivery)
        .where(col(Delivery.id).in_(select(due.c.id)))
        .values(values)
        .returning(*(_COLUMNS[name] for name in ("state", *_ORDER, "person_id")))
    )


_CLAIM = _claim()
"""Built once: putting it together takes longer than carrying it out."""


def any_due(session: Session, now: datetime) -> bool:
    query = select(Delivery.id).where(Delivery.state == DeliveryState.PENDING, Delivery.due_at <= now).limit(1)
    return session.exec(query).first() is not None


def claim(
    session: Session, worker: str, limit: int, *, lease_until: datetime, now: datetime, reason: str
) -> tuple[list[Taken], int]:
    """Take the most urgent pending rows, skipping those another process is taking at this moment.

    Returns them, most urgent first, and how many came too late, which are ended for this reason.
    """
    if not is_sqlite(session):  # until it has counted new rows it would sort them all: the index has them in order
        session.connection().exec_driver_sql("SET LOCAL enable_sort = off")
    values = {"at": now, "most": limit, "worker": worker, "until": lease_until, "reason": reason}
    found = session.connection().execute(_CLAIM, values).all()
    claimed = sorted(row for row in found if row.state is DeliveryState.CLAIMED)
    return [Taken(row.id, row.person_id) for row in claimed], len(found) - len(claimed)


def lock_people(session: Session, delivery_ids: Collection[int]) -> None:
    """Hold those whom these messages are for: messages to one person begin one after the other.

    Held in one order, so that two processes cannot wait for each other. On SQLite whoever writes holds everything.
    """
    if not is_sqlite(session):
        session.connection().execute(_LOCK_PEOPLE, {"these": delivery_ids}).all()


def lock(session: Session, delivery_ids: Collection[int]) -> list[Parcel]:
    """These messages. The people must be locked, here as below."""
    return [Parcel(*found) for found in session.exec(_LOCK, params={"these": delivery_ids})]


def lock_others(session: Session, parcel: Parcel, until: datetime) -> list[Parcel]:
    """What else of this kind the person is to be told soon and has not begun to leave, whoever has claimed it."""
    delivery = parcel.delivery
    return _lock(
        session,
        col(Delivery.person_id) == delivery.person_id,
        col(Delivery.kind) == delivery.kind,
        col(Delivery.id) != delivery.id,
        col(Delivery.due_at) <= until,
        col(Delivery.state).in_(_WAITING),
    )


def lock_told_with(session: Session, parcel: Parcel, kinds: Collection[DeliveryKind]) -> list[Parcel]:
    """All of these kinds that tell the person of the same webinar and have not begun to leave, the oldest first.

    The message itself is one of them.
    """
    found = _lock(
        session,
        col(Delivery.person_id) == parcel.delivery.person_id,
        col(Delivery.webinar_id) == parcel.delivery.webinar_id,
        col(Delivery.kind).in_(kinds),
        col(Delivery.state).in_(_WAITING),
    )
    return sorted(found, key=lambda each: each.delivery.id)


def _lock(session: Session, *conditions: ColumnElement[bool]) -> list[Parcel]:
    return [Parcel(*found) for found in session.exec(_PARCELS.where(*conditions))]


def lock_merged(session: Session, delivery_id: int) -> list[Delivery]:
    return list(session.exec(select(Delivery).where(Delivery.merged_into == delivery_id).with_for_update()))


def lock_overdue_leases(session: Session, limit: int, now: datetime, *, longest: timedelta) -> list[Delivery]:
    """Leases that are over, and those that end later than any can: the clock has been set back since."""
    query = (
        select(Delivery)
        .where(
            col(Delivery.state).in_((DeliveryState.CLAIMED, DeliveryState.SENDING)),
            or_(col(Delivery.lease_until) < now, col(Delivery.lease_until) > now + longest),
        )
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.exec(query))


def write(session: Session, rows: Iterable[Delivery]) -> None:
    """Write what has become of these messages, all with one statement; nothing more of them is written after this."""
    changed = [row for row in rows if inspect(row).modified]
    for row in changed:
        session.expunge(row)
    if changed:
        values = [{"delivery": row.id} | {name: getattr(row, name) for name in _WRITTEN} for row in changed]
        session.connection().execute(_WRITE, values)


def mark_sent(session: Session, worker: str, sent: Mapping[int, int], now: datetime) -> None:
    """Messages of this worker have arrived: their ids, and the ids they have in the chat. So have those merged in."""
    mark = {"of_worker": worker, "at": now}
    marks = [mark | {"delivery": key, "message": number} for key, number in sent.items()]
    session.connection().execute(_SENT, marks)
    session.connection().execute(_SENT_WITH_THEM, mark | {"these": list(sent)})


def give_back(session: Session, worker: str) -> int:
    """Return to the queue everything this worker claimed and has not begun to send."""
    statement = (
        update(Delivery)
        .where(col(Delivery.state) == DeliveryState.CLAIMED, col(Delivery.claimed_by) == worker)
        .values(state=DeliveryState.PENDING, claimed_by=None, lease_until=None)
    )
    return session.exec(statement).rowcount
