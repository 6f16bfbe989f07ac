"""Two transactions that meet: the first pauses half-way until the second waits for it."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy import text

from storage import Database, Session

T = TypeVar("T")
Pause = Callable[[], None]

_PATIENCE_S = 10
_LOOKS = 10_000
_WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


async def cross(database: Database, first: Callable[[Session, Pause], None], second: Callable[[], Awaitable[T]]) -> T:
    """Run `first` until it pauses, begin `second`, and let both end. Returns what `second` found."""
    paused, go_on = threading.Event(), threading.Event()

    def pause() -> None:
        paused.set()
        assert go_on.wait(_PATIENCE_S)

    one = asyncio.create_task(database.write(first, pause))
    assert await asyncio.to_thread(paused.wait, _PATIENCE_S)
    two = asyncio.ensure_future(second())
    for _ in range(_LOOKS):
        if await database.read(_somebody_waits):
            break
    go_on.set()
    await one
    return await two


def _somebody_waits(session: Session) -> bool:
    """On SQLite whoever comes second waits for their turn outside, where nobody sees it."""
    if session.get_bind().dialect.name == "sqlite":
        return True
    return bool(session.connection().execute(_WAITING).scalar())
