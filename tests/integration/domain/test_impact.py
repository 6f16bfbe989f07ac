"""What a change would mean, counted from who is there."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from domain import changes, editing, planning
from domain.details import Detail
from domain.editing import Prospect
from domain.impact import Impact
from storage import Database, Person, RegistrationStatus, Session, Webinar, WebinarStatus
from tests.factories import (
    NOW,
    START,
    add_consortium,
    add_people,
    add_person,
    add_registration,
    add_role,
    add_webinar,
    set_reachable,
    wall,
)
from tests.outbox import USUAL

ADMIN, ANA, BEN, CEM, DIA, EVA = range(1, 7)
REGISTERED, WAITLISTED, LEFT = (
    RegistrationStatus.REGISTERED,
    RegistrationStatus.WAITLISTED,
    RegistrationStatus.CANCELLED,
)
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ZONES = {ANA: None, BEN: "Asia/Shanghai", CEM: "Asia/Shanghai", DIA: "America/New_York", EVA: "Asia/Shanghai"}


def prepare(session: Session) -> None:
    """Ana (who has not said where she is) and Ben and Dia have a seat, Cem waits, and Eva has left."""
    add_consortium(session)
    add_people(session, EVA)
    add_role(session, ADMIN)
    webinar_id = add_webinar(session, hosts=["alpha"], capacity=3)
    for person_id, status in ((ANA, REGISTERED), (BEN, REGISTERED), (CEM, WAITLISTED), (DIA, REGISTERED), (EVA, LEFT)):
        add_registration(session, webinar_id, person_id, status)
        session.get_one(Person, person_id).timezone = ZONES[person_id]


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def impact(house: Database, values: dict[str, Any], *, now: datetime = NOW) -> Impact:
    prospect: Prospect = await house.write(editing.propose, "w", ADMIN, values, USUAL, now=now)
    return prospect.impact


async def move(house: Database, by: timedelta, *, now: datetime = NOW) -> Impact:
    return await impact(house, {"starts_at": int((START + by).timestamp())}, now=now)


@pytest.mark.parametrize(
    ("by", "night"),
    [
        pytest.param(HOUR, (("America/New_York", 1),), id="eleven in Brussels"),
        pytest.param(5 * HOUR, (("Asia/Shanghai", 2),), id="three in Brussels"),
        pytest.param(
            12 * HOUR, (("Asia/Shanghai", 2), ("Europe/Brussels", 1)), id="ten in the evening, most people first"
        ),
    ],
)
async def test_night_is_counted_where_people_are_and_the_usual_zone_for_those_who_did_not_say(
    house: Database, by: timedelta, night: tuple[tuple[str, int], ...]
) -> None:
    assert (await move(house, by)).night == night


async def test_who_cannot_be_reached_is_not_counted(house: Database) -> None:
    await house.write(set_reachable, BEN, reachable=False)

    found = await move(house, 5 * HOUR)

    assert (found.registered, found.waiting, found.night) == (2, 1, (("Asia/Shanghai", 1),))


@pytest.mark.parametrize(
    ("starts", "minutes", "status", "busy"),
    [
        pytest.param(DAY, 60, WebinarStatus.PUBLISHED, 2, id="at that time"),
        pytest.param(DAY - 59 * MINUTE, 60, WebinarStatus.PUBLISHED, 2, id="until after it has begun"),
        pytest.param(DAY - HOUR, 60, WebinarStatus.PUBLISHED, 0, id="until it begins"),
        pytest.param(DAY + HOUR, 60, WebinarStatus.PUBLISHED, 0, id="when it has ended"),
        pytest.param(DAY - HOUR, 600, WebinarStatus.PUBLISHED, 2, id="all around it"),
        pytest.param(DAY, 60, WebinarStatus.CANCELLED, 0, id="but cancelled"),
        pytest.param(timedelta(), 60, WebinarStatus.PUBLISHED, 0, id="at the old time"),
    ],
)
async def test_clashes_are_counted_by_person(
    house: Database, starts: timedelta, minutes: int, status: WebinarStatus, busy: int
) -> None:
    """Ana is in two others at once and counts once; Cem waits there and here; Dia has left, Admin is only there."""

    def add(session: Session) -> None:
        for code in ("one", "two"):
            common = {"starts_at": START + starts, "duration_minutes": minutes, "status": status}
            webinar_id = add_webinar(session, code=code, hosts=["beta"], **common)
            add_registration(session, webinar_id, ANA)
        add_registration(session, webinar_id, CEM, WAITLISTED)
        add_registration(session, webinar_id, DIA, LEFT)
        add_registration(session, webinar_id, ADMIN)

    await house.write(add)

    assert (await move(house, DAY)).busy == busy


async def test_longer_webinar_may_run_into_the_next(house: Database) -> None:
    def add(session: Session) -> None:
        add_registration(session, add_webinar(session, code="next", hosts=["beta"], starts_at=START + HOUR), ANA)

    await house.write(add)

    assert (await impact(house, {Detail.DURATION: 61})).busy == 1
    assert (await impact(house, {Detail.TITLE: "Smarter"})).busy == 0


async def test_reminders_are_those_of_a_move_for_which_somebody_is_seated(house: Database) -> None:
    late = START - 20 * HOUR

    assert (await move(house, DAY, now=late)).again == (DAY,)
    assert (await move(house, -15 * HOUR, now=late)).skipped == ()
    assert (await move(house, -40 * HOUR)).skipped == (DAY,)
    assert (await impact(house, {Detail.TITLE: "Smarter"}, now=late)).again == ()

    def leave(session: Session) -> None:
        session.get_one(Webinar, 1).status = WebinarStatus.CANCELLED

    await house.write(leave)
    assert (await move(house, DAY, now=late)).again == ()


async def test_restoring_is_told_to_all_and_looks_at_their_time_again(house: Database) -> None:
    def cancel(session: Session) -> None:
        session.get_one(Webinar, 1).status = WebinarStatus.CANCELLED

    await house.write(cancel)
    found = await impact(house, {"status": "published"})

    assert (found.registered, found.waiting, found.night) == (3, 1, (("America/New_York", 1),))


async def test_of_what_is_over_nobody_is_told(house: Database) -> None:
    found = await impact(house, {Detail.TITLE: "Smarter"}, now=START + HOUR)

    assert (found.registered, found.waiting) == (0, 0)


async def test_webinar_that_had_begun_and_is_moved_seats_those_in_line(house: Database) -> None:
    def make_room(session: Session) -> None:
        session.get_one(Webinar, 1).capacity = 4

    await house.write(make_room)

    assert (await move(house, DAY, now=START + MINUTE)).promoted == 1


async def test_of_what_is_taken_back_in_time_nobody_is_told_but_who_came_since(house: Database) -> None:
    settle = 2 * MINUTE
    to = wall(2027, 1, 20, 9)
    await house.write(changes.move, "w", ADMIN, to, "Europe/Brussels", settle=settle, now=NOW + MINUTE)
    newcomer = await house.write(add_person, 4711)
    await house.write(add_registration, 1, newcomer, REGISTERED, changed_at=NOW + 90 * SECOND)
    back = int(START.timestamp())

    soon = await impact(house, {"starts_at": back}, now=NOW + settle)
    await house.write(planning.expand_notice, now=NOW + 3 * MINUTE)
    late = await impact(house, {"starts_at": back}, now=NOW + 4 * MINUTE)

    assert [(found.registered, found.waiting) for found in (soon, late)] == [(1, 0), (4, 1)]


async def test_who_restores_before_anybody_heard_of_the_end_tells_nobody(house: Database) -> None:
    await house.write(changes.cancel, "w", ADMIN, settle=2 * MINUTE, now=NOW)

    back = await impact(house, {"status": WebinarStatus.PUBLISHED.value}, now=NOW + MINUTE)

    assert (back.registered, back.waiting) == (0, 0)
