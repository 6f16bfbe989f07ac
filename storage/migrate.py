"""Brings a database to the schema of this version, or refuses one that is newer."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.engine import open_engine
from storage.errors import BrokenReferencesError, DatabaseTooNewError

_SCRIPTS = Path(__file__).parent / "migrations"
_ADVISORY_LOCK = 0x436F6E76  # any number that stays the same; "Conv" in ASCII


def migrate(url: str) -> None:
    """Migrate to this version's schema in one transaction: a crash in the middle leaves the old schema.

    Processes that start together on PostgreSQL wait for each other.
    """
    engine = open_engine(url, "migrate", connections=1)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ADVISORY_LOCK})
            _upgrade(connection)
    finally:
        engine.dispose()


def is_current(connection: Connection) -> bool:
    """Whether the database has exactly this version's schema."""
    return MigrationContext.configure(connection).get_current_revision() == _scripts().get_current_head()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(_SCRIPTS)


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    scripts = _scripts()
    current = MigrationContext.configure(connection).get_current_revision()
    if current == scripts.get_current_head():
        return
    known = {script.revision for script in scripts.walk_revisions()}
    if current is not None and current not in known:
        raise DatabaseTooNewError(current)
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise BrokenReferencesError
