import asyncio
from datetime import timedelta

import pytest

from domain import people, registration
from domain.cards import Card
from domain.errors import RegistrationClosedError, WebinarNotFoundError
from domain.people import Visitor
from storage import Database, Delivery, DeliveryKind, Registration, RegistrationStatus, Session, WebinarStatus
from tests.factories import (
    NOW,
    START,
    add_people,
    add_person,
    add_registration,
    add_webinar,
    rows,
    set_reachable,
)
from tests.outbox import sendings

SEATED, WAITING, LEFT = RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED, RegistrationStatus.CANCELLED
MINUTE = timedelta(minutes=1)


def standing(card: Card) -> tuple[RegistrationStatus | None, int | None, int, int]:
    return card.my_status, card.my_position, card.registered, card.waiting


def line(session: Session) -> list[int]:
    """Who waits, in order."""
    return [found.person_id for found in rows(session, Registration, "queue_number") if found.status is WAITING]


def told(session: Session) -> list[tuple[int, dict[str, int]]]:
    """Who is told of a seat, and of which promotion."""
    won = [row for row in rows(session, Delivery) if row.kind is DeliveryKind.SEAT_WON]
    return [(row.person_id, {"promotion": row.about["promotion"]}) for row in won]


async def prepare(database: Database, *, people: int, capacity: int | None = None) -> None:
    """People 1, 2, 3 ... and one webinar."""
    await database.write(add_people, people)
    await database.write(add_webinar, capacity=capacity)


async def register(database: Database, *person_ids: int) -> list[RegistrationStatus | None]:
    cards = [await database.write(registration.register, "w", person_id, now=NOW) for person_id in person_ids]
    return [card.my_status for card in cards]


async def leave(database: Database, person_id: int) -> Card:
    return await database.write(registration.leave, "w", person_id, now=NOW)


async def test_registering_twice_changes_nothing(database: Database) -> None:
    await prepare(database, people=1)
    first = await database.write(registration.register, "w", 1, now=NOW)
    before = await database.read(rows, Registration)

    again = await database.write(registration.register, "w", 1, now=NOW + MINUTE)

    assert standing(first) == standing(again) == (SEATED, None, 1, 0)
    assert await database.read(rows, Registration) == before


async def test_waiting_twice_keeps_the_place(database: Database) -> None:
    await prepare(database, people=3, capacity=1)

    assert await register(database, 1, 2, 3, 2, 3) == [SEATED, WAITING, WAITING, WAITING, WAITING]
    assert await database.read(line) == [2, 3]


async def test_leaving_twice_or_without_having_come_changes_nothing(database: Database) -> None:
    await prepare(database, people=2)
    await register(database, 1)
    first = await leave(database, 1)
    before = await database.read(rows, Registration)

    assert standing(first) == standing(await leave(database, 1)) == (LEFT, None, 0, 0)
    assert standing(await leave(database, 2)) == (None, None, 0, 0)
    assert await database.read(rows, Registration) == before


async def test_who_leaves_the_line_and_comes_back_queues_again(database: Database) -> None:
    await prepare(database, people=3, capacity=1)
    await register(database, 1, 2, 3)

    await leave(database, 2)
    assert standing(await database.write(registration.register, "w", 2, now=NOW)) == (WAITING, 2, 1, 2)
    assert await database.read(line) == [3, 2]


async def test_a_freed_seat_goes_to_the_first_in_line_at_once_and_they_are_told(database: Database) -> None:
    await prepare(database, people=3, capacity=1)
    await register(database, 1, 2, 3)

    assert standing(await leave(database, 1)) == (LEFT, None, 1, 1)
    assert await database.read(line) == [3]
    assert await database.read(told) == [(2, {"promotion": 1})]


async def test_leaving_the_line_frees_no_seat(database: Database) -> None:
    await prepare(database, people=3, capacity=1)
    await register(database, 1, 2, 3)

    await leave(database, 2)

    assert await database.read(line) == [3]
    assert await database.read(told) == []


async def test_a_seat_given_up_is_not_offered_to_the_same_person_again(database: Database) -> None:
    await prepare(database, people=3, capacity=1)
    await register(database, 1, 2, 3)

    await leave(database, 1)
    await leave(database, 2)

    assert await database.read(told) == [(2, {"promotion": 1}), (3, {"promotion": 1})]
    assert await register(database, 1, 2, 3) == [WAITING, WAITING, SEATED]


async def test_who_left_and_took_the_seat_themselves_is_not_told_that_they_won_it(database: Database) -> None:
    await prepare(database, people=2, capacity=1)
    await register(database, 1, 2)
    await leave(database, 1)
    assert await database.read(told) == [(2, {"promotion": 1})]

    await leave(database, 2)
    assert await register(database, 2) == [SEATED]

    assert await sendings(database, NOW) == []


async def test_who_wins_a_seat_twice_is_told_twice(database: Database) -> None:
    await prepare(database, people=2, capacity=1)
    await register(database, 1, 2)
    await leave(database, 1)
    await leave(database, 2)
    await register(database, 1, 2)

    await leave(database, 1)

    assert await database.read(told) == [(2, {"promotion": 1}), (2, {"promotion": 2})]


async def test_the_unreachable_are_passed_over_and_keep_their_place(database: Database) -> None:
    await prepare(database, people=4, capacity=1)
    await register(database, 1, 2, 3, 4)
    await database.write(set_reachable, 2, reachable=False)

    await leave(database, 1)

    assert await database.read(told) == [(3, {"promotion": 1})]
    assert await database.read(line) == [2, 4]


