"""The index that the library is searched with: FTS5 on SQLite, a GIN index of tsvectors on PostgreSQL.

Both look into `library_entry.stems` and follow it by themselves. Neither can be said with tables and columns, so
nothing here is part of the metadata: everything has a name that begins with `library_search`.
"""

from sqlalchemy import DDL, event
from sqlalchemy.schema import ExecutableDDLElement

from storage.tables.base import Table
from storage.tables.library import LibraryEntry

_PREFIX = "library_search"

SQLITE = (
    """
    CREATE VIRTUAL TABLE library_search
    USING fts5(stems, content='library_entry', content_rowid='id', tokenize='unicode61')
    """,
    """
    CREATE TRIGGER library_search_insert AFTER INSERT ON library_entry BEGIN
        INSERT INTO library_search(rowid, stems) VALUES (new.id, new.stems);
    END
    """,
    """
    CREATE TRIGGER library_search_delete AFTER DELETE ON library_entry BEGIN
        INSERT INTO library_search(library_search, rowid, stems) VALUES ('delete', old.id, old.stems);
    END
    """,
    """
    CREATE TRIGGER library_search_update AFTER UPDATE OF stems ON library_entry BEGIN
        INSERT INTO library_search(library_search, rowid, stems) VALUES ('delete', old.id, old.stems);
        INSERT INTO library_search(rowid, stems) VALUES (new.id, new.stems);
    END
    """,
)
POSTGRESQL = ("CREATE INDEX library_search ON library_entry USING gin (to_tsvector('simple', stems))",)


def is_search(name: str | None) -> bool:
    """Whether a table or an index belongs to it."""
    return (name or "").startswith(_PREFIX)


def _ddl(statement: str, dialect: str) -> ExecutableDDLElement:
    ddl: ExecutableDDLElement = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy has not typed it
    return ddl.execute_if(dialect=dialect)


def _listen() -> None:
    entries = Table.metadata.tables[LibraryEntry.__tablename__]
    for dialect, statements in (("sqlite", SQLITE), ("postgresql", POSTGRESQL)):
        for statement in statements:
            event.listen(entries, "after_create", _ddl(statement, dialect))
    event.listen(entries, "before_drop", _ddl("DROP TABLE IF EXISTS library_search", "sqlite"))


_listen()
