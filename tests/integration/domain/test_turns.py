"""Turns: what has come back and what leaves next, in one transaction, as if each had its own."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta

import pytest

from domain import outbox
from domain.outbox import Batch
from domain.outcomes import NotSent, Outcome, Rejected, Sent, Unreachable
from storage import Database, Delivery, DeliveryKind, DeliveryState, Follow, Person, Session, pace
from tests.factories import NOW, START, add_consortium, add_delivery, add_registration, add_webinar, row, rows
from tests.outbox import USUAL, WORKER, add, add_many, begin, claim, look, six_registered

SECOND = timedelta(seconds=1)
INTERVAL = timedelta(milliseconds=40)
PENDING, CLAIMED, SENDING, SENT = (
    DeliveryState.PENDING,
    DeliveryState.CLAIMED,
    DeliveryState.SENDING,
    DeliveryState.SENT,
)
RETURNED: dict[int, Outcome] = {
    1: Sent(4711),
    2: NotSent("no route"),
    3: Rejected("too long"),
    4: Unreachable("blocked"),
    5: Sent(4712),
}


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(six_registered)
    return database


async def turn(database: Database, returned: Mapping[int, Outcome], claimed: Sequence[int]) -> list[int | None]:
    """The ids of what leaves, in the order of what was taken."""
    leaving = await database.write(outbox.turn, WORKER, returned, claimed, USUAL, now=NOW)
    return [each.delivery_id if each else None for each in leaving]


async def one_by_one(database: Database, returned: Mapping[int, Outcome], claimed: Sequence[int]) -> list[int | None]:
    """The same, each in a transaction of its own."""
    for delivery_id, outcome in returned.items():
        assert await turn(database, {delivery_id: outcome}, []) == []
    return [each for delivery_id in claimed for each in await turn(database, {}, [delivery_id])]


def of_all_kinds(session: Session) -> None:
    """Messages 1 to 5 to one person each, then 6 to 12 of which not all may leave, two of them to one person."""
    add_consortium(session)
    session.add(Follow(person_id=6, topic_id="food", created_at=NOW))
    new = [add_webinar(session, code=code, topics=["food"]) for code in ("new", "newer")]
    add_registration(session, add_webinar(session, code="other"), 3)
    for person_id in range(1, 6):
        add_delivery(session, person_id, 1)
    reminder = {"kind": DeliveryKind.REMINDER, "about": {"lead": 3600, "starts_at": int(START.timestamp())}}
    add_delivery(session, 1, 1, dedup_key="reminder", **reminder)
    add_delivery(session, 2, 1, dedup_key="late", expires_at=NOW + SECOND, **reminder)
    add_delivery(session, 3, 4, dedup_key="other")
    add_delivery(session, 4, 1, dedup_key="to who is lost", **reminder)
    add_delivery(session, 5, 1, dedup_key="untrue", kind=DeliveryKind.SEAT_WON, about={"promotion": 7})
    for webinar_id in new:
        add_delivery(session, 6, webinar_id, kind=DeliveryKind.ANNOUNCEMENT, dedup_key=f"new {webinar_id}")


async def prepare(database: Database) -> None:
    """Five are on their way, seven are taken, one of them by somebody else."""
    await database.write(of_all_kinds)
    assert len(await claim(database)) == 12
    for delivery_id in range(1, 6):
        await begin(database, delivery_id, NOW)
    await database.write(lambda session: setattr(row(session, Delivery, 8), "claimed_by", "another"))


@pytest.mark.parametrize("work", [turn, one_by_one])
async def test_a_turn_does_what_a_transaction_for_each_would(
    house: Database, work: Callable[[Database, Mapping[int, Outcome], Sequence[int]], Awaitable[list[int | None]]]
) -> None:
    await prepare(house)

    leaving = await work(house, RETURNED, range(6, 13))

    assert leaving == [6, 7, None, None, None, 11, None]
    assert [(found.state, found.message_id, found.error) for found in await house.read(rows, Delivery)] == [
        (SENT, 4711, None),
        (PENDING, None, "no route"),
        (DeliveryState.FAILED, None, "too long"),
        (DeliveryState.UNREACHABLE, None, "blocked"),
        (SENT, 4712, None),
        (SENDING, None, None),
        (SENDING, None, None),
        (CLAIMED, None, None),
        (DeliveryState.UNREACHABLE, None, None),
        (DeliveryState.EXPIRED, None, "no longer true"),
        (SENDING, None, None),
        (SENDING, None, None),
    ]
    assert [person.reachable for person in await house.read(rows, Person)] == [True, True, True, False, True, True]
    assert [found.merged_into for found in await house.read(rows, Delivery)][-2:] == [None, 11]


async def test_what_left_together_arrives_together(house: Database) -> None:
    await prepare(house)
    await turn(house, {}, [11])

    assert await turn(house, {11: Sent(7)}, []) == []

    announced = (await house.read(rows, Delivery))[-2:]
    assert [(found.state, found.message_id, found.settled_at, found.lease_until) for found in announced] == [
        (SENT, 7, NOW, None)
    ] * 2


async def test_who_was_told_in_this_turn_is_not_told_again_in_it(house: Database) -> None:
    """A seat won says when the webinar is: that it was moved is no news then."""
    await house.write(add_seat_and_move)
    await claim(house)
    await turn(house, {}, [1])

    assert await turn(house, {1: Sent(1)}, [2]) == [None]

    assert (await look(house, 2)).state is DeliveryState.EXPIRED


def add_seat_and_move(session: Session) -> None:
    add_delivery(session, 1, 1, kind=DeliveryKind.SEAT_WON, about={"promotion": 0}, dedup_key="seat")
    old_start = int((START - timedelta(days=1)).timestamp())
    add_delivery(session, 1, 1, kind=DeliveryKind.MOVED, about={"old_start": old_start}, dedup_key="moved")


async def test_a_batch_has_its_moments_in_the_lane(house: Database) -> None:
    await house.write(add_many, 5)

    first = await take(house, 3)
    second = await take(house, 3)

    assert first is not None
    assert second is not None
    assert [[each.delivery_id for each in batch.taken] for batch in (first, second)] == [[1, 2, 3], [4, 5]]
    assert [[each.person_id for each in batch.taken] for batch in (first, second)] == [[1, 2, 3], [4, 5]]
    assert (first.first, second.first) == (NOW, NOW + 3 * INTERVAL)
    assert await take(house, 3) is None
    assert {found.state for found in await house.read(rows, Delivery)} == {CLAIMED}


async def test_nobody_takes_anything_while_telegram_asks_to_wait(house: Database) -> None:
    await house.write(add_many, 2)
    await house.write(pace.halt, NOW + SECOND, NOW)

    assert await take(house, 3) is None

    assert {found.state for found in await house.read(rows, Delivery)} == {PENDING}


async def test_a_claim_ends_a_part_of_very_much_that_came_too_late(
    house: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that it does not keep others waiting."""
    monkeypatch.setattr(outbox, "_LATE_BATCHES", 2)
    late = [await add(house, person_id, expires_at=NOW, priority=0) for person_id in range(1, 6)]
    fresh = await add(house, 6)

    claims = [await claim(house, limit=2) for _ in range(3)]

    assert claims == [[], [fresh], []]
    assert {(await look(house, delivery_id)).error for delivery_id in late} == {"too late"}


async def take(database: Database, limit: int) -> Batch | None:
    return await database.write(outbox.take, WORKER, limit=limit, interval=INTERVAL, now=NOW)