async def test_who_returns_gets_the_seat_that_nobody_took(database: Database) -> None:
    """Both stand in line out of reach, a seat becomes free; the second returns first, so it is theirs."""
    await prepare(database, people=3, capacity=1)
    await register(database, 1, 2, 3)
    await database.write(people.depart, 2, now=NOW)
    await database.write(people.depart, 3, now=NOW)
    await leave(database, 1)
    assert (await database.read(line), await database.read(told)) == ([2, 3], [])

    await arrive(database, 3)
    assert (await database.read(line), await database.read(told)) == ([2], [(3, {"promotion": 1})])

    await arrive(database, 2)
    assert (await database.read(line), await database.read(told)) == ([2], [(3, {"promotion": 1})])


async def arrive(database: Database, telegram_id: int) -> None:
    await database.write(
        people.arrive, Visitor(telegram_id, "x"), language="en", bot_id=1, update_id=telegram_id, now=NOW
    )


async def test_a_newcomer_may_take_a_seat_for_which_only_the_unreachable_wait(database: Database) -> None:
    await prepare(database, people=3, capacity=1)
    await register(database, 1, 2)
    await database.write(set_reachable, 2, reachable=False)
    await leave(database, 1)

    assert await register(database, 3) == [SEATED]


@pytest.mark.parametrize(
    ("changes", "now", "after"),
    [
        pytest.param({}, START, LEFT, id="begun"),
        pytest.param({}, START + timedelta(days=400), SEATED, id="long over, so what was, was"),
        pytest.param({"status": WebinarStatus.CANCELLED}, NOW, LEFT, id="cancelled"),
    ],
)
async def test_nobody_is_seated_when_it_has_begun_or_is_cancelled(
    database: Database, changes: dict[str, object], now: object, after: RegistrationStatus
) -> None:
    await database.write(add_people, 4)
    webinar_id = await database.write(add_webinar, capacity=1, **changes)
    await database.write(add_registration, webinar_id, 1)
    await database.write(add_registration, webinar_id, 2, WAITING)
    await database.write(add_registration, webinar_id, 3, LEFT)

    for newcomer in (3, 4):
        with pytest.raises(RegistrationClosedError, match="w"):
            await database.write(registration.register, "w", newcomer, now=now)
    known = [await database.write(registration.register, "w", person_id, now=now) for person_id in (1, 2)]
    left = await database.write(registration.leave, "w", 1, now=now)

    assert [card.my_status for card in known] == [SEATED, WAITING]
    assert (left.my_status, await database.read(line), await database.read(told)) == (after, [2], [])


async def test_an_unknown_code_is_no_webinar(database: Database) -> None:
    await database.write(add_person, 1)

    for use_case in (registration.register, registration.leave):
        with pytest.raises(WebinarNotFoundError, match="made-up"):
            await database.write(use_case, "made-up", 1, now=NOW)


async def test_every_change_counts_and_its_stamp_never_goes_back(database: Database) -> None:
    await prepare(database, people=1)

    for clock in (NOW, NOW + MINUTE, NOW - MINUTE):
        await database.write(registration.register, "w", 1, now=clock)
        await database.write(registration.leave, "w", 1, now=clock)

    [row] = await database.read(rows, Registration)
    assert (row.sequence, row.created_at, row.changed_at) == (5, NOW, NOW + MINUTE)


async def test_200_at_once_for_50_seats_fill_exactly_50_and_the_rest_wait_in_order(database: Database) -> None:
    await prepare(database, people=200, capacity=50)
    everybody = range(1, 201)

    cards = await asyncio.gather(
        *(database.write(registration.register, "w", person_id, now=NOW) for person_id in everybody)
    )

    found = await database.read(rows, Registration, "queue_number")
    assert [row.queue_number for row in found] == list(everybody)
    assert [row.status for row in found] == [SEATED] * 50 + [WAITING] * 150
    positions = {row.person_id: place for place, row in enumerate(found[50:], start=1)}
    assert {
        person_id: card.my_position for person_id, card in zip(everybody, cards, strict=True) if card.my_position
    } == positions
    assert sorted(positions.values()) == list(range(1, 151))


async def test_everybody_leaves_at_once_and_every_seat_goes_on_in_order(database: Database) -> None:
    await prepare(database, people=60, capacity=20)
    await register(database, *range(1, 61))

    await asyncio.gather(*(leave(database, person_id) for person_id in range(1, 21)))

    assert await database.read(line) == list(range(41, 61))
    assert sorted(await database.read(told)) == [(person_id, {"promotion": 1}) for person_id in range(21, 41)]


async def test_one_person_s_taps_that_come_at_once_take_effect_each_as_a_whole(database: Database) -> None:
    """Two bots may have them. Whichever is last: one seat, and whoever has it is told if it was freed for them."""
    await prepare(database, people=2, capacity=1)
    await register(database, 1, 2)

    cards = await asyncio.gather(*(tap(database, 1) for _ in range(5) for tap in (leave, _come)))

    assert {(card.registered, card.waiting) for card in cards} <= {(1, 1), (1, 0)}
    one, two = await database.read(rows, Registration, "person_id")
    assert (one.status, two.status) in {(LEFT, SEATED), (WAITING, SEATED)}
    assert await database.read(told) == [(2, {"promotion": 1})]


async def _come(database: Database, person_id: int) -> Card:
    return await database.write(registration.register, "w", person_id, now=NOW)
