"""People, webinars and registrations, as many as a benchmark needs."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, inspect, literal, select, text, true, update
from sqlmodel import col

from domain.consortium import Consortium, parse, synchronise
from storage import Database, Person, Registration, RegistrationStatus, Session, Webinar, WebinarHost, WebinarTopic
from tests.factories import webinar

FIRST_PERSON = 1_000
"""The Telegram id of the first of many; the others follow."""

_CONSORTIUM = Path("consortium.toml")
_HOSTS, _TOPICS = ("nf4", "adpack2"), ("china", "food")
_INSERT = text("INSERT INTO setting (key, value) VALUES (:key, '')")
_PARAGRAPH = (
    "What buyers expect, which papers the customs office asks for, who pays when a cold chain breaks: "
    "companies tell what they do differently now. Für Fragen bleibt Zeit, apportez vos étiquettes. 欢迎参加。"
)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """A database with the consortium in it."""
    database = Database(url)
    try:
        await database.write(synchronise, _consortium(), now=datetime.now(UTC))
        yield database
    finally:
        await database.close()


def _consortium() -> Consortium:
    return parse(_CONSORTIUM.read_text("utf-8"), _CONSORTIUM.name)


def add_people(session: Session, count: int, now: datetime) -> list[int]:
    """Returns their own ids, not Telegram's."""
    alike = Person(created_at=now, seen_at=now).model_dump(exclude={"id", "telegram_id", "name"})
    people = [alike | {"telegram_id": FIRST_PERSON + number, "name": f"Company {number}"} for number in range(count)]
    session.connection().execute(insert(Person), people)
    return list(session.connection().execute(select(col(Person.id)).order_by(col(Person.id))).scalars())


def add_webinar(session: Session, code: str, /, **values: Any) -> Webinar:
    row = webinar(code=code, description=_PARAGRAPH, **values)
    _add_webinars(session, [row])
    return row


def add_programme(session: Session, count: int, now: datetime, every: timedelta = timedelta(hours=12)) -> None:
    """So many webinars, one after the other from tomorrow on."""
    before = now - timedelta(days=1)
    rows = [
        webinar(
            code=f"p{number}",
            title=f"Going to new markets, part {number + 1}",
            description=_PARAGRAPH,
            starts_at=now.replace(microsecond=0) + timedelta(days=1) + number * every,
            last_modified=before,
            created_at=before,
        )
        for number in range(count)
    ]
    _add_webinars(session, rows)


def translate(session: Session, codes: Sequence[str], language: str) -> None:
    rows = update(Webinar).where(col(Webinar.code).in_(codes)).values(language=language)
    session.connection().execute(rows)


def _add_webinars(session: Session, rows: Sequence[Webinar]) -> None:
    session.add_all(rows)
    session.flush()
    for row in rows:
        session.add_all(WebinarHost(webinar_id=row.id, partnership_id=host) for host in _HOSTS)
        session.add_all(WebinarTopic(webinar_id=row.id, topic_id=topic) for topic in _TOPICS)
    session.flush()


def register_all(session: Session, webinar_ids: Sequence[int], at: datetime, *, people: int) -> None:
    """Register the first so many people for each of the webinars."""
    chosen = select(col(Person.id)).order_by(col(Person.id)).limit(people).subquery()
    values = {
        "status": RegistrationStatus.REGISTERED,
        "queue_number": 1,
        "promotions": 0,
        "sequence": 0,
        "created_at": at,
        "changed_at": at,
    }
    columns = inspect(Registration).columns
    constants = [literal(value, columns[name].type) for name, value in values.items()]
    pairs = select(col(Webinar.id), chosen.c.id, *constants).select_from(Webinar).join(chosen, true())
    rows = pairs.where(col(Webinar.id).in_(webinar_ids))
    session.connection().execute(insert(Registration).from_select(["webinar_id", "person_id", *values], rows))


def commit(session: Session) -> None:
    """The least that a transaction can be: one row of two columns."""
    session.connection().execute(_INSERT, {"key": uuid4().hex})
