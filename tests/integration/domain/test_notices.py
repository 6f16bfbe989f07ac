"""Who is told of a change, of what, and when."""

import asyncio
from datetime import datetime, timedelta

import pytest

from domain import changes, planning, registration
from domain.outbox import LEASE
from domain.outcomes import Doubtful, Sent
from domain.planning import Priority
from storage import (
    Database,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Notice,
    RegistrationStatus,
    Session,
    Webinar,
    webinars,
)
from tests.factories import (
    NOW,
    SETTLE,
    START,
    add_consortium,
    add_people,
    add_registration,
    add_role,
    add_webinar,
    rows,
    set_reachable,
    wall,
)
from tests.outbox import begin, claim, reap, sendings, settle

SEATED, WAITING, LEFT = RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED, RegistrationStatus.CANCELLED
ADMIN, ANA, BEN, CEM, DEA = 1, 2, 3, 4, 5
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TEN, NOON, TWO = wall(2027, 1, 20, 10), wall(2027, 1, 20, 12), wall(2027, 1, 20, 14)


def prepare(session: Session) -> None:
    """Ana has a seat, Ben waits; Cem and Dea have nothing to do with it."""
    add_consortium(session)
    add_people(session, 5)
    add_role(session, ADMIN)
    webinar_id = add_webinar(session, hosts=["alpha"], capacity=1)
    add_registration(session, webinar_id, ANA, SEATED, changed_at=NOW - HOUR)
    add_registration(session, webinar_id, BEN, WAITING, changed_at=NOW - HOUR)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def move(house: Database, local: datetime, *, now: datetime = NOW) -> None:
    await house.write(changes.move, "w", ADMIN, local, "Europe/Brussels", settle=SETTLE, now=now)


async def cancel(house: Database, *, now: datetime = NOW) -> None:
    await house.write(changes.cancel, "w", ADMIN, settle=SETTLE, now=now)


async def restore(house: Database, *, now: datetime = NOW) -> None:
    await house.write(changes.restore, "w", ADMIN, settle=SETTLE, now=now)


async def expand(house: Database, now: datetime) -> int:
    expanded = 0
    while await house.write(planning.expand_notice, now=now):
        expanded += 1
    return expanded


async def planned(house: Database) -> list[tuple[str, int, dict[str, object]]]:
    return sorted((row.kind.value, row.person_id, row.about) for row in await house.read(rows, Delivery))


async def told(house: Database, now: datetime) -> list[tuple[str, int, datetime | None]]:
    """What leaves when notices are expanded and the outbox is emptied: kind, to whom, the start it was moved from."""
    await expand(house, now)
    return await sendings(house, now)


async def test_many_are_told_once_it_has_settled_not_before(house: Database) -> None:
    await move(house, NOON)

    assert await told(house, NOW + SETTLE - SECOND) == []
    assert await told(house, NOW + SETTLE) == [("moved", ANA, START), ("moved", BEN, START)]
    assert await told(house, NOW + SETTLE + HOUR) == []


@pytest.mark.parametrize("change", [cancel, restore])
async def test_everybody_with_a_seat_or_a_place_in_line_is_told(house: Database, change: object) -> None:
    assert callable(change)
    if change is restore:
        await cancel(house, now=NOW - HOUR)
        await told(house, NOW - HOUR + SETTLE)
    await change(house)

    kind = {cancel: "cancelled", restore: "restored"}[change]
    assert await told(house, NOW + SETTLE) == [(kind, ANA, None), (kind, BEN, None)]


async def test_two_moves_make_one_notice_from_the_first_start_to_the_last(house: Database) -> None:
    await move(house, NOON)
    await move(house, TWO, now=NOW + MINUTE)

    assert await told(house, NOW + SETTLE) == []
    assert await told(house, NOW + MINUTE + SETTLE) == [("moved", ANA, START), ("moved", BEN, START)]
    [notice] = await house.read(rows, Notice)
    assert (notice.first_sequence, notice.last_sequence) == (1, 2)


