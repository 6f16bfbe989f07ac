"""Those who have not been here for long are asked once whether to stay; silence is an answer."""

import asyncio
from datetime import datetime, timedelta

import pytest

from domain import outbox, people, privacy, registration
from domain.content import StayAsked
from domain.outcomes import Doubtful, Sent
from domain.people import Visitor
from domain.privacy import ANSWER_WITHIN
from storage import Database, Delivery, DeliveryKind, DeliveryState, Person, RegistrationStatus, Role, Session
from tests.crossing import Pause, cross
from tests.factories import (
    NOW,
    add_consortium,
    add_people,
    add_registration,
    add_role,
    add_webinar,
    row,
    rows,
    set_reachable,
)
from tests.outbox import USUAL, WORKER, send_all

ANA, BEN, CEM = 1, 2, 3
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MONTHS = 24
TWO_YEARS = timedelta(days=730.5)
OVER = NOW + ANSWER_WITHIN + SECOND
"""When nobody is waited for any longer who was asked NOW."""


def seen(session: Session, person_id: int, moment: datetime) -> None:
    session.get_one(Person, person_id).seen_at = moment


@pytest.fixture
async def house(database: Database) -> Database:
    """Ana was last here two years and a day ago, Ben and Cem this morning."""

    def prepare(session: Session) -> None:
        add_people(session, CEM)
        seen(session, ANA, NOW - TWO_YEARS - DAY)

    await database.write(prepare)
    return database


async def ask(house: Database, now: datetime = NOW, months: int = MONTHS) -> int:
    return await house.write(privacy.ask_absent, months, now=now)


async def part(house: Database, now: datetime) -> int:
    return await house.write(privacy.erase_absent, now=now)


async def person(house: Database, person_id: int = ANA) -> Person:
    return await house.read(row, Person, person_id)


async def arrive(house: Database, now: datetime) -> None:
    await house.write(people.arrive, Visitor(ANA, "Ana"), language="en", bot_id=1, update_id=1, now=now)


@pytest.mark.parametrize(
    ("months", "away", "asked"),
    [
        pytest.param(24, TWO_YEARS, 0, id="two years to the minute"),
        pytest.param(24, TWO_YEARS + SECOND, 1, id="a second longer"),
        pytest.param(24, timedelta(days=365), 0, id="a year of two"),
        pytest.param(1, timedelta(days=30), 0, id="thirty days of a month"),
        pytest.param(1, timedelta(days=31), 1, id="thirty-one"),
        pytest.param(120, timedelta(days=3652), 0, id="nearly ten years"),
        pytest.param(120, timedelta(days=3653), 1, id="ten years"),
    ],
)
async def test_who_is_asked_depends_on_the_months(house: Database, months: int, away: timedelta, asked: int) -> None:
    await house.write(seen, ANA, NOW - away)

    assert await ask(house, months=months) == asked


async def test_they_are_asked_once(house: Database) -> None:
    assert [await ask(house, NOW + number * 6 * HOUR) for number in range(4)] == [1, 0, 0, 0]

    sent = await send_all(house, NOW)
    assert [(outgoing.chat_id, outgoing.content) for outgoing in sent] == [(ANA, StayAsked(NOW + ANSWER_WITHIN))]
    assert await send_all(house, NOW + 20 * DAY) == []


async def test_two_clocks_at_once_ask_once(house: Database, database_url: str) -> None:
    other = Database(database_url)
    try:
        asked = await asyncio.gather(*(ask(house if n % 2 else other, NOW + n * SECOND) for n in range(4)))
    finally:
        await other.close()

    assert sorted(asked) == [0, 0, 0, 1]
    assert len(await send_all(house, NOW + MINUTE)) == 1


async def test_they_are_not_asked_in_their_quiet_hours(house: Database) -> None:
    tonight, morning = NOW + 15 * HOUR, NOW + 21 * HOUR
    await ask(house, tonight)

    assert await send_all(house, tonight) == []
    assert len(await send_all(house, morning)) == 1


async def test_silence_is_an_answer_after_thirty_days(house: Database) -> None:
    await ask(house)
    await send_all(house, NOW)

    assert [await part(house, NOW + wait) for wait in (DAY, ANSWER_WITHIN)] == [0, 0]
    assert await part(house, OVER) == 1

    gone = await person(house)
    assert (gone.telegram_id, gone.name, gone.erased_at) == (None, "", OVER)
    assert [(await person(house, other)).name for other in (BEN, CEM)] == ["Person 2", "Person 3"]


async def test_who_is_forgotten_is_neither_asked_nor_forgotten_again(house: Database) -> None:
    await ask(house)
    await part(house, OVER)

    assert (await ask(house, OVER + HOUR), await part(house, OVER + 40 * DAY)) == (0, 0)
    assert (await person(house)).erased_at == OVER


@pytest.mark.parametrize("after", [MINUTE, 29 * DAY, ANSWER_WITHIN], ids=["at once", "late", "at the last moment"])
async def test_presence_keeps_them(house: Database, after: timedelta) -> None:
    await ask(house)
    await send_all(house, NOW)

    await arrive(house, NOW + after)

    assert await part(house, OVER) == 0
    kept = await person(house)
    assert (kept.telegram_id, kept.name, kept.stay_asked_at, kept.seen_at) == (ANA, "Ana", None, NOW + after)


