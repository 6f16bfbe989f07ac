"""Fifty people want the same webinar at once: registrations per second, against what the database can commit at all."""

from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

from bench import scenery
from bench.ground import Ground
from bench.group_commit import GroupCommit, Writer
from bench.table import Table
from bench.timing import Run, Series, milliseconds, percentile, side_by_side
from domain import listing, registration
from storage import Database

_PEOPLE, _TASKS, _ROUNDS = 120, 50, 5
_SEATS = _PEOPLE // 2


async def run(ground: Ground) -> AsyncIterator[Table]:
    rows: list[tuple[str, ...]] = []
    with ground.databases() as databases:
        for kind, url in databases.items():
            async with scenery.opened(url) as database:
                with closing(GroupCommit(url)) as group:
                    rows += await _measure(kind, database, group)
    yield Table(
        title=f"Registrations by {_TASKS} tasks at once, one webinar of {_SEATS} seats for {_PEOPLE} people",
        head=("", "per second", "x bare commit", "x register", "p95 ms"),
        rows=tuple(rows),
    )


async def _measure(kind: str, database: Database, group: GroupCommit) -> list[tuple[str, ...]]:
    now = datetime.now(UTC)
    people = await database.write(scenery.add_people, _PEOPLE, now)
    commits, alone, grouped = list[Run](), list[Run](), list[Run]()
    for number in range(_ROUNDS):
        commits.append(await _commits(database))
        alone.append(await _registrations(database, database, f"one{number}", people, now))
        grouped.append(await _registrations(database, group, f"all{number}", people, now))
    return [
        _row(f"{kind}: bare commit", commits),
        _row(f"{kind}: register", alone, commits),
        _row(f"{kind}: register, group commit", grouped, commits, alone),
    ]


def _row(
    name: str, runs: list[Run], commits: list[Run] | None = None, alone: list[Run] | None = None
) -> tuple[str, ...]:
    rate = _rates(runs)
    ratios = (str(rate.over(_rates(base))) if base else "" for base in (commits, alone))
    return name, str(rate), *ratios, str(milliseconds(percentile(run.latencies, 95) for run in runs))


def _rates(runs: list[Run]) -> Series:
    return Series(tuple(run.rate for run in runs))


async def _commits(database: Database) -> Run:
    async def commit(_: int) -> None:
        await database.write(scenery.commit)

    return await side_by_side(commit, range(_PEOPLE), tasks=_TASKS)


async def _registrations(database: Database, writer: Writer, code: str, people: list[int], now: datetime) -> Run:
    await database.write(scenery.add_webinar, code, capacity=_SEATS, starts_at=now + timedelta(days=1))

    async def register(person_id: int) -> None:
        await writer.write(registration.register, code, person_id, now=now)

    run = await side_by_side(register, people, tasks=_TASKS)
    card = await database.read(listing.look, code, None, now=now)
    assert (card.registered, card.waiting) == (_SEATS, _PEOPLE - _SEATS), "seats were oversold"
    return run
