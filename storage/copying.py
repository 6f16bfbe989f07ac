"""Moves everything from one database to another, of the same or another kind."""

from collections.abc import Callable

from sqlalchemy import Column, Connection, Engine, LargeBinary, bindparam, func, insert, inspect, select, text, update
from sqlalchemy import Table as SqlTable

from storage.engine import open_engine, sqlite_file
from storage.errors import CopyDiffersError, NoDatabaseError, NotMigratedError, TargetNotEmptyError
from storage.migrate import is_current, migrate
from storage.tables import Table, is_search

_AT_ONCE = 2_000
_LARGE_AT_ONCE = 1  # files of up to 20 MB

Progress = Callable[[str, int, int], None]
"""Told the table, how many of its rows are there, and how many there will be."""


def copy_database(source_url: str, target_url: str, progress: Progress) -> dict[str, int]:
    """Copy every row, in one transaction on each side; returns how many each table has.

    The target must be empty: without tables, or with ours and no row in them. The source is only read. On any error
    the target stays without rows.
    """
    file = sqlite_file(source_url)
    if file and not file.exists():
        raise NoDatabaseError(str(file))
    source_engine = open_engine(source_url, "read", connections=1)
    target_engine = open_engine(target_url, "migrate", connections=1)
    try:
        _require_current(source_engine)
        _require_empty(target_engine)
        migrate(target_url)
        with source_engine.connect() as source, target_engine.begin() as target:
            if source.dialect.name == "postgresql":  # all tables as they were at one moment, as SQLite does anyway
                source = source.execution_options(isolation_level="REPEATABLE READ")  # noqa: PLW2901 -- the same
            counts = {table.name: _copy(table, source, target, progress) for table in Table.metadata.sorted_tables}
            _continue_numbering(target)
        return counts
    finally:
        source_engine.dispose()
        target_engine.dispose()


def _require_current(engine: Engine) -> None:
    with engine.connect() as connection:
        if not is_current(connection):
            raise NotMigratedError


def _require_empty(engine: Engine) -> None:
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
        found = {name for name in names if not is_search(name)} - {"alembic_version"}
        strange = found - Table.metadata.tables.keys()
        filled = {name for name in found - strange if _count(connection, Table.metadata.tables[name])}
    if strange or filled:
        raise TargetNotEmptyError(", ".join(sorted(strange | filled)))


def _copy(table: SqlTable, source: Connection, target: Connection, progress: Progress) -> int:
    """Rows that point at others of their own table are pointed there when all are there."""
    total, done = _count(source, table), 0
    inner = [key.parent for key in table.foreign_keys if key.column.table is table]
    progress(table.name, done, total)
    at_once = _LARGE_AT_ONCE if any(isinstance(column.type, LargeBinary) for column in table.columns) else _AT_ONCE
    rows = source.execute(select(table).order_by(*table.primary_key), execution_options={"yield_per": at_once})
    for part in rows.mappings().partitions(at_once):
        bare = dict.fromkeys([column.name for column in inner])
        target.execute(insert(table), [{**row, **bare} for row in part])
        done += len(part)
        progress(table.name, done, total)
    for column in inner:
        _point(table, column, source, target)
    if _count(target, table) != total or done != total:
        raise CopyDiffersError(table.name)
    return total


def _point(table: SqlTable, column: Column[int], source: Connection, target: Connection) -> None:
    (key,) = table.primary_key
    found = source.execute(select(key.label("row"), column.label("other")).where(column.is_not(None)))
    statement = update(table).where(key == bindparam("row")).values({column.name: bindparam("other")})
    for part in found.mappings().partitions(_AT_ONCE):
        target.execute(statement, [dict(row) for row in part])


def _count(connection: Connection, table: SqlTable) -> int:
    return connection.scalars(select(func.count()).select_from(table)).one()


def _continue_numbering(target: Connection) -> None:
    """PostgreSQL gives numbers from sequences, which know nothing of rows that brought their own."""
    if target.dialect.name != "postgresql":
        return
    for table in Table.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            highest = target.scalars(select(func.max(column))).one()
            sequence = text("SELECT setval(pg_get_serial_sequence(:table, :column), :next, false)")
            target.execute(sequence, {"table": f'"{table.name}"', "column": column.name, "next": (highest or 0) + 1})
