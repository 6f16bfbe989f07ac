"""Everything moves from one database to another, in every direction."""

import tracemalloc

import pytest
from sqlalchemy import select

from storage import (
    Database,
    NoDatabaseError,
    NotMigratedError,
    Person,
    TargetNotEmptyError,
    copy_database,
    files,
)
from storage.engine import open_engine
from storage.tables import Table
from tests import whole_person
from tests.factories import NOW, add_person
from tests.whole_person import dump

MB = 1024 * 1024
DIRECTIONS = [(source, target) for source in ("sqlite", "postgres") for target in ("sqlite", "postgres")]


def silence(_table: str, _done: int, _total: int) -> None:
    """Nobody watches."""


def make(url: str, table: str) -> None:
    engine = open_engine(url, "migrate", connections=1)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE TABLE {table} (version_num VARCHAR(32))")
    engine.dispose()


@pytest.fixture(params=DIRECTIONS, ids=lambda pair: f"{pair[0]} to {pair[1]}")
def both(request: pytest.FixtureRequest) -> tuple[str, str]:
    source, target = request.param
    return request.getfixturevalue(f"{source}_url"), request.getfixturevalue(f"empty_{target}_url")


async def test_every_row_arrives(both: tuple[str, str]) -> None:
    source_url, target_url = both
    source = Database(source_url)
    await source.write(whole_person.prepare)
    before = await source.read(dump)
    seen: dict[str, list[tuple[int, int]]] = {}

    counts = copy_database(
        source_url, target_url, lambda table, done, total: seen.setdefault(table, []).append((done, total))
    )

    target = Database(target_url)
    assert await target.read(dump) == before
    assert counts == {table: len(rows) for table, rows in before.items()}
    assert {table: steps[-1] for table, steps in seen.items()} == {
        table: (len(rows), len(rows)) for table, rows in before.items()
    }
    await source.close()
    await target.close()


async def test_large_files_are_copied_one_by_one(both: tuple[str, str]) -> None:
    """Six files of 4 MB need less than their 24 MB, however they are read and written."""
    source_url, target_url = both
    source = Database(source_url)
    for number in range(6):
        await source.write(files.add, f"{number:064}", bytes([number]) * 4 * MB, "text/plain", NOW)
    most = []

    def watch(table: str, done: int, total: int) -> None:
        if table == "stored_file" and done == 0:
            tracemalloc.start()
        elif table == "stored_file" and done == total:
            most.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()

    counts = copy_database(source_url, target_url, watch)

    assert counts["stored_file"] == 6
    assert most[0] < 18 * MB
    target = Database(target_url)
    assert await target.read(files.content, f"{5:064}") == b"\x05" * 4 * MB
    await source.close()
    await target.close()


async def test_the_copy_goes_on_with_numbers_of_its_own(both: tuple[str, str]) -> None:
    source_url, target_url = both
    source = Database(source_url)
    for telegram_id in (1, 2, 3):
        await source.write(add_person, telegram_id)
    copy_database(source_url, target_url, silence)

    target = Database(target_url)
    added = await target.write(add_person, 4)

    assert added == 4
    await source.close()
    await target.close()


async def test_a_database_that_holds_something_is_left_alone(database_url: str, sqlite_url: str) -> None:
    target = Database(database_url)
    await target.write(add_person, 1)
    before = await target.read(dump)
    await target.close()

    with pytest.raises(TargetNotEmptyError, match="person"):
        copy_database(sqlite_url, database_url, silence)

    target = Database(database_url)
    assert await target.read(dump) == before
    await target.close()


def test_somebody_else_s_database_is_left_alone(empty_database_url: str, sqlite_url: str) -> None:
    make(empty_database_url, "shop")

    with pytest.raises(TargetNotEmptyError, match="shop"):
        copy_database(sqlite_url, empty_database_url, silence)


def test_an_empty_database_with_our_tables_will_do(sqlite_url: str, database_url: str) -> None:
    assert set(copy_database(sqlite_url, database_url, silence)) == set(Table.metadata.tables)


def test_a_database_of_another_version_is_not_copied(empty_database_url: str, sqlite_url: str) -> None:
    make(empty_database_url, "alembic_version")

    with pytest.raises(NotMigratedError):
        copy_database(empty_database_url, sqlite_url, silence)


def test_a_file_that_is_not_there_is_not_made(empty_sqlite_url: str, sqlite_url: str) -> None:
    with pytest.raises(NoDatabaseError):
        copy_database(f"{empty_sqlite_url}.missing", sqlite_url, silence)


async def test_an_error_half_way_leaves_no_row(sqlite_url: str, empty_database_url: str) -> None:
    source = Database(sqlite_url)
    await source.write(add_person, 1)
    await source.close()

    def fail_after_people(table: str, done: int, _total: int) -> None:
        if table == "person" and done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_database(sqlite_url, empty_database_url, fail_after_people)

    engine = open_engine(empty_database_url, "migrate", connections=1)
    with engine.connect() as connection:
        assert connection.execute(select(Person)).all() == []
    engine.dispose()
