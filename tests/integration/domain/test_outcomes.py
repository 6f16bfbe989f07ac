"""What becomes of a message that left, by what Telegram said or did not say."""

from datetime import timedelta

import pytest

from domain import outbox
from domain.outbox import LEASE
from domain.outcomes import Doubtful, Elsewhere, NotSent, Outcome, Postponed, Rejected, Sent, Unreachable
from storage import Database, Delivery, DeliveryState, Person
from tests.factories import NOW, row, rows
from tests.outbox import add, begin, claim, look, on_its_way, reap, settle, six_registered

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


async def test_a_settled_row_stays_settled(house: Database) -> None:
    delivery_id = await on_its_way(house)
    await settle(house, delivery_id, Sent(1))
    before = await look(house, delivery_id)

    await settle(house, delivery_id, Rejected("again"))
    assert await begin(house, delivery_id, NOW) is None

    assert await look(house, delivery_id) == before


@pytest.mark.parametrize(
    ("outcome", "state", "attempts", "due_in", "error"),
    [
        pytest.param(Sent(7), SENT, 1, 0 * SECOND, None, id="sent"),
        pytest.param(NotSent("no route"), PENDING, 1, 2 * SECOND, "no route", id="never left"),
        pytest.param(Doubtful("timed out"), PENDING, 1, 2 * SECOND, "timed out", id="may have arrived"),
        pytest.param(Postponed(30 * SECOND), PENDING, 0, 0 * SECOND, None, id="asked to wait"),
        pytest.param(Unreachable("blocked"), DeliveryState.UNREACHABLE, 1, 0 * SECOND, "blocked", id="blocked"),
        pytest.param(Rejected("too long"), DeliveryState.FAILED, 1, 0 * SECOND, "too long", id="never taken"),
    ],
)
async def test_outcomes(
    house: Database, outcome: Outcome, state: DeliveryState, attempts: int, due_in: timedelta, error: str | None
) -> None:
    delivery_id = await on_its_way(house)

    await settle(house, delivery_id, outcome)

    found = await look(house, delivery_id)
    assert (found.state, found.attempts, found.due_at, found.error) == (state, attempts, NOW + due_in, error)
    assert found.lease_until is None
    assert (found.settled_at is None) == (state is PENDING)


async def test_what_never_left_is_tried_until_it_makes_no_sense(house: Database) -> None:
    delivery_id = await add(house, expires_at=NOW + HOUR)
    now, tries = NOW, 0

    while now < NOW + HOUR:
        assert await claim(house, now=now) == [delivery_id]
        await begin(house, delivery_id, now)
        await settle(house, delivery_id, NotSent("no route"), now=now)
        now, tries = (await look(house, delivery_id)).due_at, tries + 1

    assert tries == 19
    assert await claim(house, now=now) == []
    assert (await look(house, delivery_id)).state is DeliveryState.EXPIRED


@pytest.mark.parametrize("lost", ["told so", "the sender died"])
async def test_doubtful_three_times_is_unknown(house: Database, lost: str) -> None:
    delivery_id = await add(house)
    now, seen = NOW, []

    for _ in range(3):
        await claim(house, now=now)
        await begin(house, delivery_id, now)
        if lost == "told so":
            await settle(house, delivery_id, Doubtful("timed out"), now=now)
        else:
            assert await reap(house, now + LEASE + SECOND) == 1
        found = await look(house, delivery_id)
        seen.append((found.state, found.attempts))
        now = found.due_at

    assert seen == [(PENDING, 1), (PENDING, 2), (DeliveryState.UNKNOWN, 3)]
    assert await claim(house, now=now + HOUR) == []


async def test_when_telegram_asks_to_wait_everybody_waits(house: Database, database_url: str) -> None:
    delivery_id = await on_its_way(house)
    await add(house, 2)
    await settle(house, delivery_id, Postponed(30 * SECOND))
    other = Database(database_url)
    try:
        ready = [await other.read(outbox.ready, now=NOW + wait * SECOND) for wait in (0, 29, 30)]
        first = await other.write(outbox.reserve, 1, SECOND, now=NOW + SECOND)
    finally:
        await other.close()

    assert ready == [False, False, True]
    assert first == NOW + 30 * SECOND


async def test_what_was_claimed_before_another_was_asked_to_wait_waits_too(house: Database) -> None:
    asked = await on_its_way(house)
    others = [await add(house, person_id) for person_id in (2, 3)]
    assert await claim(house, "another") == others
    await settle(house, asked, Postponed(30 * SECOND))

    assert await begin(house, others[0], NOW + SECOND, "another") is None

    found = [await look(house, delivery_id) for delivery_id in others]
    assert [(each.state, each.claimed_by, each.attempts) for each in found] == [(PENDING, None, 0)] * 2
    assert await claim(house, "another", now=NOW + 30 * SECOND) == [asked, *others]


@pytest.mark.parametrize(("chat_id", "reached"), [(4711, 4711), (2, None)], ids=["new", "another person's"])
async def test_a_chat_that_has_another_id_is_followed(house: Database, chat_id: int, reached: int | None) -> None:
    delivery_id = await on_its_way(house)

    await settle(house, delivery_id, Elsewhere(chat_id))

    await claim(house, now=NOW + MINUTE)
    outgoing = await begin(house, delivery_id, NOW + MINUTE)
    assert (outgoing and outgoing.chat_id) == reached
    person, row_of_it = await house.read(row, Person, 1), await look(house, delivery_id)
    assert (person.telegram_id, person.reachable) == ((chat_id, True) if reached else (1, False))
    assert row_of_it.state is (DeliveryState.SENDING if reached else DeliveryState.UNREACHABLE)


async def test_a_clock_that_is_set_back_leaves_nothing_to_a_dead_worker(house: Database) -> None:
    delivery_id = await on_its_way(house)

    assert await reap(house, NOW - MINUTE) == 0  # clocks may differ
    assert await reap(house, NOW - HOUR) == 1
    assert (await look(house, delivery_id)).state is PENDING


async def test_blocked_ends_everything_that_waits_for_the_person(house: Database) -> None:
    flying = await on_its_way(house)
    waiting = await add(house, dedup_key="another")
    theirs = await add(house, 2)

    await settle(house, flying, Unreachable("blocked"))

    found = {each.id: each.state for each in await house.read(rows, Delivery)}
    assert found == {flying: DeliveryState.UNREACHABLE, waiting: DeliveryState.UNREACHABLE, theirs: PENDING}
    assert not (await house.read(row, Person, 1)).reachable
