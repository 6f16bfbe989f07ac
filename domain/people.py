"""People come, are met again, and can or cannot be reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import access, registration
from storage import DeliveryState, Person, Role, RoleKind, Session, deliveries, fetches, people

_SEEN_AGAIN = timedelta(days=1)
_NAME_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who speaks, as Telegram tells it. `reachable` is whether they do so in our own chat with them."""

    telegram_id: int
    name: str
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class Arrival:
    person: Person
    organiser: bool


def arrive(
    session: Session, visitor: Visitor, *, language: str, bot_id: int, update_id: int, now: datetime
) -> Arrival | None:
    """Meet the person behind an update; nothing if this update was taken before.

    `language` is used unless the person has chosen one. Whoever writes to us can be reached again.
    """
    if not people.first_sight(session, bot_id, update_id, now):
        return None
    person = people.lock_by_telegram_id(session, visitor.telegram_id)
    if person is None:
        person = people.ensure(session, visitor.telegram_id, reachable=False, now=now)
    if not person.reachable and person.unreachable_since is None:  # never met, though perhaps named an administrator
        person.language = language
    _refresh(session, person, visitor, now)
    return Arrival(person, access.may_post(session, person.id))


def _refresh(session: Session, person: Person, visitor: Visitor, now: datetime) -> None:
    returned = visitor.reachable and not person.reachable
    if returned:
        person.reachable, person.unreachable_since = True, None
    if now - person.seen_at > _SEEN_AGAIN or person.stay_asked_at is not None:
        person.seen_at, person.stay_asked_at = now, None
    person.name = visitor.name[:_NAME_LENGTH]
    people.save(session, person)
    if returned:
        deliveries.revive_of(session, person.id, now)
        registration.seat_returned(session, person.id, now=now)


def lose(session: Session, person_id: int, *, now: datetime) -> None:
    """Mark a person as out of reach and end what waits for them. Their registrations stay."""
    person = people.lock(session, person_id)
    if person.reachable:
        person.reachable = False
        person.unreachable_since = now
        people.save(session, person)
    deliveries.settle_pending_of(session, person.id, DeliveryState.UNREACHABLE, now)


def follow_chat(session: Session, person_id: int, chat_id: int, *, now: datetime) -> None:
    """Telegram has given somebody's chat another id. Is it another person's, they are out of reach."""
    person = people.lock(session, person_id)
    if people.by_telegram_id(session, chat_id) is None:
        person.telegram_id = chat_id
        people.save(session, person)
    elif person.telegram_id != chat_id:
        lose(session, person_id, now=now)


def depart(session: Session, telegram_id: int, *, now: datetime) -> None:
    """Somebody blocked the bot. Those we never met are none of our business."""
    person = people.by_telegram_id(session, telegram_id)
    if person is not None:
        lose(session, person.id, now=now)


def replace_link(session: Session, person_id: int) -> int:
    """End the person's calendar link. Returns the generation of the new one."""
    person = people.lock(session, person_id)
    person.feed_generation += 1
    people.save(session, person)
    fetches.forget(session, person_id)
    return person.feed_generation


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
