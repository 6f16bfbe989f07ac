"""A database that served another test is as good as a new one."""

import asyncio
import threading
from contextlib import closing
from sqlite3 import connect

import psycopg
import pytest
from sqlalchemy import URL, make_url

from storage import Person, Session, Webinar
from tests.factories import add_people, add_webinar, rows
from tests.reuse import Reused


def fill(session: Session) -> list[int]:
    """Returns the numbers that the rows were given."""
    add_people(session, 3)
    add_webinar(session)
    return [row.id for row in (*rows(session, Person), *rows(session, Webinar))]


def rename(session: Session) -> None:
    session.connection().exec_driver_sql("ALTER TABLE webinar RENAME TO lost")


async def test_nothing_is_left_and_numbers_begin_again(reused: Reused) -> None:
    first = reused.fresh()
    before = await reused.database().write(fill)

    assert reused.fresh() == first
    assert await reused.database().read(rows, Person) == []
    assert await reused.database().write(fill) == before == [1, 2, 3, 1]


async def test_a_changed_schema_costs_another(reused: Reused) -> None:
    first = reused.fresh()
    await reused.database().write(rename)

    assert reused.fresh() != first
    assert await reused.database().write(fill) == [1, 2, 3, 1]


async def test_a_database_that_was_closed_serves_no_other(reused: Reused) -> None:
    first = reused.fresh()
    await reused.database().close()

    await reused.settle()

    assert reused.fresh() != first
    assert await reused.database().read(rows, Person) == []


async def test_what_was_begun_is_ended_on_postgresql(reused_postgres: Reused) -> None:
    url = reused_postgres.fresh()
    with psycopg.connect(_address(make_url(url))) as other:
        other.execute("LOCK TABLE person")

        assert reused_postgres.fresh() == url
        with pytest.raises(psycopg.OperationalError):
            other.execute("SELECT 1")


async def test_where_somebody_writes_another_is_taken_on_sqlite(reused_sqlite: Reused) -> None:
    url = reused_sqlite.fresh()
    with closing(connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        assert reused_sqlite.fresh() != url


async def test_what_nobody_waits_for_any_more_ends_before_the_next(reused_sqlite: Reused) -> None:
    reused_sqlite.fresh()
    begun, go_on = threading.Event(), threading.Event()

    def fill_slowly(session: Session) -> None:
        begun.set()
        assert go_on.wait(10)
        fill(session)

    caller = asyncio.create_task(reused_sqlite.database().write(fill_slowly))
    assert await asyncio.to_thread(begun.wait, 10)
    caller.cancel()
    go_on.set()
    await reused_sqlite.settle()

    assert len(await reused_sqlite.database().read(rows, Person)) == 3


def _address(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
