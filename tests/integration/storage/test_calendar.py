"""What is asked for after every write, of all webinars there are."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from storage import Database, Session, calendar, outlines
from storage.calendar import Window
from tests.factories import NOW

SHOWN = Window(NOW - timedelta(days=90), NOW + timedelta(days=548), NOW - timedelta(days=7))


def plan(session: Session, query: Callable[[Session], object]) -> str:
    """How SQLite does it."""
    statements: list[tuple[str, Any]] = []

    def listen(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        statements.append((statement, parameters))

    event.listen(session.get_bind(), "before_cursor_execute", listen)
    query(session)
    event.remove(session.get_bind(), "before_cursor_execute", listen)
    statement, parameters = statements[-1]
    rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    return "\n".join(row.detail for row in rows)


@pytest.mark.parametrize(
    "query",
    [
        calendar.stamp,
        lambda session: calendar.shown(session, SHOWN),
        lambda session: outlines.versions(session, NOW),
    ],
)
async def test_an_index_has_all_of_it_in_order(sqlite_url: str, query: Callable[[Session], object]) -> None:
    """The table has the texts, too: to read and to sort thousands of its rows would be most of what a change costs."""
    database = Database(sqlite_url)
    try:
        found = await database.read(plan, query)
    finally:
        await database.close()

    assert "USING COVERING INDEX ix_webinar_shown" in found
    assert "ORDER BY" not in found
