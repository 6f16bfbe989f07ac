import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Inspector, create_engine, inspect, text

from storage import BrokenReferencesError, DatabaseTooNewError, migrate
from storage.tables import Table, is_search

# A process that dies in the middle of the migration, as by kill -9, when the table named here is about to be made.
KILLED = """
import os, signal, sys
from sqlalchemy import Engine, event
from storage import migrate

@event.listens_for(Engine, "before_cursor_execute")
def die(connection, cursor, statement, *_):
    if statement.strip().startswith("CREATE TABLE delivery"):
        os.kill(os.getpid(), signal.SIGKILL)

migrate(sys.argv[1])
"""

COMPARED = {
    "compare_type": True,
    "compare_server_default": True,
    "include_name": lambda name, _kind, _parents: not is_search(name),
}

WEBINAR = """
INSERT INTO webinar (id, code, uid, title, description, status, local_start, timezone, starts_at, ends_at,
    duration_minutes, language, circle, join_url, cancel_reason, sequence, last_modified, created_at)
VALUES (1, 'w', 'w', 'Past', '', 'published', '2027-01-20 10:00', 'UTC', '2027-01-20 10:00', '2027-01-20 11:00',
    60, 'en', 'everybody', 'https://meet.example.org', '', 1, '2027-01-01 10:00', '2027-01-01 10:00')
"""
NOTICE = """
INSERT INTO notice (webinar_id, kind, first_sequence, last_sequence, notify_at, parts_left, created_at)
VALUES (1, '{kind}', 1, 1, '2027-01-01 10:00', FALSE, '2027-01-01 10:00')
"""


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def tables(url: str) -> set[str]:
    with connected(url) as connection:
        return {name for name in inspect(connection).get_table_names() if not is_search(name)}


def described(inspector: Inspector, table: str) -> dict[str, list[str]]:
    """Everything the database knows of a table, in an order that does not depend on how it was made."""
    facts = {
        "columns": [{**column, "type": str(column["type"])} for column in inspector.get_columns(table)],
        "primary key": [inspector.get_pk_constraint(table)],
        "foreign keys": inspector.get_foreign_keys(table),
        "unique": inspector.get_unique_constraints(table),
        "checks": inspector.get_check_constraints(table),
        "indexes": [
            {**index, "dialect_options": {key: str(value) for key, value in index.get("dialect_options", {}).items()}}
            for index in inspector.get_indexes(table)
        ],
    }
    return {kind: sorted(map(repr, found)) for kind, found in facts.items()}


def schema(connection: Connection) -> dict[str, dict[str, list[str]]]:
    inspector = inspect(connection)
    return {table: described(inspector, table) for table in inspector.get_table_names() if table != "alembic_version"}


def test_an_empty_database_gets_every_table(empty_database_url: str) -> None:
    migrate(empty_database_url)

    assert tables(empty_database_url) == {"alembic_version", *Table.metadata.tables}


def test_models_and_migrations_agree(database_url: str) -> None:
    with connected(database_url) as connection:
        context = MigrationContext.configure(connection, opts=COMPARED)
        assert compare_metadata(context, Table.metadata) == []


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_migrations_make_exactly_what_the_models_would(request: pytest.FixtureRequest, kind: str) -> None:
    """Checks and the conditions of partial indexes too, which the comparison above leaves out."""
    with connected(request.getfixturevalue(f"empty_{kind}_url")) as connection:
        Table.metadata.create_all(connection)
        modelled = schema(connection)

    with connected(request.getfixturevalue(f"{kind}_url")) as connection:
        assert schema(connection) == modelled


def test_migrating_again_changes_nothing(database_url: str) -> None:
    with connected(database_url) as connection:
        connection.execute(text("INSERT INTO setting (key, value) VALUES ('a', '1')"))
        before = schema(connection)

    migrate(database_url)

    with connected(database_url) as connection:
        assert schema(connection) == before
        assert connection.execute(text("SELECT value FROM setting")).scalars().all() == ["1"]


def test_a_newer_database_is_refused_and_left_alone(empty_database_url: str) -> None:
    migrate(empty_database_url)
    with connected(empty_database_url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(DatabaseTooNewError, match="9999"):
        migrate(empty_database_url)

    with connected(empty_database_url) as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == ["9999"]


def test_a_migration_that_fails_in_the_middle_leaves_the_old_schema(empty_database_url: str) -> None:
    """One of the last tables is there already, so its CREATE TABLE fails after many others."""
    with connected(empty_database_url) as connection:
        connection.execute(text("CREATE TABLE webinar_topic (id INTEGER)"))

    with pytest.raises(Exception, match="webinar_topic"):
        migrate(empty_database_url)

    assert tables(empty_database_url) == {"webinar_topic"}


def test_a_migration_that_leaves_broken_references_is_undone(empty_sqlite_url: str) -> None:
    """SQLite checks no reference while it migrates, so they are checked at the end."""
    with connected(empty_sqlite_url) as connection:
        connection.execute(text("CREATE TABLE parent (id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE child (parent_id INTEGER REFERENCES parent)"))
        connection.execute(text("INSERT INTO child VALUES (7)"))

    with pytest.raises(BrokenReferencesError):
        migrate(empty_sqlite_url)

    assert tables(empty_sqlite_url) == {"parent", "child"}


def test_a_migration_killed_in_the_middle_leaves_the_old_schema_and_can_be_repeated(empty_database_url: str) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, empty_database_url], check=False, timeout=60)
    left = tables(empty_database_url)
    migrate(empty_database_url)

    assert (killed.returncode, left) == (-signal.SIGKILL, set())
    assert tables(empty_database_url) == {"alembic_version", *Table.metadata.tables}


def test_processes_that_start_together_migrate_once(empty_database_url: str) -> None:
    with ThreadPoolExecutor(4) as processes:
        assert list(processes.map(migrate, [empty_database_url] * 4)) == [None] * 4

    assert tables(empty_database_url) == {"alembic_version", *Table.metadata.tables}


def test_the_file_of_a_new_sqlite_database_is_made_with_its_folder(tmp_path: os.PathLike[str]) -> None:
    url = f"sqlite:///{os.fspath(tmp_path)}/var/convoke.db"

    migrate(url)

    assert "webinar" in tables(url)


def walk(url: str, revision: str) -> None:
    """Bring a database to an older schema, or a newer one."""
    config = Config()
    config.set_main_option("script_location", "storage/migrations")
    with connected(url) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def test_what_only_the_newest_schema_knows_is_left_behind_on_the_way_back(database_url: str) -> None:
    with connected(database_url) as connection:
        newest = schema(connection)
        connection.execute(text(WEBINAR))
        for kind in ("changed", "moved"):
            connection.execute(text(NOTICE.format(kind=kind)))

    walk(database_url, "0002")
    with connected(database_url) as connection:
        assert connection.execute(text("SELECT kind FROM notice")).scalars().all() == ["moved"]
        assert "proposal" not in inspect(connection).get_table_names()

    migrate(database_url)
    with connected(database_url) as connection:
        assert schema(connection) == newest
        assert connection.execute(text("SELECT kind FROM notice")).scalars().all() == ["moved"]
