"""A hundred thousand people and a million messages: what must stay flat, and whom it keeps waiting."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import count

from sqlmodel import Session

from bench import scenery
from bench.ground import Ground
from bench.processes import resident_mib
from bench.table import Table
from bench.timing import figure, percentile, timed
from domain import outbox, people, reminding
from domain.content import Content
from domain.outcomes import Outcome, Sent
from domain.people import Visitor
from domain.planning import Priority
from domain.sharing import Stale
from domain.usual import Usual
from jobs.delivery import Postman
from storage import Database, DeliveryKind, audiences, deliveries
from tests.factories import INTERVAL

_PEOPLE, _CLAIMS, _LIMIT = 100_000, 40, 30
_PENDING = (10_000, 100_000, 1_000_000)
_LOOKS = (5_000, 20_000, 50_000, 100_000)
_LEAD = timedelta(hours=24)


async def run(ground: Ground) -> AsyncIterator[Table]:
    planning, claiming = [], []
    with ground.databases() as databases:
        for kind, url in databases.items():
            async with scenery.opened(url) as database:
                planning.append((kind, *await _plan_for_all(database)))
                claiming += [(f"{kind}, {pending:,} pending", *row) for pending, row in await _claim_all(database)]
    yield Table(
        title=f"Planning a reminder for each of {_PEOPLE:,} people, while somebody taps",
        head=("", "seconds", "planned again, s", "a tap p50 ms", "meanwhile p50", "the longest"),
        rows=tuple(planning),
    )
    yield Table(
        title=f"Taking {_LIMIT} messages out of a queue, {_CLAIMS} times",
        head=("", "p50 ms", "p95 ms", "p50 x bare commit"),
        rows=tuple(claiming),
    )


async def endurance(ground: Ground) -> AsyncIterator[Table]:
    """Only when it is asked for: it takes several minutes."""
    with ground.databases() as databases:
        for kind, url in databases.items():
            async with scenery.opened(url) as database:
                sizes = await _send_all(database)
            yield Table(
                title=f"Memory of the process while it sends without pacing ({kind})",
                head=("messages sent", "MiB"),
                rows=tuple((f"{number:,}", figure(size)) for number, size in sizes),
            )


async def _plan_for_all(database: Database) -> tuple[str, ...]:
    now = datetime.now(UTC)
    await database.write(_add_everybody, now)
    quiet = [await _tap(database, number) for number in range(_CLAIMS)]
    planning = asyncio.create_task(timed(_plan(database, now)))
    busy: list[float] = []
    while not planning.done():
        busy.append(await _tap(database, len(quiet) + len(busy)))
    again = await timed(_plan(database, now))
    taps = (percentile(quiet, 50), percentile(busy, 50), max(busy))
    return figure(await planning), figure(again), *(figure(1_000 * seconds) for seconds in taps)


async def _plan(database: Database, now: datetime) -> None:
    """As the clock does: a part at a time, until there is nothing left to plan."""
    while await database.read(reminding.fall_due, [_LEAD], interval=INTERVAL, now=now):
        await database.write(reminding.plan_reminders, [_LEAD], interval=INTERVAL, now=now)


async def _tap(database: Database, number: int) -> float:
    """How long what every tap begins with takes."""
    visitor, now = Visitor(scenery.FIRST_PERSON, "Company 0"), datetime.now(UTC)
    return await timed(database.write(people.arrive, visitor, language="en", bot_id=1, update_id=number, now=now))


async def _claim_all(database: Database) -> list[tuple[int, tuple[str, ...]]]:
    """From the shortest queue to the longest, each of rows that PostgreSQL may not have counted yet."""
    now, there, found = datetime.now(UTC), 0, []
    await database.write(_forget_all)
    for pending in _PENDING:
        await database.write(_fill, there, pending, now)
        there = pending
        least = [await timed(database.write(scenery.commit)) for _ in range(_CLAIMS)]
        claims = [await timed(database.write(outbox.claim, "bench", limit=_LIMIT, now=now)) for _ in range(_CLAIMS)]
        p50, p95 = (percentile(claims, share) for share in (50, 95))
        found.append((pending, (figure(1_000 * p50), figure(1_000 * p95), figure(p50 / percentile(least, 50)))))
    return found


def _add_everybody(session: Session, now: datetime) -> None:
    scenery.add_people(session, _PEOPLE, now)
    webinar = scenery.add_webinar(session, "all", starts_at=now + _LEAD)
    scenery.register_all(session, [webinar.id], now - timedelta(days=2), people=_PEOPLE)


def _forget_all(session: Session) -> None:
    session.connection().exec_driver_sql("DELETE FROM delivery")


def _fill(session: Session, there: int, pending: int, now: datetime) -> None:
    """So many more pending messages that there are as many as asked for."""
    while there < pending:
        plan = deliveries.Plan(
            kind=DeliveryKind.RESTORED,
            webinar_id=1,
            about={},
            key=f"restored:{there}",
            due_at=now,
            expires_at=now + _LEAD,
            priority=Priority.CHANGE,
        )
        audience = audiences.registrants(1, before=1)
        there += deliveries.plan_for(session, plan, audience, now, at_most=pending - there)


class _Void:
    """Takes every message at once and says so when enough have come."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.sizes: list[tuple[int, float]] = []
        self.ended = asyncio.Event()

    async def send(self, chat_id: int, language: str, content: Content) -> Outcome:
        number = next(self._numbers)
        if number in _LOOKS:
            self.sizes.append((number, resident_mib()))
        if number == _LOOKS[-1]:
            self.ended.set()
        return Sent(number)

    async def refresh(self, shared: Stale) -> Outcome:
        return Sent(0)


async def _send_all(database: Database) -> list[tuple[int, float]]:
    now = datetime.now(UTC)
    await database.write(_add_everybody, now)
    await _plan(database, now)
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
