from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session, SQLModel

from storage import (
    Database,
    Delivery,
    DeliveryKind,
    Draft,
    EntryKind,
    Follow,
    LibraryEntry,
    Person,
    Registration,
    RegistrationStatus,
    Role,
    RoleKind,
    Webinar,
    webinars,
)
from storage.people import by_telegram_id
from tests.factories import NOW, START, add_consortium, add_person, add_webinar, rows, wall, webinar

A_REGISTRATION = {"queue_number": 1, "created_at": NOW, "changed_at": NOW, "status": RegistrationStatus.REGISTERED}
A_DELIVERY = {
    "kind": DeliveryKind.RESTORED,
    "about": {},
    "due_at": NOW,
    "expires_at": NOW,
    "priority": 0,
    "dedup_key": "k",
    "created_at": NOW,
}


def prepare(session: Session) -> None:
    """Person 1 and webinar 1 of a consortium."""
    add_consortium(session)
    add_person(session, 7)
    add_webinar(session)


def add(session: Session, *new: SQLModel) -> None:
    session.add_all(new)


def registration(**changes: Any) -> Registration:
    return Registration(**{"webinar_id": 1, "person_id": 1} | A_REGISTRATION | changes)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(registration(person_id=99), id="registration of nobody"),
        pytest.param(registration(webinar_id=99), id="registration for nothing"),
        pytest.param(Delivery(person_id=99, webinar_id=1, **A_DELIVERY), id="delivery to nobody"),
        pytest.param(Delivery(person_id=1, webinar_id=99, **A_DELIVERY), id="delivery about nothing"),
        pytest.param(Draft(person_id=99, fields={}, created_at=NOW, changed_at=NOW), id="draft of nobody"),
        pytest.param(Follow(person_id=1, partnership_id="nobody", created_at=NOW), id="follow of nobody"),
        pytest.param(Follow(person_id=1, created_at=NOW), id="follow of nothing"),
        pytest.param(Follow(person_id=1, partnership_id="alpha", topic_id="food", created_at=NOW), id="follow of two"),
        pytest.param(Role(person_id=1, kind=RoleKind.ORGANISER, granted_at=NOW), id="organiser of nothing"),
        pytest.param(
            Role(person_id=1, kind=RoleKind.ADMIN, partnership_id="alpha", granted_at=NOW), id="administrator of one"
        ),
        pytest.param(webinar(code="x", capacity=0), id="no seats"),
        pytest.param(webinar(code="x", duration_minutes=0), id="no length"),
        pytest.param(webinar(code="w", uid="x"), id="the same code twice"),
        pytest.param(webinar(code="x", uid="w"), id="the same uid twice"),
        pytest.param(Person(telegram_id=7, created_at=NOW, seen_at=NOW), id="the same account twice"),
    ],
)
async def test_what_makes_no_sense_cannot_be_stored(database: Database, broken: SQLModel) -> None:
    await database.write(prepare)

    with pytest.raises(IntegrityError):
        await database.write(add, type(broken)(**broken.model_dump()))


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(registration(), id="registration"),
        pytest.param(Role(person_id=1, kind=RoleKind.ADMIN, granted_at=NOW), id="administrator"),
        pytest.param(
            Role(person_id=1, kind=RoleKind.ORGANISER, partnership_id="alpha", granted_at=NOW), id="organiser"
        ),
        pytest.param(Follow(person_id=1, topic_id="food", created_at=NOW), id="follow"),
        pytest.param(Delivery(person_id=1, webinar_id=1, **A_DELIVERY), id="delivery"),
        pytest.param(Draft(person_id=1, fields={}, created_at=NOW, changed_at=NOW), id="draft"),
    ],
)
async def test_each_is_there_once(database: Database, row: SQLModel) -> None:
    def copy() -> SQLModel:
        return type(row)(**row.model_dump())

    await database.write(prepare)
    await database.write(add, copy())

    with pytest.raises(IntegrityError):
        await database.write(add, copy())


@pytest.mark.parametrize("change", ["status = 'maybe'", "status = 'REGISTERED'"])
async def test_only_words_of_the_set_can_be_stored(database: Database, change: str) -> None:
    def set_status(session: Session) -> None:
        session.connection().exec_driver_sql(f"UPDATE registration SET {change}")  # noqa: S608 -- ours

    await database.write(prepare)
    await database.write(add, registration())

    with pytest.raises(IntegrityError):
        await database.write(set_status)


async def test_a_parent_with_children_stays(database: Database) -> None:
    def remove(session: Session) -> None:
        session.delete(session.get_one(Webinar, 1))

    await database.write(prepare)
    await database.write(add, registration())

    with pytest.raises(IntegrityError):
        await database.write(remove)
    assert len(await database.read(rows, Webinar)) == 1


async def test_instants_come_back_as_utc_whatever_zone_they_were_given_in(database: Database) -> None:
    given = datetime(2027, 1, 20, 17, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    await database.write(add_webinar, starts_at=given, local_start=wall(2027, 1, 20, 10))

    found = await database.read(webinars.by_code, "w")

    assert found is not None
    assert (found.starts_at, found.starts_at.tzinfo) == (START.replace(microsecond=123456), UTC)
    assert (found.local_start, found.local_start.tzinfo) == (wall(2027, 1, 20, 10), None)


async def test_a_naive_instant_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="timezone"):
        await database.write(add_webinar, last_modified=wall(2027, 1, 20, 10))


async def test_telegram_ids_may_be_large(database: Database) -> None:
    await database.write(add_person, 2**52)

    found = await database.read(by_telegram_id, 2**52)

    assert found is not None
    assert found.telegram_id == 2**52


def found(session: Session, word: str) -> list[str]:
    """Codes of the entries with this stem, asked of the index itself."""
    query = {
        "sqlite": "SELECT rowid FROM library_search WHERE library_search MATCH :word ORDER BY rowid",
        "postgresql": "SELECT id FROM library_entry "
        "WHERE to_tsvector('simple', stems) @@ to_tsquery('simple', :word) ORDER BY id",
    }[session.get_bind().dialect.name]
    ids = session.connection().execute(text(query), {"word": word}).scalars().all()
    return [session.get_one(LibraryEntry, entry_id).code for entry_id in ids]


def add_entry(session: Session, code: str, stems: str) -> None:
    session.add(
        LibraryEntry(
            code=code,
            kind=EntryKind.LESSON,
            partnership_id="alpha",
            language="en",
            stems=stems,
            created_at=NOW,
            changed_at=NOW,
        )
    )
    session.flush()


async def test_the_index_of_the_library_follows_what_is_written(database: Database) -> None:
    def change(session: Session) -> list[list[str]]:
        add_consortium(session)
        add_entry(session, "cold", "cold chain")
        add_entry(session, "label", "label rule")
        seen = [found(session, "chain"), found(session, "label")]
        entry = session.get_one(LibraryEntry, 1)
        entry.stems = "label chain"
        session.flush()
        seen += [found(session, "cold"), found(session, "label")]
        session.delete(entry)
        session.flush()
        return [*seen, found(session, "chain"), found(session, "label")]

    assert await database.write(change) == [["cold"], ["label"], [], ["cold", "label"], [], ["label"]]
