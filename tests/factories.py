"""Rows for tests: whole ones, of which a test names only what matters to it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import SQLModel, col, select

from storage import (
    Delivery,
    DeliveryKind,
    DeliveryState,
    Partnership,
    Person,
    Registration,
    RegistrationStatus,
    Role,
    RoleKind,
    Session,
    Topic,
    TopicKind,
    Webinar,
    webinars,
)

Row = TypeVar("Row", bound=SQLModel)

NOW = datetime(2027, 1, 18, 9, tzinfo=UTC)
START = datetime(2027, 1, 20, 9, tzinfo=UTC)
"""When a webinar starts unless the test says otherwise: two days from NOW, 10:00 in Brussels."""

SETTLE = timedelta(minutes=2)
LEADS = (timedelta(hours=24), timedelta(hours=1), timedelta(minutes=10))
INTERVAL = timedelta(milliseconds=40)


def wall(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A time as a clock on the wall shows it: without a zone on purpose."""
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001 -- a wall time


def add_consortium(session: Session) -> None:
    """Two partnerships, one that has left, and two topics."""
    session.add(Partnership(id="alpha", name="The Alpha Partnership", short_name="Alpha", position=0))
    session.add(Partnership(id="beta", name="The Beta Partnership", short_name="Beta", position=1))
    session.add(Partnership(id="gone", name="A Former Partnership", short_name="Gone", position=2, active=False))
    session.add(Topic(id="china", name="China", kind=TopicKind.MARKET, position=0))
    session.add(Topic(id="food", name="Food", kind=TopicKind.SECTOR, position=1))
    session.flush()


def person(telegram_id: int) -> Person:
    return Person(telegram_id=telegram_id, name=f"Person {telegram_id}", created_at=NOW, seen_at=NOW)


def add_person(session: Session, telegram_id: int) -> int:
    new = person(telegram_id)
    session.add(new)
    session.flush()
    return new.id


def add_people(session: Session, number: int) -> list[int]:
    """With the Telegram ids 1, 2, 3 ..., which in an empty database are their own ids too."""
    people = [person(telegram_id) for telegram_id in range(1, number + 1)]
    session.add_all(people)
    session.flush()
    return [each.id for each in people]


def set_reachable(session: Session, person_id: int, *, reachable: bool) -> None:
    session.get_one(Person, person_id).reachable = reachable


def add_role(session: Session, person_id: int, partnership_id: str | None = None) -> None:
    """The right to post for one partnership; without one, an administrator's."""
    kind = RoleKind.ORGANISER if partnership_id else RoleKind.ADMIN
    session.add(Role(person_id=person_id, kind=kind, partnership_id=partnership_id, granted_at=NOW))
    session.flush()


def webinar(**changes: Any) -> Webinar:
    values: dict[str, Any] = {
        "code": "w",
        "title": "Smart packaging",
        "starts_at": START,
        "timezone": "Europe/Brussels",
        "duration_minutes": 60,
        "language": "en",
        "join_url": "https://meet.example.org/secret",
        "last_modified": NOW,
        "created_at": NOW,
    } | changes
    start = values["starts_at"]
    derived = {
        "uid": values["code"],
        "local_start": start.astimezone(ZoneInfo(values["timezone"])).replace(tzinfo=None),
        "ends_at": start + timedelta(minutes=values["duration_minutes"]),
    }
    return Webinar(**derived | values)


def add_webinar(session: Session, *, hosts: Sequence[str] = (), topics: Sequence[str] = (), **changes: Any) -> int:
    row = webinar(**changes)
    webinars.add(session, row, hosts, topics)
    return row.id


def add_registration(
    session: Session,
    webinar_id: int,
    person_id: int,
    status: RegistrationStatus = RegistrationStatus.REGISTERED,
    *,
    changed_at: datetime = NOW,
) -> None:
    row = Registration(
        webinar_id=webinar_id,
        person_id=person_id,
        status=status,
        queue_number=person_id,
        seen_sequence=session.get_one(Webinar, webinar_id).sequence,
        created_at=changed_at,
        changed_at=changed_at,
    )
    session.add(row)
    session.flush()


def add_delivery(session: Session, person_id: int, webinar_id: int, **changes: Any) -> int:
    """A message that is due: the news that the webinar was restored, which is always worth telling."""
    values: dict[str, Any] = {
        "kind": DeliveryKind.RESTORED,
        "person_id": person_id,
        "webinar_id": webinar_id,
        "about": {},
        "due_at": NOW,
        "expires_at": START,
        "priority": 10,
        "state": DeliveryState.PENDING,
        "dedup_key": f"restored:{webinar_id}:1:{person_id}",
        "created_at": NOW,
    }
    row = Delivery(**values | changes)
    session.add(row)
    session.flush()
    return row.id


def rows(session: Session, table: type[Row], order: str = "id") -> list[Row]:
    """All rows of a table."""
    return list(session.exec(select(table).order_by(col(getattr(table, order)))))


def row(session: Session, table: type[Row], row_id: int) -> Row:
    return session.get_one(table, row_id)
