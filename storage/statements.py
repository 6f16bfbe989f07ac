"""Statements that both databases know but SQLAlchemy spells apart."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert
from sqlmodel import Session, SQLModel

_Upsert = sqlite.Insert | postgresql.Insert


def is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def insert(session: Session, table: type[SQLModel]) -> _Upsert:
    """An INSERT of this database's own kind, which knows ON CONFLICT and tells how many rows it added."""
    statement = sqlite.insert(table) if is_sqlite(session) else postgresql.insert(table)
    return statement.execution_options(preserve_rowcount=True)


def insert_once(session: Session, table: type[SQLModel], values: dict[str, Any]) -> bool:
    """Insert the row unless one with the same key is there. Tells whether it was inserted."""
    statement: Insert = insert(session, table).values(**values).on_conflict_do_nothing()
    return session.exec(statement).rowcount == 1
