"""The database is locked or full for a while, the clock jumps: a clear line, nothing lost, and it goes on by itself."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import datetime, timedelta

import pytest

from domain import outbox
from storage import Database, DatabaseUnavailableError, Delivery, DeliveryKind, DeliveryState, Session, engine
from tests.factories import LEADS, NOW, START, add_delivery, row, rows
from tests.outbox import Gate, Letterbox, clockwork, postman, six_registered

_PEOPLE = 6
HOSTED = {"kind": DeliveryKind.HOSTED, "about": {"old_hosts": ["Another"]}}
"""Several to one person leave as one message."""


@pytest.fixture
async def house(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    """On a SQLite file, whose lock is waited for a twentieth of a second only."""
    monkeypatch.setattr(engine, "_BUSY_TIMEOUT_MS", 50)
    database = Database(sqlite_url)
    await database.write(six_registered)
    yield database
    await database.close()


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Another program holds the file."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@asynccontextmanager
async def running(database: Database, letterbox: Letterbox, now: datetime) -> AsyncIterator[None]:
    lane = postman(database, letterbox, now=now)
    clock = clockwork(database, letterbox, lane, lambda: now)
    run = asyncio.create_task(lane.run())
    clock.start()
    try:
        yield
    finally:
        clock.stop()
        lane.stop()
        await asyncio.wait_for(run, 20)


async def says(caplog: pytest.LogCaptureFixture, words: str) -> None:
    """Wait for a line of the log."""
    async with asyncio.timeout(20):
        while not any(words in message for message in caplog.messages):  # noqa: ASYNC110 -- no event tells of it
            await asyncio.sleep(0.02)


async def test_a_lock_by_another_program_delays_and_loses_nothing(
    house: Database, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    for person_id in range(1, _PEOPLE + 1):
        await house.write(add_delivery, person_id, 1)
    letterbox = Letterbox()

    with locked(sqlite_url):
        async with running(house, letterbox, NOW):
            await says(caplog, "delivery: the database cannot be used: database is locked")
            await says(caplog, "expand notices: the database cannot be used: database is locked")
    assert letterbox.received == []
    async with running(house, letterbox, NOW):
        await letterbox.holds(_PEOPLE)

    assert sorted(letterbox.chats) == [*range(1, _PEOPLE + 1)]
    assert {row.state for row in await house.read(rows, Delivery)} == {DeliveryState.SENT}
    assert not any(record.exc_info for record in caplog.records)


async def test_it_goes_on_by_itself_when_the_lock_is_gone(
    house: Database, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    await house.write(add_delivery, 1, 1)
    letterbox = Letterbox()

    async with running(house, letterbox, NOW):
        await letterbox.holds(1)
        with locked(sqlite_url):
            await says(caplog, "the database cannot be used: database is locked")
        await house.write(add_delivery, 2, 1)
        await letterbox.holds(2)

    assert letterbox.chats == [1, 2]


async def test_what_arrived_while_nothing_could_be_written_is_not_sent_again(
    house: Database, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    delivery_id = await house.write(add_delivery, 1, 1)
    gate = Gate()

    async with running(house, gate, NOW):
        await gate.holds(1)
        with locked(sqlite_url):
            gate.opened.set()
            await says(caplog, "delivery: the database cannot be used: database is locked")
        async with asyncio.timeout(20):
            while await house.read(states) != [DeliveryState.SENT]:
                pass  # each look is a transaction in another thread, so the lane gets its turn

    found = await house.read(row, Delivery, delivery_id)
    assert (found.state, found.attempts, found.message_id, gate.chats) == (DeliveryState.SENT, 1, 1, [1])


def states(session: Session) -> list[DeliveryState]:
    return [found.state for found in rows(session, Delivery)]


async def test_a_full_disk_loses_nothing(house: Database, caplog: pytest.LogCaptureFixture) -> None:
    await house.write(add_delivery, 1, 1, dedup_key="kept", **HOSTED)
    pages = await house.write(lambda session: session.connection().exec_driver_sql("PRAGMA page_count").scalar_one())
    await house.write(lambda session: session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages + 10}"))

    with pytest.raises(DatabaseUnavailableError, match="full"):
        await fill(house)
    kept = len(await house.read(rows, Delivery))
    await house.write(lambda session: session.connection().exec_driver_sql("PRAGMA max_page_count = 1000000"))
    letterbox = Letterbox()
    async with running(house, letterbox, NOW):
        await letterbox.holds(2)

    assert len(await house.read(rows, Delivery)) == kept
    assert {row.state for row in await house.read(rows, Delivery)} == {DeliveryState.SENT}
    assert caplog.messages == []


async def fill(house: Database) -> None:
    for number in range(10_000):
        await house.write(add_delivery, 2, 1, dedup_key=f"{number}:{'x' * 1_000}", **HOSTED)


async def test_a_clock_that_jumps_is_written_down_and_one_that_is_pushed_is_not(
    house: Database, caplog: pytest.LogCaptureFixture
) -> None:
    times, letterbox = [NOW], Letterbox()
    lane = postman(house, letterbox)
    clock = clockwork(house, letterbox, lane, lambda: times[0])
    clock.start()
    try:
        await house.read(rows, Delivery)
        times[0] = NOW + timedelta(days=1)
        clock.hurry()
        await house.read(rows, Delivery)
        await asyncio.sleep(0)
        times[0] = NOW - timedelta(hours=2)
        await says(caplog, "the clock has jumped by -93")
    finally:
        clock.stop()

    assert len([message for message in caplog.messages if "jumped" in message]) == 1


@pytest.mark.parametrize("jump", [timedelta(hours=-2), timedelta(hours=2), timedelta(days=-400)])
async def test_a_clock_that_jumps_repeats_nothing(house: Database, jump: timedelta) -> None:
    """Back: what was sent stays sent, and what is due waits. Forward: of several reminders the last is sent."""
    letterbox = Letterbox()
    due = START - LEADS[-1]

    async with running(house, letterbox, due):
        await letterbox.holds(_PEOPLE)
    async with running(house, letterbox, due + jump):
        await house.write(outbox.reap, limit=100, now=due + jump)
    async with running(house, letterbox, due + timedelta(seconds=30)):
        await house.write(outbox.reap, limit=100, now=due)

    assert sorted(letterbox.chats) == [*range(1, _PEOPLE + 1)]
