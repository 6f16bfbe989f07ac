"""What those who run Convoke do to its database: a copy on the side, or everything to another one."""

from pathlib import Path

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from storage import (
    BackupExistsError,
    ConvokeError,
    CopyDiffersError,
    DamagedDatabaseError,
    NoDatabaseError,
    NotMigratedError,
    NotSqliteError,
    TargetNotEmptyError,
    back_up,
    copy_database,
)

_MIB = 1024 * 1024


class UpkeepError(ConvokeError):
    """Why it could not be done, in a sentence for those who run Convoke."""


def backup(url: str, file: Path) -> None:
    try:
        size = back_up(url, file)
    except NotSqliteError:
        raise UpkeepError("The database is PostgreSQL: use pg_dump, as docs/operations.md says.") from None
    except NoDatabaseError as error:
        raise UpkeepError(f"There is no database {error}. Check [storage] url.") from None
    except BackupExistsError as error:
        raise UpkeepError(f"{error} exists already. Choose another name: a backup never replaces a file.") from None
    except DamagedDatabaseError as error:
        raise UpkeepError(f"The database is damaged, so no backup was made: {error}. Keep the last good one.") from None
    except OSError as error:
        raise UpkeepError(f"The backup could not be written: {error.filename or file}: {error.strerror}.") from None
    typer.echo(f"{file}: {size / _MIB:.1f} MiB, checked.")


def move(source: str, target: str) -> None:
    columns = (TextColumn("{task.description:>16}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns) as bars:
        counts = _copied(source, target, bars)
    typer.echo(f"{sum(counts.values()):,} rows in {len(counts)} tables are there, counted on both sides.")


def _copied(source: str, target: str, bars: Progress) -> dict[str, int]:
    tasks: dict[str, TaskID] = {}

    def show(table: str, done: int, total: int) -> None:
        if table not in tasks:
            tasks[table] = bars.add_task(table, total=total)
        bars.update(tasks[table], completed=done)

    try:
        return copy_database(source, target, show)
    except NoDatabaseError as error:
        raise UpkeepError(f"There is no database {error}.") from None
    except NotMigratedError:
        raise UpkeepError("The first database has another version's schema. Run `convoke migrate` on it.") from None
    except TargetNotEmptyError as error:
        raise UpkeepError(f"The second database is not empty ({error}). Nothing was changed.") from None
    except CopyDiffersError as error:
        raise UpkeepError(f"Not every row of {error} arrived. Nothing was kept: stop Convoke and try again.") from None
