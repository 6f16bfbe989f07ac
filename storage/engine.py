"""Engines with the settings that keep their promises on each database."""

import contextlib
import sqlite3
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection

Purpose = Literal["write", "read", "migrate"]

_BUSY_TIMEOUT_MS = 5_000
_MIGRATION_TIMEOUT_MS = 60_000


def open_engine(url: str, purpose: Purpose, *, connections: int) -> Engine:
    """An engine for one purpose. The values of a statement are in none of its errors: they may be somebody's data.

    On SQLite "write" and "migrate" begin with the write lock (a deferred transaction that reads first can oversell
    seats), "read" may not write at all. "migrate" has foreign keys off: with them on, rebuilding a parent table
    deletes its children.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed, purpose, connections)
    return create_engine(parsed, pool_size=connections, max_overflow=0, pool_pre_ping=True, hide_parameters=True)


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite database; nothing for another kind, or one in memory."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def _open_sqlite(url: URL, purpose: Purpose, connections: int) -> Engine:
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

    @event.listens_for(engine, "connect")
    def configure(connection: DBAPIConnection, _record: Any) -> None:
        assert isinstance(connection, sqlite3.Connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA foreign_keys = {'OFF' if purpose == 'migrate' else 'ON'}")
        if purpose == "read":
            connection.execute("PRAGMA query_only = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if purpose == "read" else "BEGIN IMMEDIATE")

    return engine
