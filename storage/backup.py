"""A copy of a live SQLite database, whole and checked before it gets its name."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.engine import sqlite_file
from storage.errors import BackupExistsError, DamagedDatabaseError, NoDatabaseError, NotSqliteError


def back_up(url: str, file: Path) -> int:
    """Copy the database of `url` to a new file that only its owner may read. Returns its size in bytes.

    Readers and writers go on meanwhile; what they commit after the start is not in it. A copy that fails leaves
    nothing behind. Raises OSError where the file cannot be written.
    """
    database = sqlite_file(url)
    if database is None:
        raise NotSqliteError
    if not database.exists():
        raise NoDatabaseError(str(database))
    if file.exists():
        raise BackupExistsError(str(file))
    unfinished = file.with_name(f".{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        _copy(database, unfinished)
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return file.stat().st_size


def _copy(database: Path, target: Path) -> None:
    source = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
    with closing(source), closing(sqlite3.connect(target)) as copy:
        try:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, that stands for itself
            found = copy.execute("PRAGMA integrity_check").fetchone()
        except sqlite3.DatabaseError as error:
            raise DamagedDatabaseError(str(error)) from error
        if found != ("ok",):
            raise DamagedDatabaseError(found[0])
    with target.open("rb") as written:
        os.fsync(written.fileno())