async def test_after_that_they_are_asked_again_only_when_they_have_been_away_as_long(house: Database) -> None:
    await ask(house)
    await arrive(house, NOW + DAY)
    for other in (BEN, CEM):
        await house.write(seen, other, NOW + TWO_YEARS)

    assert await ask(house, NOW + DAY + TWO_YEARS) == 0
    assert await ask(house, NOW + DAY + TWO_YEARS + SECOND) == 1
    assert len([each for each in await house.read(rows, Delivery) if each.kind is DeliveryKind.STAY]) == 2


async def test_who_comes_before_the_question_leaves_is_not_asked(house: Database) -> None:
    await ask(house)

    await arrive(house, NOW + SECOND)

    assert await send_all(house, NOW + MINUTE) == []
    assert [each.state for each in await house.read(rows, Delivery)] == [DeliveryState.EXPIRED]


async def test_who_was_asked_and_blocks_the_bot_is_forgotten_too(house: Database) -> None:
    await ask(house)
    await house.write(people.depart, ANA, now=NOW + HOUR)

    assert await part(house, OVER) == 1


async def test_who_cannot_be_reached_is_forgotten_without_being_told(house: Database) -> None:
    await house.write(set_reachable, ANA, reachable=False)

    assert await ask(house) == 1
    assert await send_all(house, NOW) == []
    assert await part(house, OVER) == 1


async def test_a_question_that_may_have_arrived_is_not_asked_again(house: Database) -> None:
    await ask(house)
    [delivery_id] = await house.write(outbox.claim, WORKER, limit=30, now=NOW)
    await house.write(outbox.begin, delivery_id, WORKER, USUAL, now=NOW)

    await house.write(outbox.settle, delivery_id, WORKER, Doubtful("timed out"), now=NOW)

    assert await send_all(house, NOW + HOUR) == []
    assert (await house.read(row, Delivery, delivery_id)).state is DeliveryState.UNKNOWN


async def test_an_answer_to_a_question_that_is_on_its_way_counts(house: Database) -> None:
    await ask(house)
    [delivery_id] = await house.write(outbox.claim, WORKER, limit=30, now=NOW)
    await house.write(outbox.begin, delivery_id, WORKER, USUAL, now=NOW)
    await arrive(house, NOW + SECOND)
    await house.write(outbox.settle, delivery_id, WORKER, Sent(1), now=NOW + 2 * SECOND)

    assert await part(house, OVER) == 0


async def test_seats_of_those_who_are_gone_pass_on_and_the_winner_is_told(house: Database) -> None:
    def seat(session: Session) -> None:
        webinar_id = add_webinar(session, capacity=1, starts_at=OVER + DAY)
        add_registration(session, webinar_id, ANA)
        add_registration(session, webinar_id, BEN, RegistrationStatus.WAITLISTED)

    await house.write(seat)
    await ask(house)
    await send_all(house, NOW)

    await part(house, OVER)

    told = [(type(outgoing.content).__name__, outgoing.chat_id) for outgoing in await send_all(house, OVER)]
    assert told == [("SeatWon", BEN)]


async def test_many_are_asked_and_forgotten_at_once(house: Database) -> None:
    def leave_all(session: Session) -> None:
        for person_id in (ANA, BEN, CEM):
            seen(session, person_id, NOW - TWO_YEARS - person_id * DAY)

    await house.write(leave_all)

    assert await ask(house) == 3
    assert await part(house, OVER) == 3
    assert [(await person(house, person_id)).telegram_id for person_id in (ANA, BEN, CEM)] == [None] * 3


@pytest.mark.parametrize("partnership_id", [None, "alpha"], ids=["administrator", "organiser"])
async def test_who_was_appointed_stays_until_that_is_ended(house: Database, partnership_id: str | None) -> None:
    """An administrator whom the configuration names may never have opened the chat at all."""

    def appoint(session: Session) -> None:
        add_consortium(session)
        add_role(session, ANA, partnership_id)

    def dismiss(session: Session) -> None:
        session.delete(rows(session, Role)[0])

    await house.write(appoint)
    assert (await ask(house), await part(house, OVER)) == (0, 0)

    await house.write(dismiss)
    assert await ask(house, OVER) == 1


async def test_who_is_appointed_after_the_question_stays(house: Database) -> None:
    await ask(house)

    await house.write(people.appoint_admins, [ANA], now=NOW + DAY)

    assert await part(house, OVER) == 0
    assert (await person(house)).telegram_id == ANA


async def test_taking_part_is_being_here_only_if_it_was_done_here(house: Database) -> None:
    """A seat from long ago keeps nobody: what counts is when they last spoke to us."""
    await house.write(add_webinar)
    await house.write(registration.register, "w", ANA, now=NOW - TWO_YEARS)

    assert await ask(house) == 1


async def test_who_comes_back_at_the_very_moment_they_would_be_forgotten_stays(house: Database) -> None:
    await ask(house)

    def come_back(session: Session, pause: Pause) -> None:
        people.arrive(session, Visitor(ANA, "Ana"), language="en", bot_id=1, update_id=1, now=OVER)
        pause()

    assert await cross(house, come_back, lambda: part(house, OVER)) == 0
    assert (await person(house)).name == "Ana"
