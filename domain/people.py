"""People come, are met again, and can or cannot be reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import access, registration
from storage import DeliveryState, Person, Role, RoleKind, Session, deliveries, people

_SEEN_AGAIN = timedelta(days=1)
_NAME_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who speaks, as Telegram tells it."""

    telegram_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Arrival:
    person: Person
    organiser: bool


def arrive(
    session: Session, visitor: Visitor, *, language: str, bot_id: int, update_id: int, now: datetime
) -> Arrival | None:
    """Meet the person behind an update; nothing if this update was taken before.

    `language` is used for a person met for the first time. Whoever writes to us can be reached again.
    """
    if not people.first_sight(session, bot_id, update_id, now):
        return None
    person = people.by_telegram_id(session, visitor.telegram_id)
    if person is None:
        person = people.ensure(session, visitor.telegram_id, reachable=True, now=now)
        person.language = language
    _refresh(session, person, visitor, now)
    return Arrival(person, access.may_post(session, person.id))


def _refresh(session: Session, person: Person, visitor: Visitor, now: datetime) -> None:
    name = visitor.name[:_NAME_LENGTH]
    if person.name != name or not person.reachable or now - person.seen_at > _SEEN_AGAIN:
        person.seen_at = now
    returned = not person.reachable
    person.name = name
    person.reachable = True
    person.unreachable_since = None
    people.save(session, person)
    if returned:
        registration.seat_returned(session, person.id, now=now)


def lose(session: Session, person_id: int, *, now: datetime) -> None:
    """Mark a person as out of reach and end what waits for them. Their registrations stay."""
    person = people.lock(session, person_id)
    if person.reachable:
        person.reachable = False
        person.unreachable_since = now
        people.save(session, person)
    deliveries.settle_pending_of(session, person.id, DeliveryState.UNREACHABLE, now)


def depart(session: Session, telegram_id: int, *, now: datetime) -> None:
    """Somebody blocked the bot. Those we never met are none of our business."""
    person = people.by_telegram_id(session, telegram_id)
    if person is not None:
        lose(session, person.id, now=now)


def appoint_admins(session: Session, telegram_ids: Iterable[int], *, now: datetime) -> None:
    """Make the administrators exactly those the configuration names; those appointed in chat stay."""
    persons = [people.ensure(session, telegram_id, reachable=False, now=now) for telegram_id in telegram_ids]
    people.drop_configured_admins(session, keep=[person.id for person in persons])
    for person in persons:
        if not access.is_admin(session, person.id):
            people.add_role(session, Role(person_id=person.id, kind=RoleKind.ADMIN, granted_at=now))


def forget_updates(session: Session, *, now: datetime) -> int:
    """Telegram keeps an update for at most a day; after two, no repetition can come."""
    return people.forget_updates(session, now - timedelta(days=2))
