"""A hundred thousand people and a million messages: what must stay flat."""

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from sqlmodel import Session

from bench import scenery
from bench.ground import Ground
from bench.table import Table
from bench.timing import figure, percentile, timed
from domain import outbox, reminding
from domain.content import Content
from domain.outbox import Outcome, Sent
from domain.planning import Priority
from domain.sharing import Stale
from domain.usual import Usual
from jobs.delivery import Postman
from storage import Database, DeliveryKind, audiences, deliveries
from tests.factories import INTERVAL

_PEOPLE, _PENDING, _CLAIMS, _LIMIT = 100_000, 1_000_000, 40, 30
_LOOKS = (5_000, 20_000, 50_000, 100_000)
_LEAD = timedelta(hours=24)
_MIB = 1024 * 1024


async def run(ground: Ground) -> AsyncIterator[Table]:
    rows = []
    with ground.databases() as databases:
        for kind, url in databases.items():
            async with scenery.opened(url) as database:
                rows.append((kind, *await _many(database)))
    yield Table(
        title=f"{_PEOPLE:,} people",
        head=("", "planning one reminder each, s", f"claim p50 ms among {_PENDING:,}", "p95 ms"),
        rows=tuple(rows),
    )


async def endurance(ground: Ground) -> AsyncIterator[Table]:
    """Only when it is asked for: it takes several minutes."""
    with ground.databases() as databases:
        (kind, url), *_ = databases.items()
        async with scenery.opened(url) as database:
            sizes = await _send_all(database)
    yield Table(
        title=f"Memory of the process while it sends without pacing ({kind})",
        head=("messages sent", "MiB"),
        rows=tuple((f"{number:,}", figure(size)) for number, size in sizes),
    )


async def _many(database: Database) -> tuple[str, str, str]:
    now = datetime.now(UTC)
    await database.write(_add_everybody, now)
    planning = await timed(database.write(reminding.plan_reminders, [_LEAD], interval=INTERVAL, now=now))
    await database.write(_fill, now)
    claims = [1_000 * await timed(database.write(outbox.claim, "bench", limit=_LIMIT, now=now)) for _ in range(_CLAIMS)]
    return figure(planning), figure(percentile(claims, 50)), figure(percentile(claims, 95))


def _add_everybody(session: Session, now: datetime) -> None:
    scenery.add_people(session, _PEOPLE, now)
    webinar = scenery.add_webinar(session, "all", starts_at=now + _LEAD)
    scenery.register_all(session, [webinar.id], now - timedelta(days=2), people=_PEOPLE)


def _fill(session: Session, now: datetime) -> None:
    """So many more pending messages that there are a million."""
    for part in range(1, _PENDING // _PEOPLE):
        plan = deliveries.Plan(
            kind=DeliveryKind.RESTORED,
            webinar_id=1,
            about={},
            key=f"restored:{part}",
            due_at=now,
            expires_at=now + _LEAD,
            priority=Priority.CHANGE,
        )
        deliveries.plan_for(session, plan, audiences.registrants(1, settled_by=now), now)


class _Void:
    """Takes every message at once and says so when enough have come."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.sizes: list[tuple[int, float]] = []
        self.ended = asyncio.Event()

    async def send(self, chat_id: int, language: str, content: Content) -> Outcome:
        number = next(self._numbers)
        if number in _LOOKS:
            self.sizes.append((number, _resident()))
        if number == _LOOKS[-1]:
            self.ended.set()
        return Sent(number)

    async def refresh(self, shared: Stale) -> Outcome:
        return Sent(0)


async def _send_all(database: Database) -> list[tuple[int, float]]:
    now = datetime.now(UTC)
    await database.write(_add_everybody, now)
    await database.write(reminding.plan_reminders, [_LEAD], interval=INTERVAL, now=now)
    void = _Void()
    lane = Postman(
        database,
        void,
        Usual((_LEAD,), "Europe/Brussels"),
        messages_per_second=1_000_000,
        workers=8,
        now=lambda: datetime.now(UTC),
    )
    run = asyncio.create_task(lane.run())
    lane.wake()
    await void.ended.wait()
    lane.stop()
    await run
    return void.sizes


def _resident() -> float:
    """MiB in memory; nan where the system does not tell (no Linux)."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except FileNotFoundError:
        return float("nan")
    return pages * os.sysconf("SC_PAGE_SIZE") / _MIB
