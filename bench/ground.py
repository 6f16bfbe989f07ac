"""What benchmarks stand on: a folder, databases that keep what they were given, and the machine in a few words."""

import os
import platform
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psycopg
from sqlalchemy import URL

from storage import migrate
from tests import postgres

SQLITE, POSTGRES = "SQLite", "PostgreSQL"
_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
_RELOAD_S = 5


@dataclass(frozen=True, slots=True)
class Ground:
    """`postgres` is the server's own database; nothing where PostgreSQL is not installed."""

    folder: Path
    postgres: URL | None

    @contextmanager
    def databases(self) -> Iterator[dict[str, str]]:
        """The URL of a new, migrated database of each kind there is."""
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(dir=self.folder))
            urls = {SQLITE: f"sqlite:///{folder}/convoke.db"}
            if self.postgres:
                urls[POSTGRES] = stack.enter_context(postgres.database(self.postgres))
            for url in urls.values():
                migrate(url)
            yield urls


@contextmanager
def ground() -> Iterator[Ground]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="convoke-bench-")))
        server = stack.enter_context(postgres.server()) if postgres.installed() else None
        if server:
            _make_durable(server)
        yield Ground(folder, server)


def machine(on: Ground) -> str:
    """Never its name: figures are compared within one run only."""
    packages = ("sqlalchemy", "python-telegram-bot", "icalendar", "uvicorn", "uvloop")
    lines = [
        f"{os.cpu_count()} cores ({platform.system()} {platform.machine()}), Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version} (WAL, synchronous=FULL)",
        f"PostgreSQL {_version(on.postgres)} (fsync on)"
        if on.postgres
        else "no PostgreSQL here: its rows are left out",
        ", ".join(f"{name} {version(name)}" for name in packages),
    ]
    return "\n".join(lines)


def _make_durable(server: URL) -> None:
    """The server of the tests may forget what it committed; one that is measured may not."""
    with _connect(server) as connection:
        for name, value in _DURABLE.items():
            connection.execute(f"ALTER SYSTEM SET {name} = {value}".encode())
        connection.execute("SELECT pg_reload_conf()")
        end = time.monotonic() + _RELOAD_S
        while not _is_durable(connection):
            if time.monotonic() > end:
                raise TimeoutError("PostgreSQL has not taken the settings of this benchmark")


def _is_durable(connection: "psycopg.Connection[tuple[str]]") -> bool:
    rows = connection.execute("SELECT setting FROM pg_settings WHERE name = ANY(%s)", [list(_DURABLE)])
    return {setting for (setting,) in rows} == {"on"}


def _version(server: URL) -> str:
    with _connect(server) as connection:
        return connection.info.parameter_status("server_version") or "of an unknown version"


def _connect(server: URL) -> "psycopg.Connection[tuple[str]]":
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(address, autocommit=True)
