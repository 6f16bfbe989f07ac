"""How a planned message is taken and leaves: each once, the most urgent first."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain import outbox, people
from domain.outbox import LEASE
from domain.outcomes import Sent
from domain.takes_place import Restored
from storage import Database, Delivery, DeliveryKind, DeliveryState, Follow, Session
from tests.factories import NOW, START, add_consortium, add_delivery, add_webinar, rows
from tests.outbox import WORKER, add, add_many, begin, claim, look, settle, six_registered

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


async def test_the_whole_way(house: Database) -> None:
    delivery_id = await add(house)
    seen = [await look(house, delivery_id)]

    await claim(house)
    seen.append(await look(house, delivery_id))
    outgoing = await begin(house, delivery_id, NOW + SECOND)
    seen.append(await look(house, delivery_id))
    await settle(house, delivery_id, Sent(4711), now=NOW + 2 * SECOND)
    seen.append(await look(house, delivery_id))

    assert [(found.state, found.attempts, found.claimed_by, found.lease_until) for found in seen] == [
        (PENDING, 0, None, None),
        (CLAIMED, 0, WORKER, NOW + LEASE),
        (SENDING, 1, WORKER, NOW + SECOND + LEASE),
        (SENT, 1, WORKER, None),
    ]
    assert (seen[-1].message_id, seen[-1].settled_at) == (4711, NOW + 2 * SECOND)
    assert outgoing is not None
    assert (outgoing.delivery_id, outgoing.chat_id, outgoing.language) == (delivery_id, 1, "en")
    assert isinstance(outgoing.content, Restored)


async def test_most_urgent_first_then_longest_due(house: Database) -> None:
    late = await add(house, 1, priority=30, due_at=NOW - HOUR)
    soon = await add(house, 2, priority=20, due_at=NOW)
    sooner = await add(house, 3, priority=20, due_at=NOW - MINUTE)
    seat = await add(house, 4, priority=0, due_at=NOW)
    await add(house, 5, priority=0, due_at=NOW + SECOND)

    assert [await claim(house, limit=1) for _ in range(5)] == [[seat], [sooner], [soon], [late], []]


async def test_what_came_too_late_is_ended_and_does_not_fill_the_batch(house: Database) -> None:
    old = [await add(house, person_id, expires_at=NOW, priority=0) for person_id in range(1, 6)]
    fresh = await add(house, 6, expires_at=NOW + SECOND)

    assert await claim(house, limit=2) == [fresh]

    ended = [await look(house, delivery_id) for delivery_id in old]
    assert {(found.state, found.error, found.settled_at) for found in ended} == {
        (DeliveryState.EXPIRED, "too late", NOW)
    }


async def test_what_expires_after_it_was_claimed_is_not_sent(house: Database) -> None:
    delivery_id = await add(house, expires_at=NOW + SECOND)
    await claim(house)

    assert await begin(house, delivery_id, NOW + SECOND) is None
    assert (await look(house, delivery_id)).state is DeliveryState.EXPIRED


async def test_two_workers_never_get_the_same_row(house: Database, database_url: str) -> None:
    await house.write(add_many, 60)
    other = Database(database_url)
    try:
        processes = [("a", house), ("b", other)] * 6
        batches = await asyncio.gather(*(claim(process, worker, limit=7) for worker, process in processes))
    finally:
        await other.close()

    claimed = [delivery_id for batch in batches for delivery_id in batch]
    assert len(claimed) == len(set(claimed)) == 60
    owners = {found.id: found.claimed_by for found in await house.read(rows, Delivery)}
    assert owners == {
        delivery_id: worker for (worker, _), batch in zip(processes, batches, strict=True) for delivery_id in batch
    }


async def test_only_one_of_many_begins(house: Database) -> None:
    delivery_id = await add(house)
    await claim(house)

    begun = await asyncio.gather(*(begin(house, delivery_id, NOW) for _ in range(8)))

    assert len([outgoing for outgoing in begun if outgoing]) == 1
    assert (await look(house, delivery_id)).attempts == 1


@pytest.mark.parametrize("delivery_id", [0, 99])
async def test_a_row_that_is_not_there_is_nobody_s(house: Database, delivery_id: int) -> None:
    await settle(house, delivery_id, Sent(1))

    assert await begin(house, delivery_id, NOW) is None


@pytest.mark.parametrize(
    ("due_at", "is_ready"), [(NOW - HOUR, True), (NOW, True), (NOW + SECOND, False)], ids=["past", "now", "later"]
)
async def test_ready_means_that_something_is_due(house: Database, due_at: object, *, is_ready: bool) -> None:
    assert not await house.read(outbox.ready, now=NOW)
    await add(house, due_at=due_at)

    assert await house.read(outbox.ready, now=NOW) is is_ready


async def test_nothing_leaves_for_somebody_who_went_out_of_reach_after_the_claim(house: Database) -> None:
    delivery_id = await add(house)
    await claim(house)
    await house.write(people.depart, 1, now=NOW)

    assert await begin(house, delivery_id, NOW) is None
    assert (await look(house, delivery_id)).state is DeliveryState.UNREACHABLE


async def test_what_is_announced_to_one_person_leaves_as_one_message_however_it_is_begun(house: Database) -> None:
    """A batch is begun by several tasks at once; those with rows of one person must not wait for each other."""

    def announce(session: Session) -> None:
        add_consortium(session)
        for person_id in range(1, 7):
            session.add(Follow(person_id=person_id, topic_id="food", created_at=NOW))
        for code in "abcd":
            webinar_id = add_webinar(session, code=code, topics=["food"])
            for person_id in range(1, 7):
                key = f"announced:{webinar_id}:{person_id}"
                add_delivery(session, person_id, webinar_id, kind=DeliveryKind.ANNOUNCEMENT, dedup_key=key)

    await house.write(announce)
    claimed = await claim(house)

    begun = await asyncio.gather(*(begin(house, delivery_id, NOW) for delivery_id in claimed))

    left = [outgoing for outgoing in begun if outgoing]
    assert sorted(outgoing.chat_id for outgoing in left) == [1, 2, 3, 4, 5, 6]
    assert {found.state for found in await house.read(rows, Delivery)} == {SENDING}


async def test_changes_of_one_kind_that_wait_for_one_person_leave_as_one_message(house: Database) -> None:
    hosted = {"kind": DeliveryKind.HOSTED, "about": {"old_hosts": ["Another"]}}
    ids = [await add(house, dedup_key=key, **hosted) for key in "ab"]
    assert await claim(house) == ids

    begun = [await begin(house, delivery_id, NOW) for delivery_id in ids]

    assert [outgoing.delivery_id if outgoing else None for outgoing in begun] == [ids[0], None]
    assert [(row.state, row.merged_into) for row in await house.read(rows, Delivery)] == [
        (SENDING, None),
        (SENDING, ids[0]),
    ]


async def test_the_same_message_cannot_be_planned_twice(house: Database) -> None:
    await add(house, dedup_key="k")

    with pytest.raises(IntegrityError):
        await add(house, 2, dedup_key="k")


async def test_times_of_a_delivery_are_kept_to_the_microsecond(house: Database) -> None:
    due_at = START + timedelta(microseconds=1)

    assert (await look(house, await add(house, due_at=due_at))).due_at == due_at
