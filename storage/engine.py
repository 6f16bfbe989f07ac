"""Engines with the settings that keep their promises on each database."""

import contextlib
import sqlite3
import time
from pathlib import Path
from threading import Event
from typing import Any, Literal

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.exc import OperationalError

from storage.errors import DamagedDatabaseError

Purpose = Literal["write", "read", "migrate"]

_BUSY_TIMEOUT_MS = 5_000
"""How long others may keep us from writing before whoever asked is told."""

_MIGRATION_TIMEOUT_MS = 60_000
SILENT_HOST = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""libpq's own parameters. A host that says nothing any more is given up after about ten seconds: by itself TCP takes a
quarter of an hour, in which nobody would be told anything."""

_LOOK_UP_MS = 100
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def open_engine(url: str, purpose: Purpose, *, connections: int, hurry: Event | None = None) -> Engine:
    """An engine for one purpose. The values of a statement are in none of its errors: they may be somebody's data.

    On SQLite "write" and "migrate" begin with the write lock (a deferred transaction that reads first can oversell
    seats), "read" may not write at all. "migrate" has foreign keys off: with them on, rebuilding a parent table
    deletes its children. Once `hurry` is set nobody waits for the write lock any more.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed, purpose, connections, hurry or Event())
    return _open_postgres(parsed, purpose, connections)


def in_use(engine: Engine) -> set[Any]:
    """The driver's connections that somebody works with: the set follows."""
    found: set[Any] = set()
    event.listen(engine, "checkout", lambda connection, _record, _proxy: found.add(connection))
    event.listen(engine, "checkin", lambda connection, _record: found.discard(connection))
    return found


def _open_postgres(url: URL, purpose: Purpose, connections: int) -> Engine:
    """What changes the schema waits for whoever holds a lock, everything else only for a while.

    What the address itself says of time-outs counts before ours.
    """
    engine = create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_pre_ping=True,
        pool_use_lifo=True,  # a few connections that know our statements, instead of all of them in turn
        hide_parameters=True,
        connect_args={name: value for name, value in SILENT_HOST.items() if name not in url.query},
    )
    event.listen(engine, "handle_error", _leave_out_details)
    if purpose != "migrate":

        @event.listens_for(engine, "connect")
        def configure(connection: DBAPIConnection, _record: Any) -> None:
            with contextlib.closing(connection.cursor()) as cursor:
                cursor.execute(f"SET lock_timeout = {_BUSY_TIMEOUT_MS}")
            connection.commit()

    return engine


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite database; nothing for another kind, or one in memory."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def _leave_out_details(context: ExceptionContext) -> None:
    """PostgreSQL says in a line of its own which value was there already."""
    error, text = context.original_exception, str(context.original_exception)
    said = text.partition("\n")[0]
    error.args = (said,)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = (str(context.sqlalchemy_exception.args[0]).replace(text, said),)


def _open_sqlite(url: URL, purpose: Purpose, connections: int, hurry: Event) -> Engine:
    if url.database:
        with contextlib.suppress(OSError):  # connecting will say it better
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    busy = _MIGRATION_TIMEOUT_MS if purpose == "migrate" else _BUSY_TIMEOUT_MS
    engine = create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": busy / 1000},
    )

    event.listen(engine, "handle_error", _tell_damage)

    @event.listens_for(engine, "connect")
    def configure(connection: DBAPIConnection, _record: Any) -> None:
        assert isinstance(connection, sqlite3.Connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA foreign_keys = {'OFF' if purpose == 'migrate' else 'ON'}")
        if purpose == "read":
            connection.execute("PRAGMA query_only = ON")
        if purpose == "write":
            connection.execute(f"PRAGMA busy_timeout = {min(busy, _LOOK_UP_MS)}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if purpose == "write":
            _begin_to_write(connection, time.monotonic() + busy / 1000, hurry)
        else:
            connection.exec_driver_sql("BEGIN" if purpose == "read" else "BEGIN IMMEDIATE")

    return engine


def _tell_damage(context: ExceptionContext) -> None:
    error = context.original_exception
    if isinstance(error, sqlite3.Error) and error.sqlite_errorcode & 0xFF in _DAMAGED:
        raise DamagedDatabaseError(str(error)) from error


def _begin_to_write(connection: Connection, until: float, hurry: Event) -> None:
    """SQLite itself waits for the lock in one piece, out of which nothing can call it."""
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as error:
            if not _is_locked(error) or hurry.is_set() or time.monotonic() >= until:
                raise
        else:
            return


def _is_locked(error: OperationalError) -> bool:
    return isinstance(error.orig, sqlite3.Error) and error.orig.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
