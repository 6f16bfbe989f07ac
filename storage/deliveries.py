"""The outbox: rows that say who is to be told what, and how far that has come.

Of a meeting only organisers are told, whoever an audience names.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, Select, String, cast, inspect, literal
from sqlmodel import Session, col, exists, func, select, update

from storage import circles
from storage.audiences import Audience
from storage.statements import insert, insert_once
from storage.tables import (
    Circle,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Person,
    Webinar,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One message to each of many. The person's id is added to `key`, which makes `dedup_key`."""

    kind: DeliveryKind
    webinar_id: int | None
    about: dict[str, Any]
    key: str
    due_at: datetime
    expires_at: datetime
    priority: int


def _values(plan: Plan, now: datetime) -> dict[str, Any]:
    return {
        "kind": plan.kind,
        "webinar_id": plan.webinar_id,
        "about": plan.about,
        "due_at": plan.due_at,
        "expires_at": plan.expires_at,
        "priority": plan.priority,
        "state": DeliveryState.PENDING,
        "attempts": 0,
        "created_at": now,
    }


def add(session: Session, plan: Plan, person_id: int, now: datetime) -> bool:
    """Put one message into the outbox, unless it is there already."""
    if _is_about_a_meeting(session, plan) and not circles.is_organiser(session, person_id):
        return False
    values = _values(plan, now) | {"person_id": person_id, "dedup_key": f"{plan.key}:{person_id}"}
    return insert_once(session, Delivery, values)


def is_planned(session: Session, key: str, person_id: int, *, since: datetime) -> bool:
    """Whether the message with this key was put into the outbox for the person after that moment."""
    query = select(Delivery.id).where(Delivery.dedup_key == f"{key}:{person_id}", Delivery.created_at > since)
    return session.exec(query).first() is not None


def plan_for(session: Session, plan: Plan, audience: Audience, now: datetime, *, at_most: int | None = None) -> int:
    """Put the message into the outbox for everyone in the audience, in one statement.

    Planning again adds only who is missing, `at_most` so many. Returns how many rows were added. They are added in the
    order of the people, so that two who plan at once wait for each other in one direction only.
    """
    types = inspect(Delivery).columns
    constants = _values(plan, now)
    people, dedup_key = _missing(session, plan, audience)
    rows = people.with_only_columns(
        *(literal(value, types[name].type) for name, value in constants.items()), *people.selected_columns, dedup_key
    )
    statement = insert(session, Delivery).from_select(
        [*constants, "person_id", "dedup_key"], rows.order_by(*people.selected_columns).limit(at_most)
    )
    return session.exec(statement.on_conflict_do_nothing()).rowcount


def misses_anybody(session: Session, plan: Plan, audience: Audience) -> bool:
    """Whether planning would add a row."""
    people, _ = _missing(session, plan, audience)
    return session.connection().execute(people.limit(1)).first() is not None


def count_missing(session: Session, plan: Plan, audience: Audience) -> int:
    """How many rows planning would add."""
    people, _ = _missing(session, plan, audience)
    return session.connection().execute(sqlalchemy.select(func.count()).select_from(people.subquery())).scalar_one()


def _missing(session: Session, plan: Plan, audience: Audience) -> tuple[Select[tuple[int]], ColumnElement[str]]:
    """Those of the audience for whom it is not in the outbox yet, and the key it would have."""
    if _is_about_a_meeting(session, plan):
        audience = audience.where(circles.organises(col(Person.id)))
    people = audience.subquery()
    dedup_key = literal(f"{plan.key}:") + cast(people.c.id, String)
    planned = exists().where(col(Delivery.dedup_key) == dedup_key)
    return sqlalchemy.select(people.c.id).where(~planned), dedup_key


def _is_about_a_meeting(session: Session, plan: Plan) -> bool:
    return plan.webinar_id is not None and session.get_one(Webinar, plan.webinar_id).circle is Circle.ORGANISERS


def lock(session: Session, delivery_id: int) -> Delivery | None:
    return session.exec(select(Delivery).where(Delivery.id == delivery_id).with_for_update()).first()


def save(session: Session, rows: Iterable[Delivery]) -> None:
    session.add_all(rows)
    session.flush()


def announcement_of(session: Session, person_id: int, webinar_id: int) -> list[Delivery]:
    """All that left in the same message as the announcement of this webinar to this person, that one included."""
    sent = select(Delivery.message_id).where(
        Delivery.person_id == person_id,
        Delivery.webinar_id == webinar_id,
        Delivery.kind == DeliveryKind.ANNOUNCEMENT,
        Delivery.state == DeliveryState.SENT,
    )
    query = select(Delivery).where(
        Delivery.person_id == person_id,
        Delivery.kind == DeliveryKind.ANNOUNCEMENT,
        col(Delivery.message_id).in_(sent),
    )
    return list(session.exec(query))


