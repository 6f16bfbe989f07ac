"""Databases that serve one test after the other.

To empty one takes a few milliseconds, to copy one on PostgreSQL two hundred.
"""

import asyncio
import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import psycopg
from sqlalchemy import URL, make_url

from storage import Database, Session
from storage.tables import Table
from tests import postgres

TIMES = 100
"""What was deleted still lies about in a PostgreSQL table, so this often, and then another one."""

_EMPTY = ";".join(str(table.delete()) for table in reversed(Table.metadata.sorted_tables))
_SEND_AWAY = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""
# How many rows each part has, and the newest of them. The newest schema holds one row of its own.
_CATALOG = """
SELECT (SELECT (count(*), max(xmin::text::bigint)) FROM pg_class),
       (SELECT (count(*), max(xmin::text::bigint)) FROM pg_attribute),
       (SELECT (count(*), max(xmin::text::bigint)) FROM pg_attrdef),
       (SELECT (count(*), max(xmin::text::bigint)) FROM pg_constraint),
       (SELECT (count(*), max(xmin::text::bigint)) FROM pg_index),
       (SELECT (count(*), max(xmin::text::bigint)) FROM pg_trigger),
       (SELECT (count(*), max(xmin::text::bigint)) FROM pg_proc),
       (SELECT (count(*), max(xmin::text::bigint)) FROM alembic_version)
"""
_COUNT_FROM_ONE = "SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence"


class Ground(Protocol):
    url: str

    def emptied(self) -> bool:
        """Whether it is as it was copied again. False where it cannot be, as somebody changed its tables."""


class Reused:
    """One database of a kind, emptied for each test and copied anew where that is not enough."""

    def __init__(self, copied: Callable[[], AbstractContextManager[Ground]]) -> None:
        self._copied = copied
        self._stack = ExitStack()
        self._left = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()

    def fresh(self) -> str:
        """The URL of a database that is as the template is. Nothing of the test before is still going on in it."""
        if not self._left or not self._ground.emptied():
            self._stack.close()
            self._ground = self._stack.enter_context(self._copied())
            self._database: Database | None = None
            self._left = TIMES
        self._left -= 1
        return self._ground.url

    def database(self) -> Database:
        """Open on it, and kept open: to compile every statement again takes longer than most tests."""
        if self._database is None:
            self._database = Database(self._ground.url)
            self._stack.callback(_close, self._database)
        return self._database

    async def settle(self) -> None:
        """Wait for what was written without waiting. A database that a test has closed serves no other."""
        left, self._left = self._left, 0
        with contextlib.suppress(RuntimeError):  # it is closed
            await self.database().write(_nothing)
            self._left = left


def _nothing(_session: Session) -> None:
    return


def _close(database: Database) -> None:
    """In a thread of its own: the loop of this one may be running."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, database.close()).result()


class _Sqlite:
    def __init__(self, url: str, connection: sqlite3.Connection) -> None:
        self.url, self._connection = url, connection
        connection.execute("PRAGMA synchronous = OFF")
        self._schema = self._version()

    def emptied(self) -> bool:
        try:
            if self._version() != self._schema:
                return False
            self._connection.executescript(f"BEGIN IMMEDIATE; {_EMPTY}; COMMIT")
        except sqlite3.Error:
            return False
        return True

    def _version(self) -> object:
        """Counted up by SQLite with each change of the schema."""
        return self._connection.execute("PRAGMA schema_version").fetchone()


@contextmanager
def sqlite_copy(template: Path, folder: Path) -> Iterator[Ground]:
    file = shutil.copy(template, folder)
    with closing(sqlite3.connect(file, timeout=1)) as connection:
        yield _Sqlite(f"sqlite:///{file}", connection)


class _Postgres:
    def __init__(self, url: str, connection: psycopg.Connection) -> None:
        self.url, self._connection = url, connection
        with contextlib.suppress(psycopg.errors.InsufficientPrivilege):  # then it is only slower
            connection.execute("SET session_replication_role = replica")  # each row would be looked for in all tables
        self._schema = self._version()

    def emptied(self) -> bool:
        try:
            self._connection.execute(_SEND_AWAY)
            if self._version() != self._schema:
                return False
            self._connection.execute(_EMPTY)
            self._connection.execute(_COUNT_FROM_ONE)
        except psycopg.Error:
            return False
        return True

    def _version(self) -> object:
        """Another one after each change of the schema."""
        return self._connection.execute(_CATALOG).fetchone()


@contextmanager
def postgres_copy(server: URL, template: str) -> Iterator[Ground]:
    with postgres.database(server, template=template) as url:
        address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True, options="-c lock_timeout=5000") as connection:
            yield _Postgres(url, connection)
