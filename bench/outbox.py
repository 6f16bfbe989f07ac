"""Planning a fan-out, and taking the next thirty from a long queue."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import RowMapping, delete, insert, inspect, select, update
from sqlmodel import Session, col

from bench import scenery
from bench.ground import Ground
from bench.table import Table
from bench.timing import figure, milliseconds, percentile, timed
from domain import outbox, reminding
from storage import Database, Delivery, DeliveryState
from tests.factories import INTERVAL

_ROUNDS, _CLAIMS, _LIMIT = 3, 40, 30
_PEOPLE, _EACH = 3_100, 1_000
_WEBINARS = (10, 90)
_FAR, _NEAR = timedelta(hours=24), timedelta(hours=1)
_ONE_BY_ONE, _COMMIT = "one INSERT for each", "bare commit"
_COLUMNS = inspect(Delivery).columns

Seconds = dict[str, list[float]]


async def run(ground: Ground) -> AsyncIterator[Table]:
    yield await _planning(ground)
    yield await _claiming(ground)


async def _planning(ground: Ground) -> Table:
    rows: list[tuple[str, ...]] = []
    with ground.databases() as databases:
        for kind, url in databases.items():
            async with _with_people(url) as database:
                seconds = await _plan(database, datetime.now(UTC))
            series = {name: milliseconds(values) for name, values in seconds.items()}
            faster = {name: series[_ONE_BY_ONE].over(values) for name, values in series.items()}
            rows += [(f"{kind}: {name}", str(values), str(faster[name])) for name, values in series.items()]
    return Table(title=f"Planning {_PEOPLE:,} reminders", head=("", "ms", "times as fast"), rows=tuple(rows))


async def _claiming(ground: Ground) -> Table:
    rows: list[tuple[str, ...]] = []
    with ground.databases() as databases:
        for kind, url in databases.items():
            async with _with_people(url) as database:
                for pending, seconds in (await _claim(database, datetime.now(UTC))).items():
                    rows += _claim_rows(f"{kind}, {pending:,} pending", seconds)
    head = ("", "p50 ms", "p95 ms", "p50 x bare commit")
    return Table(title=f"Taking {_LIMIT} messages out of a queue, {_CLAIMS} times", head=head, rows=tuple(rows))


@asynccontextmanager
async def _with_people(url: str) -> AsyncIterator[Database]:
    async with scenery.opened(url) as database:
        await database.write(scenery.add_people, _PEOPLE, datetime.now(UTC))
        yield database


def _claim_rows(name: str, seconds: Seconds) -> list[tuple[str, ...]]:
    least = percentile(seconds[_COMMIT], 50)
    return [
        (
            f"{name}: {way}",
            figure(1_000 * percentile(values, 50)),
            figure(1_000 * percentile(values, 95)),
            figure(percentile(values, 50) / least),
        )
        for way, values in seconds.items()
    ]


async def _plan(database: Database, now: datetime) -> Seconds:
    await database.write(_add_webinars, range(1), now + _FAR, now, people=_PEOPLE)
    seconds: Seconds = {_ONE_BY_ONE: [], "as Convoke plans": [], "planned again": []}
    for _ in range(_ROUNDS):
        seconds["as Convoke plans"].append(
            await timed(database.write(reminding.plan_reminders, [_FAR], interval=INTERVAL, now=now))
        )
        seconds["planned again"].append(
            await timed(database.write(reminding.plan_reminders, [_FAR], interval=INTERVAL, now=now))
        )
        rows = await database.write(_take_all)
        assert len(rows) == _PEOPLE, len(rows)
        seconds[_ONE_BY_ONE].append(await timed(database.write(_put_each, rows)))
        await database.write(_take_all)
    return seconds


async def _claim(database: Database, now: datetime) -> dict[int, Seconds]:
    """By how many are pending: each webinar begins in an hour and has a thousand people to be reminded."""
    found: dict[int, Seconds] = {}
    webinars = 0
    for more in _WEBINARS:
        numbers = range(webinars + 1, webinars + 1 + more)
        await database.write(_add_webinars, numbers, now + _NEAR, now, people=_EACH)
        await database.write(reminding.plan_reminders, [_NEAR], interval=INTERVAL, now=now)
        webinars += more
        found[webinars * _EACH] = await _claims(database, now)
    return found


async def _claims(database: Database, now: datetime) -> Seconds:
    seconds: Seconds = {_COMMIT: [], "one UPDATE": [], "as Convoke claims": []}
    for _ in range(_CLAIMS):
        seconds[_COMMIT].append(await timed(database.write(scenery.commit)))
        seconds["one UPDATE"].append(await timed(database.write(_take_next, now)))
        claim = database.write(outbox.claim, "bench", limit=_LIMIT, now=now)
        seconds["as Convoke claims"].append(await timed(claim))
    return seconds


def _add_webinars(session: Session, numbers: Sequence[int], starts_at: datetime, now: datetime, *, people: int) -> None:
    """They were filled yesterday."""
    ids = [scenery.add_webinar(session, f"o{number}", starts_at=starts_at).id for number in numbers]
    scenery.register_all(session, ids, now - timedelta(days=2), people=people)


def _take_all(session: Session) -> Sequence[RowMapping]:
    rows = session.connection().execute(select(*_COLUMNS)).mappings().all()
    session.connection().execute(delete(Delivery))
    return rows


def _put_each(session: Session, rows: Sequence[RowMapping]) -> None:
    for row in rows:
        session.connection().execute(insert(Delivery).values(**row))


def _take_next(session: Session, now: datetime) -> None:
    """The least that a claim can be: one statement, no objects."""
    due = (
        select(col(Delivery.id))
        .where(col(Delivery.state) == DeliveryState.PENDING, col(Delivery.due_at) <= now)
        .order_by(col(Delivery.priority), col(Delivery.due_at), col(Delivery.id))
        .limit(_LIMIT)
        .with_for_update(skip_locked=True)
    )
    values = {"state": DeliveryState.CLAIMED, "claimed_by": "bench", "lease_until": now + outbox.LEASE}
    statement = update(Delivery).where(col(Delivery.id).in_(due)).values(values).returning(col(Delivery.id))
    taken = session.connection().execute(statement).all()
    assert len(taken) == _LIMIT, len(taken)
