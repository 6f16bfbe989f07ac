"""Workers die, sleep and come back: whose a message is at every moment."""

import asyncio
from datetime import timedelta

import pytest

from domain import outbox
from domain.outbox import LEASE, Sent
from storage import Database, Delivery, DeliveryState
from tests.factories import NOW, rows
from tests.outbox import WORKER, add, add_many, begin, claim, look, reap, settle, six_registered

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
PENDING, CLAIMED, SENDING, SENT = (
    DeliveryState.PENDING,
    DeliveryState.CLAIMED,
    DeliveryState.SENDING,
    DeliveryState.SENT,
)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(six_registered)
    return database


@pytest.mark.parametrize("worker", ["another worker", ""])
async def test_another_worker_cannot_begin_or_settle_it(house: Database, worker: str) -> None:
    delivery_id = await add(house)
    await claim(house)
    assert await begin(house, delivery_id, NOW, worker) is None
    await begin(house, delivery_id, NOW)
    before = await look(house, delivery_id)

    await settle(house, delivery_id, Sent(1), worker)

    assert await look(house, delivery_id) == before


async def test_a_worker_taken_for_dead_can_neither_begin_nor_settle(house: Database) -> None:
    """It slept longer than its lease; the row has gone on without it."""
    waiting, flying = await add(house, 1), await add(house, 2)
    await claim(house)
    await begin(house, flying, NOW)
    late = NOW + LEASE + SECOND
    assert await reap(house, late) == 2
    before = await house.read(rows, Delivery)

    assert await begin(house, waiting, late) is None
    await settle(house, flying, Sent(1), now=late)

    assert await house.read(rows, Delivery) == before


async def test_a_claim_whose_worker_died_is_given_back_without_an_attempt(house: Database) -> None:
    delivery_id = await add(house)
    await claim(house)

    assert await reap(house, NOW + LEASE) == 0
    assert await reap(house, NOW + LEASE + SECOND) == 1

    found = await look(house, delivery_id)
    assert (found.state, found.attempts, found.claimed_by, found.due_at) == (PENDING, 0, None, NOW)


async def test_a_live_sender_keeps_its_row(house: Database) -> None:
    """The lease counts anew from the moment the message leaves."""
    delivery_id = await add(house)
    await claim(house)
    await begin(house, delivery_id, NOW + 50 * SECOND)

    assert await reap(house, NOW + 50 * SECOND + LEASE) == 0
    assert (await look(house, delivery_id)).state is SENDING


async def test_reapers_of_several_processes_take_each_row_once(house: Database, database_url: str) -> None:
    await house.write(add_many, 20)
    for delivery_id in await claim(house):
        await begin(house, delivery_id, NOW)
    other = Database(database_url)
    try:
        reaped = await asyncio.gather(*(reap(process, NOW + HOUR) for process in (house, other, house, other)))
    finally:
        await other.close()

    assert sum(reaped) == 20
    assert {(found.state, found.attempts) for found in await house.read(rows, Delivery)} == {(PENDING, 1)}


async def test_a_worker_gives_back_only_what_it_has_not_begun(house: Database) -> None:
    flying, waiting, others = await add(house, 1), await add(house, 2), await add(house, 3)
    await claim(house, limit=2)
    await claim(house, "other", limit=1)
    await begin(house, flying, NOW)

    assert await house.write(outbox.give_back, WORKER) == 1

    found = {each.id: (each.state, each.claimed_by) for each in await house.read(rows, Delivery)}
    assert found == {flying: (SENDING, WORKER), waiting: (PENDING, None), others: (CLAIMED, "other")}
