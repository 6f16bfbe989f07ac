"""The bulk lane against a messenger of our own, which stands for Telegram."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count, pairwise
from statistics import median

import pytest

from domain.outcomes import Outcome, Postponed, Sent
from jobs.delivery import Postman
from storage import Database, Delivery, DeliveryKind, DeliveryState, Session
from storage.tables import Pace
from tests.factories import NOW, add_delivery, add_people, add_registration, add_webinar, rows
from tests.outbox import USUAL, Gate, Letterbox, postman

SECOND = timedelta(seconds=1)
PENDING, SENT = DeliveryState.PENDING, DeliveryState.SENT


def prepare(session: Session, number: int) -> None:
    """So many people with one message each that is due."""
    person_ids = add_people(session, number)
    webinar_id = add_webinar(session)
    for person_id in person_ids:
        add_registration(session, webinar_id, person_id)
        add_delivery(session, person_id, webinar_id)


@asynccontextmanager
async def working(*postmen: Postman) -> AsyncIterator[None]:
    """They work as long as the block lasts and have ended in order after it."""
    runs = [asyncio.create_task(each.run()) for each in postmen]
    for each in postmen:
        each.wake()
    yield
    for each in postmen:
        each.stop()
    async with asyncio.timeout(20):
        await asyncio.gather(*runs)


async def states(database: Database) -> list[DeliveryState]:
    return [row.state for row in await database.read(rows, Delivery)]


async def owners(database: Database) -> set[str | None]:
    return {row.claimed_by for row in await database.read(rows, Delivery)}


async def test_everything_due_is_sent_once(database: Database) -> None:
    await database.write(prepare, 70)
    letterbox = Letterbox()

    async with working(postman(database, letterbox)):
        await letterbox.holds(70)

    assert sorted(letterbox.chats) == list(range(1, 71))
    assert {(row.state, row.message_id) for row in await database.read(rows, Delivery)} == {
        (SENT, chat_id) for chat_id in range(1, 71)
    }


async def test_slots_are_evenly_spaced_over_all_batches(database: Database) -> None:
    await database.write(prepare, 70)
    letterbox = Letterbox()

    async with working(postman(database, letterbox, per_second=50_000)):
        await letterbox.holds(70)

    [pace] = await database.read(rows, Pace, "lane")
    assert pace.next_at == NOW + 70 * timedelta(microseconds=20)


async def test_two_postmen_share_the_work_and_the_lane(database: Database, database_url: str) -> None:
    await database.write(prepare, 70)
    other, letterbox = Database(database_url), Letterbox()
    try:
        async with working(postman(database, letterbox), postman(other, letterbox)):
            await letterbox.holds(70)
    finally:
        await other.close()

    assert sorted(letterbox.chats) == list(range(1, 71))
    [pace] = await database.read(rows, Pace, "lane")
    assert pace.next_at == NOW + 70 * timedelta(microseconds=10)


async def test_what_is_not_due_waits_and_is_found_when_it_is(database: Database) -> None:
    await database.write(prepare, 3)

    for now, number in ((NOW - SECOND, 0), (NOW, 3)):
        letterbox = Letterbox()
        async with working(postman(database, letterbox, now=now)):
            await letterbox.holds(number)
        assert len(letterbox.chats) == number


async def test_a_wake_finds_what_has_come_meanwhile(database: Database) -> None:
    await database.write(prepare, 1)
    letterbox = Letterbox()
    lane = postman(database, letterbox)

    async with working(lane):
        await letterbox.holds(1)
        hosted = {"kind": DeliveryKind.HOSTED, "about": {"old_hosts": ["Another"]}}
        await database.write(add_delivery, 1, 1, dedup_key="another", **hosted)
        lane.wake()
        await letterbox.holds(2)

    assert await states(database) == [SENT, SENT]


async def test_stopping_finishes_what_is_in_the_air_and_gives_back_the_rest(database: Database) -> None:
    await database.write(prepare, 10)
    gate = Gate()
    lane = postman(database, gate, workers=2)

    async with working(lane), asyncio.timeout(20):
        await gate.holds(2)
        lane.stop()
        while (await states(database)).count(DeliveryState.CLAIMED):
            pass  # each look is a transaction in another thread, so the lane gets its turn
        left = await states(database)
        gate.opened.set()

    assert sorted(left) == [PENDING] * 8 + [DeliveryState.SENDING] * 2, "others may go on with them meanwhile"
    found = await database.read(rows, Delivery)
    assert [row.state for row in found] == [SENT] * 2 + [PENDING] * 8
    assert {row.claimed_by for row in found[2:]} == {None}


async def test_one_that_is_stopped_first_does_nothing(database: Database) -> None:
    await database.write(prepare, 1)
    letterbox = Letterbox()
    lane = postman(database, letterbox)
    lane.stop()

    async with working(lane):
        pass

    assert (letterbox.chats, await states(database)) == ([], [PENDING])


async def test_no_more_are_in_the_air_than_there_are_workers(database: Database) -> None:
    await database.write(prepare, 10)
    gate = Gate()

    async with working(postman(database, gate, workers=3)):
        await gate.holds(3)
        flying = [row.state for row in await database.read(rows, Delivery)].count(DeliveryState.SENDING)
        gate.opened.set()
        await gate.holds(10)

    assert flying == 3


async def test_a_messenger_that_breaks_leaves_doubt_and_the_others_go_on(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    def answer(chat_id: int) -> Outcome:
        if chat_id == 2:
            raise ZeroDivisionError
        return Sent(chat_id)

    await database.write(prepare, 3)
    letterbox = Letterbox(answer)

    async with working(postman(database, letterbox)):
        await letterbox.holds(3)

    found = await database.read(rows, Delivery)
    assert [(row.state, row.error) for row in found] == [(SENT, None), (PENDING, "ZeroDivisionError"), (SENT, None)]
    assert (found[1].attempts, found[1].due_at) == (1, NOW + 2 * SECOND)
    assert [record.levelno for record in caplog.records if record.name == "jobs.delivery"] == [logging.ERROR]


async def test_a_message_that_cannot_be_read_keeps_no_other_from_leaving(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await database.write(prepare, 3)
    broken = {"kind": DeliveryKind.REMINDER, "about": {}, "priority": 0}
    delivery_id = await database.write(add_delivery, 2, 1, dedup_key="broken", **broken)
    letterbox = Letterbox()

    async with working(postman(database, letterbox)):
        await letterbox.holds(3)

    assert sorted(letterbox.received) == [(1, "restored"), (2, "restored"), (3, "restored")]
    assert await states(database) == [SENT, SENT, SENT, PENDING]
    assert [record.getMessage() for record in caplog.records if record.exc_info] == [
        f"delivery {delivery_id} could not be recorded"
    ]


async def test_one_person_gets_one_message_after_the_other(database: Database) -> None:
    """While one is on its way the next waits, and others do not wait for it."""
    await database.write(prepare, 3)
    other = await database.write(add_webinar, code="other")
    await database.write(add_registration, other, 1)
    moved = {"kind": DeliveryKind.MOVED, "about": {"old_start": int(NOW.timestamp())}, "priority": 0}
    await database.write(add_delivery, 1, other, dedup_key="moved", **moved)
    gate = Gate()

    async with working(postman(database, gate)):
        await gate.holds(3)
        flying = sorted(gate.received)
        gate.opened.set()
        await gate.holds(4)

    assert flying == [(1, "moved"), (2, "restored"), (3, "restored")]
    assert gate.received[3:] == [(1, "restored")]
    assert await states(database) == [SENT] * 4


@pytest.mark.parametrize("pace", [1, 25, 30])
async def test_no_second_has_more_than_the_pace(database: Database, pace: int) -> None:
    """Wherever the second begins, and whoever counts: some are on their way longer than others."""
    interval = postman(database, Letterbox(), per_second=pace).interval

    assert 1.02 * SECOND < pace * interval < 1.03 * SECOND


async def test_what_is_late_leaves_no_faster(database: Database) -> None:
    """After the machine has stood still: Telegram would refuse a burst."""
    await database.write(prepare, 12)
    left: list[float] = []

    def note(chat_id: int) -> Outcome:
        left.append(time.monotonic())
        return Sent(chat_id)

    letterbox, seconds = Letterbox(note), count(step=10)
    lane = Postman(
        database,
        letterbox,
        USUAL,
        messages_per_second=20,
        workers=8,
        now=lambda: NOW + next(seconds) * SECOND,  # whenever he looks it is ten seconds later than he thought
    )

    async with working(lane):
        await letterbox.holds(12)

    assert median(after - before for before, after in pairwise(left)) > 0.9 / 20  # one may be late, not most


async def test_when_asked_to_wait_the_rest_is_given_back_and_nobody_sends(
    database: Database, database_url: str
) -> None:
    await database.write(prepare, 5)
    asked, too_early, in_time = Letterbox(lambda _: Postponed(30 * SECOND)), Letterbox(), Letterbox()

    async with working(postman(database, asked, workers=1)), asyncio.timeout(20):
        await asked.holds(1)
        while await owners(database) != {None}:
            pass  # each look is a transaction in another thread, so the lane gets its turn
    assert {(row.state, row.attempts) for row in await database.read(rows, Delivery)} == {(PENDING, 0)}

    other = Database(database_url)
    try:
        async with working(postman(other, too_early, now=NOW + 29 * SECOND)):
            pass
        async with working(postman(other, in_time, now=NOW + 30 * SECOND)):
            await in_time.holds(5)
    finally:
        await other.close()

    assert (len(asked.chats), too_early.chats, sorted(in_time.chats)) == (1, [], [1, 2, 3, 4, 5])


class Alarm(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.rung = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        self.rung.set()


async def test_trouble_with_the_database_does_not_end_the_lane(database: Database) -> None:
    def rename(session: Session, old: str, new: str) -> None:
        session.connection().exec_driver_sql(f"ALTER TABLE {old} RENAME TO {new}")

    await database.write(prepare, 2)
    await database.write(rename, "delivery", "lost")
    letterbox, alarm = Letterbox(), Alarm()
    logger = logging.getLogger("jobs.delivery")
    logger.addHandler(alarm)
    lane = postman(database, letterbox)
    try:
        async with working(lane):
            await asyncio.wait_for(alarm.rung.wait(), 20)
            await database.write(rename, "lost", "delivery")
            lane.wake()
            await letterbox.holds(2)
    finally:
        logger.removeHandler(alarm)

    assert await states(database) == [SENT, SENT]
