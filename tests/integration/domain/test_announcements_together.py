"""Several new webinars that leave as one message end alike, whatever becomes of it."""

import asyncio
from datetime import datetime, timedelta

import pytest

from domain import outbox
from domain.content import Announcement
from domain.outbox import LEASE
from domain.outcomes import Doubtful, NotSent, Outcome, Postponed, Rejected, Sent, Unreachable
from storage import Database, DeliveryState, Person, Session, follows
from tests.announcing import ANA, CEM, announcements, carry, expand, prepare, publish, states, unfollow_all
from tests.factories import NOW, START, add_registration, row
from tests.outbox import Letterbox, begin, claim, postman, reap, settle

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
DUE = NOW + 10 * MINUTE


@pytest.fixture
async def house(database: Database) -> Database:
    """Ana and Cem follow alpha."""

    def follow(session: Session) -> None:
        prepare(session)
        for person_id in (ANA, CEM):
            follows.add(session, person_id, partnership_id="alpha", now=NOW)

    await database.write(follow)
    return database


PENDING, SENT = DeliveryState.PENDING, DeliveryState.SENT
OUTCOMES = [
    pytest.param(Sent(7), (SENT, 1, 0 * SECOND, 7, None), id="sent"),
    pytest.param(NotSent("no route"), (PENDING, 1, 2 * SECOND, None, "no route"), id="never left"),
    pytest.param(Postponed(30 * SECOND), (PENDING, 0, 0 * SECOND, None, None), id="asked to wait"),
    pytest.param(
        Doubtful("timed out"), (DeliveryState.UNKNOWN, 1, 0 * SECOND, None, "timed out"), id="may have arrived"
    ),
    pytest.param(Unreachable("blocked"), (DeliveryState.UNREACHABLE, 1, 0 * SECOND, None, "blocked"), id="blocked"),
    pytest.param(Rejected("too long"), (DeliveryState.FAILED, 1, 0 * SECOND, None, "too long"), id="never taken"),
]

State = tuple[DeliveryState, int, timedelta, int | None, str | None]


async def three_for_ana(house: Database) -> None:
    for title in ("One", "Two", "Three"):
        await house.write(publish, title, hosts=["alpha"])
    await house.write(unfollow_all, CEM)
    await expand(house, DUE)


async def look(house: Database) -> list[State]:
    return [
        (each.state, each.attempts, each.due_at - DUE, each.message_id, each.error)
        for each in await announcements(house)
    ]


@pytest.mark.parametrize(("outcome", "expected"), OUTCOMES)
async def test_what_left_together_ends_alike(house: Database, outcome: Outcome, expected: State) -> None:
    await three_for_ana(house)

    [(outgoing, _)] = await carry(house, DUE, lambda _: outcome)

    assert outgoing.chat_id == ANA
    assert await look(house) == [expected] * 3
    assert {each.lease_until for each in await announcements(house)} == {None}
    assert (await house.read(row, Person, ANA)).reachable == (not isinstance(outcome, Unreachable))


@pytest.mark.parametrize(
    ("outcome", "again_after"), [(NotSent("no route"), 2 * SECOND), (Postponed(30 * SECOND), 30 * SECOND)]
)
async def test_what_never_left_together_leaves_together_again(
    house: Database, outcome: Outcome, again_after: timedelta
) -> None:
    await three_for_ana(house)
    await carry(house, DUE, lambda _: outcome)

    assert len(await carry(house, DUE + again_after)) == 1
    assert await states(house) == [SENT] * 3


async def test_when_the_sender_dies_all_of_it_is_unknown_and_never_sent_again(house: Database) -> None:
    await three_for_ana(house)
    [first, *_] = await claim(house, now=DUE)
    assert await begin(house, first, DUE) is not None

    assert await reap(house, DUE + LEASE + SECOND) == 3

    assert await states(house) == [DeliveryState.UNKNOWN] * 3
    assert await carry(house, DUE + HOUR) == []


async def test_when_the_sender_dies_before_sending_all_of_it_is_sent_later(house: Database) -> None:
    await three_for_ana(house)
    assert len(await claim(house, "dead", now=DUE)) == 3

    assert await reap(house, DUE + LEASE + SECOND) == 3

    assert len(await carry(house, DUE + LEASE + 2 * SECOND)) == 1
    assert await states(house) == [SENT] * 3


async def test_a_late_answer_from_a_sender_taken_for_dead_changes_nothing(house: Database) -> None:
    await three_for_ana(house)
    [first, *_] = await claim(house, now=DUE)
    await begin(house, first, DUE)
    await reap(house, DUE + LEASE + SECOND)

    await settle(house, first, Sent(7), now=DUE + 2 * LEASE)

    assert await states(house) == [DeliveryState.UNKNOWN] * 3


async def test_if_the_first_of_several_is_not_true_any_more_the_others_are_settled_all_the_same(
    house: Database,
) -> None:
    """The message is then of another row than the one the postman took."""
    await three_for_ana(house)
    await house.write(add_registration, 1, ANA)
    letterbox = Letterbox()
    carrier = postman(house, letterbox, now=DUE)
    working = asyncio.create_task(carrier.run())
    carrier.wake()

    await letterbox.holds(1)
    carrier.stop()
    await working

    assert letterbox.received == [(ANA, "announcement")]
    assert await states(house) == [DeliveryState.EXPIRED, SENT, SENT]


async def in_turns(house: Database, other: Database, now: datetime) -> list[tuple[int, tuple[str, ...]]]:
    """Two workers, each with the rows it has taken, send at the same time."""
    workers = ((house, "one"), (other, "two"))
    taken = [await database.write(outbox.claim, worker, limit=3, now=now) for database, worker in workers]

    async def work(database: Database, worker: str, ids: list[int]) -> list[tuple[int, tuple[str, ...]]]:
        left = []
        for delivery_id in ids:
            outgoing = await begin(database, delivery_id, now, worker)
            if outgoing is not None:
                assert isinstance(outgoing.content, Announcement)
                await settle(database, outgoing.delivery_id, Sent(1), worker, now=now)
                left.append((outgoing.chat_id, tuple(card.title for card in outgoing.content.cards)))
        return left

    found = await asyncio.gather(*(work(*worker, ids) for worker, ids in zip(workers, taken, strict=True)))
    return sorted(message for messages in found for message in messages)


async def test_two_workers_at_once_send_each_person_one_message(house: Database, database_url: str) -> None:
    for number in range(3):
        await house.write(publish, f"Number {number}", starts_at=START + number * HOUR)
    await expand(house, DUE)
    other = Database(database_url)
    try:
        left = await in_turns(house, other, DUE)
    finally:
        await other.close()

    all_three = ("Number 0", "Number 1", "Number 2")
    assert left == [(ANA, all_three), (CEM, all_three)]
    assert await states(house) == [SENT] * 6
