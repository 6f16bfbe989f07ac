"""What storage refuses, and what stands in its way."""

from sqlalchemy.exc import OperationalError as DatabaseUnavailableError

__all__ = [
    "BackupExistsError",
    "BrokenReferencesError",
    "ConvokeError",
    "CopyDiffersError",
    "DamagedDatabaseError",
    "DatabaseTooNewError",
    "DatabaseUnavailableError",
    "NoDatabaseError",
    "NotMigratedError",
    "NotSqliteError",
    "TargetNotEmptyError",
    "reason_of",
]


def reason_of(error: DatabaseUnavailableError) -> str:
    """The database's own words in one line, without the statement and its values."""
    return str(error.orig).partition("\n")[0]


class ConvokeError(Exception):
    """The root of everything Convoke refuses on purpose."""


class DatabaseTooNewError(ConvokeError):
    """The database was migrated by a newer version, whose schema this one does not know."""


class BrokenReferencesError(ConvokeError):
    """A migration left rows that point to nothing; it was rolled back."""


class NotSqliteError(ConvokeError):
    """Only a SQLite database is backed up by us; PostgreSQL has its own tools."""


class NoDatabaseError(ConvokeError):
    """There is no such database file."""


class BackupExistsError(ConvokeError):
    """A backup never takes the place of another file."""


class DamagedDatabaseError(ConvokeError):
    """A SQLite database, or a copy of it, is not whole; in SQLite's own words."""


class NotMigratedError(ConvokeError):
    """The database does not have this version's schema."""


class TargetNotEmptyError(ConvokeError):
    """The database to copy to holds something already: the names of its tables."""


class CopyDiffersError(ConvokeError):
    """A table has not as many rows after copying as before; nothing was kept."""
