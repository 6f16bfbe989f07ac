"""Two processes on one database: each knows of what the other writes, or knows that it would not."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing

import pytest
from sqlalchemy import text

from storage import Database, Session
from tests.factories import add_consortium, add_delivery, add_people, add_webinar

IN_TIME_S = 2
"""Within which what others write must be known."""


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """One that has just been opened, and has heard of nothing yet."""
    just_opened = Database(database_url)
    yield just_opened
    await just_opened.close()


@pytest.fixture
async def elsewhere(database_url: str) -> AsyncIterator[Database]:
    """The same database in another process."""
    other = Database(database_url)
    await other.write(add_people, 2)
    yield other
    await other.close()


async def until_it_hears(database: Database) -> int:
    async with asyncio.timeout(20):
        while not database.written.by_all:  # noqa: ASYNC110 -- no event tells of it
            await asyncio.sleep(0.01)
    return database.written.times


async def hears_of_it(database: Database, before: int) -> None:
    began = time.monotonic()
    while database.written.times == before and time.monotonic() < began + IN_TIME_S:  # noqa: ASYNC110 -- the same
        await asyncio.sleep(0.01)
    assert database.written.times > before
    assert database.written.by_all


async def test_what_another_writes_is_heard_in_time(database: Database, elsewhere: Database) -> None:
    async with database.listening():
        for number in range(3):
            before = await until_it_hears(database)
            await elsewhere.write(add_webinar, code=f"w{number}")
            await hears_of_it(database, before)


async def test_what_this_process_writes_counts_at_once(database: Database) -> None:
    async with database.listening():
        for _ in range(20):
            before = database.written.times
            await database.write(add_consortium if before == 0 else lambda session: None)
            assert database.written.times > before


async def test_who_listens_again_never_comes_to_a_number_that_was_there_before(
    database: Database, elsewhere: Database
) -> None:
    """What others wrote in between was not heard: what is remembered with an old number would be taken for true."""
    numbers = [database.written.times]
    for _ in range(3):
        async with database.listening():
            numbers.append(await until_it_hears(database))
            await elsewhere.write(add_webinar, code=f"w{len(numbers)}")
            await hears_of_it(database, numbers[-1])
            numbers.append(database.written.times)
        assert not database.written.by_all
        assert database.written.times >= numbers[-1]

    assert numbers == sorted(set(numbers))


async def test_who_does_not_listen_knows_of_their_own_only(database: Database, elsewhere: Database) -> None:
    await elsewhere.write(add_webinar)
    assert database.written == (0, False)
    await database.write(add_consortium)
    assert database.written == (1, False)


async def test_what_calendars_do_not_show_is_not_told(postgres_url: str) -> None:
    """Messages and taps: a calendar that is asked for during a broadcast is not looked at for each of them."""
    database, elsewhere = Database(postgres_url), Database(postgres_url)
    await elsewhere.write(add_people, 2)
    await elsewhere.write(add_webinar)
    async with database.listening():
        before = await until_it_hears(database)
        await elsewhere.write(add_delivery, 1, 1)
        await elsewhere.write(lambda session: session.connection().execute(text("UPDATE person SET name = 'Ana'")))
        await elsewhere.write(_beat)  # what is heard of this was sent after the others
        assert await until_it_hears(database) == before
        await elsewhere.write(lambda session: session.connection().execute(text("DELETE FROM follow")))
        await hears_of_it(database, before)
        before = database.written.times
        await elsewhere.write(lambda session: session.connection().execute(text("DELETE FROM role")))
        await hears_of_it(database, before)
    await database.close()
    await elsewhere.close()


def _beat(session: Session) -> None:
    session.connection().execute(text("SELECT pg_notify('convoke', 'beat of another')"))


def _hang_up(session: Session) -> None:
    """End the connection that listens."""
    session.connection().execute(
        text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND query LIKE ANY(ARRAY['%notify%', 'LISTEN%'])"
        )
    )


async def test_a_lost_connection_is_made_again_and_counts_as_something_heard(
    postgres_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    database, elsewhere = Database(postgres_url), Database(postgres_url)
    async with database.listening():
        before = await until_it_hears(database)
        await elsewhere.write(_hang_up)
        async with asyncio.timeout(20):
            while database.written.by_all:  # noqa: ASYNC110 -- no event tells of it
                await asyncio.sleep(0.01)
        assert await until_it_hears(database) > before
        before = database.written.times
        await elsewhere.write(add_consortium)
        await hears_of_it(database, before)
        before = database.written.times
        await elsewhere.write(lambda session: session.connection().execute(text("DELETE FROM role")))
        await hears_of_it(database, before)
    await database.close()
    await elsewhere.close()
    assert [message.partition(" (")[0] for message in caplog.messages] == ["not told of changes"]


async def test_a_file_that_is_locked_is_no_harm(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with database.listening():
        with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            before = await until_it_hears(database)
            other.execute("CREATE TABLE another (id INTEGER)")
            other.execute("COMMIT")
        await hears_of_it(database, before)
    await database.close()
    assert not database.written.by_all