def said(session: Session, row: Delivery, kinds: Collection[DeliveryKind], state: DeliveryState) -> list[Delivery]:
    """The messages of these kinds to the same person about the same webinar that have come to this state."""
    query = select(Delivery).where(
        Delivery.person_id == row.person_id,
        Delivery.webinar_id == row.webinar_id,
        col(Delivery.kind).in_(kinds),
        Delivery.state == state,
    )
    return list(session.exec(query))


def last_sent(session: Session, person_id: int, webinar_id: int, kinds: Collection[DeliveryKind]) -> Delivery | None:
    """What of these kinds was sent last to this person about this webinar."""
    query = select(Delivery).where(
        Delivery.person_id == person_id,
        Delivery.webinar_id == webinar_id,
        col(Delivery.kind).in_(kinds),
        Delivery.state == DeliveryState.SENT,
    )
    return session.exec(query.order_by(col(Delivery.settled_at).desc()).limit(1)).first()


def sent_by_key(session: Session, dedup_key: str) -> Delivery | None:
    """What was sent for this key."""
    query = select(Delivery).where(Delivery.dedup_key == dedup_key, col(Delivery.state) == DeliveryState.SENT)
    return session.exec(query).first()


def sent_as(session: Session, person_id: int, message_id: int | None) -> Delivery | None:
    """What a message in somebody's chat was sent for, first of all; without an id, what was sent to them last."""
    query = select(Delivery).where(Delivery.person_id == person_id, col(Delivery.state) == DeliveryState.SENT)
    if message_id is not None:
        query = query.where(Delivery.message_id == message_id)
    order = (col(Delivery.settled_at).desc(), col(Delivery.merged_into).is_not(None), col(Delivery.id))
    return session.exec(query.order_by(*order).limit(1)).first()


def forget_announcement(session: Session, person_id: int, message_id: int) -> None:
    """The message does not say any more what it announced."""
    statement = (
        update(Delivery)
        .where(
            col(Delivery.person_id) == person_id,
            col(Delivery.kind) == DeliveryKind.ANNOUNCEMENT,
            col(Delivery.message_id) == message_id,
        )
        .values(message_id=None)
    )
    session.exec(statement)


def settle_pending_of(session: Session, person_id: int, state: DeliveryState, now: datetime) -> int:
    """End everything still waiting for one person."""
    statement = (
        update(Delivery)
        .where(col(Delivery.person_id) == person_id, col(Delivery.state) == DeliveryState.PENDING)
        .values(state=state, settled_at=now)
    )
    return session.exec(statement).rowcount


def revive_of(session: Session, person_id: int, now: datetime) -> None:
    """Let wait again what ended because the person was out of reach before it was due."""
    statement = (
        update(Delivery)
        .where(
            col(Delivery.person_id) == person_id,
            col(Delivery.state) == DeliveryState.UNREACHABLE,
            col(Delivery.due_at) > now,
        )
        .values(state=DeliveryState.PENDING, settled_at=None, error=None, merged_into=None)
    )
    session.exec(statement)


def count_by_state(session: Session) -> dict[DeliveryState, int]:
    query = select(Delivery.state, func.count()).group_by(col(Delivery.state))
    return {DeliveryState(state): number for state, number in session.exec(query)}


def count_by_kind(session: Session) -> dict[tuple[DeliveryKind, DeliveryState], int]:
    query = select(Delivery.kind, Delivery.state, func.count()).group_by(col(Delivery.kind), col(Delivery.state))
    return {(DeliveryKind(kind), DeliveryState(state)): number for kind, state, number in session.exec(query)}


def unsettled(session: Session, limit: int) -> list[tuple[Delivery, str, str | None]]:
    """What waits or is just leaving, soonest first, each with the person's name and the webinar's title."""
    query = (
        select(Delivery, Person.name, Webinar.title)
        .join(Person, col(Person.id) == Delivery.person_id)
        .join(Webinar, col(Webinar.id) == Delivery.webinar_id, isouter=True)
        .where(col(Delivery.settled_at).is_(None))
        .order_by(col(Delivery.due_at), col(Delivery.id))
        .limit(limit)
    )
    return [(delivery, name, title) for delivery, name, title in session.exec(query)]