async def test_what_very_many_are_told_is_written_in_parts(house: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two of them the webinar may change again: that is told by itself, and everybody once of what is true."""
    monkeypatch.setattr(planning, "AT_ONCE", 1)
    await house.write(add_registration, 1, CEM, WAITING, changed_at=NOW - HOUR)
    await move(house, NOON)

    assert await house.write(planning.expand_notice, now=NOW + SETTLE)
    assert await sendings(house, NOW + SETTLE) == [("moved", ANA, START)]
    await move(house, TWO, now=NOW + SETTLE)
    assert await expand(house, NOW + SETTLE) == 3
    assert await sendings(house, NOW + SETTLE) == [("moved", BEN, START), ("moved", CEM, START)]

    assert await told(house, NOW + 2 * SETTLE) == [("moved", ANA, START + 2 * HOUR)]
    assert [notice.parts_left for notice in await house.read(rows, Notice)] == [False, False]


async def test_who_comes_again_after_a_move_saw_it_though_they_were_to_be_told(house: Database) -> None:
    """What waited for them is told no more; of a move after that they are told from what they saw."""
    await move(house, NOON)
    await expand(house, NOW + SETTLE)
    await house.write(registration.leave, "w", BEN, now=NOW + SETTLE)
    await house.write(registration.register, "w", BEN, now=NOW + SETTLE)
    assert await sendings(house, NOW + SETTLE) == [("moved", ANA, START)]

    await move(house, TWO, now=NOW + SETTLE)
    noon = START + 2 * HOUR
    assert await told(house, NOW + 2 * SETTLE) == [("moved", ANA, noon), ("moved", BEN, noon)]


async def test_who_heard_of_a_change_that_was_then_taken_back_hears_of_that_too(house: Database) -> None:
    """What leaves says how things are, changes included that have not settled. Here nobody knows what Ben has heard."""
    await cancel(house)
    await told(house, NOW + SETTLE)
    await restore(house, now=NOW + HOUR)
    await expand(house, NOW + HOUR + SETTLE)
    to_ana, to_ben = await claim(house, now=NOW + HOUR + SETTLE)
    for delivery_id, outcome in ((to_ana, Sent(1)), (to_ben, Doubtful("no answer"))):
        assert await begin(house, delivery_id, NOW + HOUR + SETTLE)
        await settle(house, delivery_id, outcome, now=NOW + HOUR + SETTLE)

    later = NOW + HOUR + SETTLE + 2 * MINUTE
    await cancel(house, now=later)
    assert await sendings(house, later) == [("cancelled", BEN, None)]
    await restore(house, now=later + MINUTE)

    assert await told(house, NOW + 2 * HOUR) == [("restored", BEN, None)]
    assert [row.person_id for row in await house.read(rows, Delivery)].count(ANA) == 2


async def test_a_move_after_the_first_was_told_is_told_again(house: Database) -> None:
    await move(house, NOON)
    await told(house, NOW + SETTLE)

    await move(house, TWO, now=NOW + HOUR)

    noon = START + 2 * HOUR
    assert await told(house, NOW + HOUR + SETTLE) == [("moved", ANA, noon), ("moved", BEN, noon)]


async def test_a_move_taken_back_tells_nobody(house: Database) -> None:
    await move(house, NOON)
    await move(house, TEN, now=NOW + MINUTE)

    assert await told(house, NOW + HOUR) == []


async def dies_on_the_way(house: Database, now: datetime) -> datetime:
    """All messages leave, and nobody learns whether they arrived. Returns when that is noticed."""
    await expand(house, now)
    for delivery_id in await claim(house, "dies", now=now):
        assert await begin(house, delivery_id, now, "dies") is not None
    await reap(house, now + LEASE + SECOND)
    return now + LEASE + SECOND


async def test_a_move_that_was_perhaps_told_is_not_taken_back_in_silence(house: Database) -> None:
    await move(house, NOON)
    now = await dies_on_the_way(house, NOW + SETTLE)

    await move(house, TEN, now=now)

    noon = START + 2 * HOUR
    assert await told(house, now + SETTLE) == [("moved", ANA, noon), ("moved", BEN, noon)]
    assert await told(house, now + HOUR) == []


async def test_nor_one_that_came_into_doubt_too_often(house: Database) -> None:
    await cancel(house)
    now = NOW + SETTLE
    for _ in range(3):
        now = await dies_on_the_way(house, now + MINUTE)

    await restore(house, now=now)

    assert await told(house, now + SETTLE) == [("restored", ANA, None), ("restored", BEN, None)]
    assert await told(house, now + HOUR) == []


async def test_a_cancellation_taken_back_tells_nobody(house: Database) -> None:
    await cancel(house)
    await restore(house, now=NOW + MINUTE)

    assert await told(house, NOW + HOUR) == []
    assert await planned(house) == []


async def test_a_restoration_taken_back_tells_nobody(house: Database) -> None:
    await cancel(house)
    await told(house, NOW + SETTLE)

    await restore(house, now=NOW + HOUR)
    await cancel(house, now=NOW + HOUR + MINUTE)

    assert await told(house, NOW + 2 * HOUR) == []


async def test_cancelled_restored_and_cancelled_again_is_told_once(house: Database) -> None:
    await cancel(house)
    await restore(house, now=NOW + MINUTE)
    await cancel(house, now=NOW + 2 * MINUTE)

    assert await told(house, NOW + HOUR) == [("cancelled", ANA, None), ("cancelled", BEN, None)]


async def test_a_move_survives_a_cancellation_that_is_taken_back(house: Database) -> None:
    """The move has settled while the webinar seemed to be cancelled, but nobody had been told of that yet."""
    await move(house, NOON)
    await cancel(house, now=NOW + MINUTE)
    assert await told(house, NOW + SETTLE) == []

    await restore(house, now=NOW + 2 * MINUTE + SECOND)

    assert await told(house, NOW + HOUR) == [("moved", ANA, START), ("moved", BEN, START)]


async def test_a_move_is_dropped_when_the_cancellation_was_told(house: Database) -> None:
    await move(house, NOON)
    await cancel(house, now=NOW + MINUTE)

    assert await told(house, NOW + HOUR) == [("cancelled", ANA, None), ("cancelled", BEN, None)]
    assert await told(house, NOW + 2 * HOUR) == []


async def test_a_move_while_cancelled_is_told_with_the_restoration(house: Database) -> None:
    await cancel(house)
    await told(house, NOW + SETTLE)
    await move(house, NOON, now=NOW + HOUR)
    assert await told(house, NOW + 2 * HOUR) == []

    await restore(house, now=NOW + 3 * HOUR)

    assert await told(house, NOW + 4 * HOUR) == [("restored", ANA, None), ("restored", BEN, None)]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(START - HOUR - SECOND, 0, id="more than an hour before: it may be taken back"),
        pytest.param(START - HOUR, 1, id="an hour before: at once"),
        pytest.param(START - SECOND, 1, id="a second before"),
        pytest.param(START + MINUTE, 1, id="already begun"),
    ],
)
async def test_within_the_last_hour_nobody_waits(house: Database, now: datetime, expected: int) -> None:
    await cancel(house, now=now)

    assert await expand(house, now) == expected


async def test_a_move_into_the_next_hour_is_told_at_once(house: Database) -> None:
    await move(house, wall(2027, 1, 18, 10, 30))

    assert await told(house, NOW) == [("moved", ANA, START), ("moved", BEN, START)]


async def test_whoever_came_after_the_change_knows_it(house: Database) -> None:
    await move(house, NOON)
    await house.write(add_registration, 1, CEM, WAITING, changed_at=NOW + SECOND)

    assert await told(house, NOW + SETTLE) == [("moved", ANA, START), ("moved", BEN, START)]


async def test_whoever_came_between_two_merged_moves_is_told_of_the_second(house: Database) -> None:
    await move(house, NOON)
    await house.write(add_registration, 1, CEM, WAITING, changed_at=NOW + SECOND)
    await move(house, TWO, now=NOW + MINUTE)
    await house.write(add_registration, 1, DEA, WAITING, changed_at=NOW + MINUTE + SECOND)

    assert await told(house, NOW + HOUR) == [
        ("moved", ANA, START),
        ("moved", BEN, START),
        ("moved", CEM, START + 2 * HOUR),
    ]


async def test_whoever_came_between_a_move_and_its_return_is_told_that_it_returned(house: Database) -> None:
    await move(house, NOON)
    await house.write(add_registration, 1, CEM, WAITING, changed_at=NOW + SECOND)
    await move(house, TEN, now=NOW + MINUTE)

    assert await told(house, NOW + HOUR) == [("moved", CEM, START + 2 * HOUR)]


async def test_neither_those_who_left_nor_those_out_of_reach_are_told(house: Database) -> None:
    await house.write(add_registration, 1, CEM, LEFT, changed_at=NOW - HOUR)
    await house.write(set_reachable, BEN, reachable=False)
    await move(house, NOON)

    assert await told(house, NOW + SETTLE) == [("moved", ANA, START)]


async def test_a_seat_lost_between_planning_and_sending_is_no_news(house: Database) -> None:
    def leave(session: Session) -> None:
        registration.leave(session, "w", BEN, now=NOW + SETTLE)

    await move(house, NOON)
    await expand(house, NOW + SETTLE)
    await house.write(leave)

    assert await told(house, NOW + SETTLE) == [("moved", ANA, START)]


async def test_a_webinar_that_is_over_by_then_is_no_news(house: Database) -> None:
    await cancel(house)

    assert await expand(house, START + HOUR) == 1
    assert await planned(house) == []


async def test_workers_that_expand_at_once_plan_each_message_once(house: Database, database_url: str) -> None:
    def many(session: Session) -> None:
        for number in range(6):
            webinar_id = add_webinar(session, code=f"w{number}", hosts=["alpha"])
            for person_id in (ANA, BEN, CEM):
                add_registration(session, webinar_id, person_id, changed_at=NOW - HOUR)
            changes.cancel(session, f"w{number}", ADMIN, settle=SETTLE, now=NOW)

    await house.write(many)
    other = Database(database_url)
    try:
        expanded = await asyncio.gather(*(expand(process, NOW + SETTLE) for process in (house, other, house, other)))
    finally:
        await other.close()

    assert sum(expanded) == 6
    assert len(await house.read(rows, Delivery)) == 18


async def test_notices_carry_what_sending_needs(house: Database) -> None:
    await move(house, NOON)
    await expand(house, NOW + SETTLE)

    first, _ = await house.read(rows, Delivery)
    [webinar] = await house.read(rows, Webinar)
    assert (first.kind, first.state, first.priority) == (DeliveryKind.MOVED, DeliveryState.PENDING, 28)
    assert (first.due_at, first.expires_at) == (NOW + SETTLE, webinar.ends_at)
    assert first.dedup_key == f"moved:{webinar.id}:1:{ANA}"


@pytest.mark.parametrize(
    ("before", "after", "priority"),
    [
        (HOUR, 3 * DAY, Priority.CHANGE_NOW),  # some believe that it begins in an hour
        (3 * DAY, HOUR, Priority.CHANGE_NOW),
        (3 * HOUR, 2 * HOUR, Priority.CHANGE),
        (DAY, 3 * DAY, Priority.CHANGE),
        (2 * DAY, 3 * DAY, Priority.CHANGE_LATER),
    ],
)
async def test_a_change_of_what_begins_soon_goes_before_one_of_what_begins_later(
    house: Database, before: timedelta, after: timedelta, priority: Priority
) -> None:
    await house.write(lambda session: setattr(webinars.lock(session, "w"), "starts_at", NOW + before))
    await house.write(changes.move_to, "w", ADMIN, NOW + after, settle=timedelta(), now=NOW)
    await expand(house, NOW)

    assert {row.priority for row in await house.read(rows, Delivery)} == {priority}


def test_what_cannot_wait_goes_first() -> None:
    assert sorted(Priority, key=int) == [
        Priority.SEAT,
        Priority.CHANGE_NOW,
        Priority.CHANGE,
        Priority.STARTS_SOON,
        Priority.STARTS_TODAY,
        Priority.CHANGE_LATER,
        Priority.REMINDER,
        Priority.ANNOUNCEMENT,
    ]
