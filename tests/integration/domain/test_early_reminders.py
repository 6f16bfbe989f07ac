"""More people than the bulk lane can carry by the lead: they are reminded early enough that the last is in time."""

import logging
from datetime import timedelta

import pytest

from domain import reminding
from storage import Database, Delivery, Session
from tests.factories import NOW, START, add_people, add_person, add_registration, add_webinar, rows

PEOPLE = 60
LEAD = timedelta(hours=1)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
RUN = PEOPLE * 2 * SECOND
"""How long all take when one leaves every two seconds."""


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


def prepare(session: Session) -> None:
    webinar_id = add_webinar(session)
    for person_id in add_people(session, PEOPLE):
        add_registration(session, webinar_id, person_id)


async def plan(house: Database, before: timedelta, *, every: timedelta = 2 * SECOND) -> int:
    """Plan so long before the lead is due."""
    now = START - LEAD - before
    return await house.write(reminding.plan_reminders, [LEAD], interval=every, now=now)


async def test_they_are_planned_so_that_the_last_leaves_when_the_lead_is_due(
    house: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    assert await plan(house, RUN + MINUTE + SECOND) == 0
    assert await plan(house, RUN + MINUTE) == PEOPLE

    assert {row.due_at for row in await house.read(rows, Delivery)} == {START - LEAD - RUN}
    assert caplog.messages == [f"{PEOPLE} reminders begin 0:02:00 early, so that the last is sent in time"]


async def test_few_people_or_a_quick_lane_begin_when_the_lead_is_due(house: Database) -> None:
    assert await plan(house, MINUTE + SECOND, every=SECOND / 25) == 0
    assert await plan(house, MINUTE, every=SECOND / 25) == PEOPLE

    assert {row.due_at for row in await house.read(rows, Delivery)} == {START - LEAD}


async def test_whoever_comes_after_the_early_beginning_is_reminded_too(house: Database) -> None:
    await plan(house, RUN)
    await house.write(add_latecomer)

    assert await plan(house, MINUTE) == 1
    assert await plan(house, timedelta()) == 0


def add_latecomer(session: Session) -> None:
    person_id = add_person(session, PEOPLE + 1)
    add_registration(session, 1, person_id, changed_at=START - LEAD - RUN + SECOND)


async def test_two_webinars_at_once_make_room_for_each_other(house: Database) -> None:
    await house.write(add_another)

    assert await plan(house, 2 * RUN + MINUTE) == PEOPLE
    assert await plan(house, RUN + MINUTE) == PEOPLE

    dues = {row.webinar_id: row.due_at for row in await house.read(rows, Delivery)}
    assert sorted(dues.values()) == [START - LEAD - 2 * RUN, START - LEAD - RUN]


def add_another(session: Session) -> None:
    webinar_id = add_webinar(session, code="another")
    for person_id in range(1, PEOPLE + 1):
        add_registration(session, webinar_id, person_id, changed_at=NOW)
