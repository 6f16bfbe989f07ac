import asyncio
from datetime import timedelta

from domain import outbox
from storage import Database, pace
from tests.factories import NOW

INTERVAL = timedelta(milliseconds=40)
SECOND = timedelta(seconds=1)


async def reserve(database: Database, slots: int, *, after: timedelta = 0 * SECOND) -> timedelta:
    """How long after NOW the first of the slots is, for one who asks `after` NOW."""
    return await database.write(outbox.reserve, slots, INTERVAL, now=NOW + after) - NOW


async def test_slots_follow_each_other_without_gap_or_overlap(database: Database) -> None:
    assert [await reserve(database, slots) for slots in (30, 1, 30)] == [0 * INTERVAL, 30 * INTERVAL, 31 * INTERVAL]


async def test_unused_time_is_not_saved_up(database: Database) -> None:
    await reserve(database, 5)

    assert await reserve(database, 5, after=60 * SECOND) == 60 * SECOND
    assert await reserve(database, 5, after=60 * SECOND) == 60 * SECOND + 5 * INTERVAL


async def test_processes_share_the_lane(database: Database, database_url: str) -> None:
    other = Database(database_url)
    try:
        firsts = await asyncio.gather(*(reserve(process, 3) for _ in range(10) for process in (database, other)))
    finally:
        await other.close()

    assert sorted(firsts) == [3 * place * INTERVAL for place in range(20)]


async def test_a_halt_holds_for_everybody_until_its_end(database: Database) -> None:
    await database.write(pace.halt, NOW + 30 * SECOND, NOW)

    assert await database.read(pace.is_halted, NOW + 29 * SECOND)
    assert await reserve(database, 1, after=SECOND) == 30 * SECOND
    assert not await database.read(pace.is_halted, NOW + 30 * SECOND)


async def test_a_shorter_halt_does_not_end_a_longer_one(database: Database) -> None:
    await database.write(pace.halt, NOW + 30 * SECOND, NOW)
    await database.write(pace.halt, NOW + 5 * SECOND, NOW)

    assert await database.read(pace.is_halted, NOW + 29 * SECOND)


async def test_nothing_is_halted_at_first(database: Database) -> None:
    assert not await database.read(pace.is_halted, NOW)


HOUR = timedelta(hours=1)


async def test_a_clock_that_is_set_back_stops_nobody(database: Database) -> None:
    """The lane lies as far ahead as it did when the clock was right."""
    await reserve(database, 5)
    await database.write(pace.halt, NOW + 30 * SECOND, NOW)

    assert await database.read(pace.is_halted, NOW - HOUR + 29 * SECOND)
    assert await reserve(database, 1, after=-HOUR) == -HOUR + 30 * SECOND
    assert await reserve(database, 1, after=-HOUR + SECOND) == -HOUR + 30 * SECOND + INTERVAL
    assert not await database.read(pace.is_halted, NOW - HOUR + 30 * SECOND)


async def test_clocks_of_two_machines_that_differ_a_little_are_no_jump(database: Database) -> None:
    assert await reserve(database, 100) == 0 * INTERVAL

    assert await reserve(database, 1, after=-3 * SECOND) == 100 * INTERVAL
