"""How the next messages are found."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import event

from storage import Database, Session, parcels
from tests.factories import NOW
from tests.outbox import add_many, six_registered

_MANY = 2_000


def _plan(session: Session) -> Sequence[str]:
    """How PostgreSQL takes thirty."""
    statements: list[tuple[str, Any]] = []

    def listen(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        statements.append((statement, parameters))

    event.listen(session.get_bind(), "before_cursor_execute", listen)
    taken, _ = parcels.claim(session, "worker", 30, lease_until=NOW + timedelta(minutes=1), now=NOW, reason="late")
    event.remove(session.get_bind(), "before_cursor_execute", listen)
    assert len(taken) == 30
    statement, parameters = statements[-1]
    return session.connection().exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars().all()


async def test_postgres_reads_them_in_order_even_before_it_has_counted_new_rows(postgres_url: str) -> None:
    """It would sort all that wait, and the longer they are the longer it would take."""
    database = Database(postgres_url)
    try:
        await database.write(lambda session: session.connection().exec_driver_sql(_NEVER_COUNT))
        await database.write(six_registered)
        await database.write(add_many, _MANY)

        plan = await database.read(_plan)
    finally:
        await database.close()

    assert any("Index Scan using ix_delivery_due" in line for line in plan)
    assert not any("Sort Key" in line for line in plan)


_NEVER_COUNT = "ALTER TABLE delivery SET (autovacuum_enabled = false)"
