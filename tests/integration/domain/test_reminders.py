"""Who is reminded, of what, and when: planned from current data, looked at again when they leave."""

import asyncio
from datetime import datetime, timedelta

import pytest

from domain import changes, outbox, people, planning, registration, reminding
from domain.content import Reminder
from domain.people import Visitor
from storage import Database, Delivery, DeliveryKind, DeliveryState, Person, RegistrationStatus, Session, preferences
from tests.factories import (
    INTERVAL,
    LEADS,
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
from tests.outbox import begin, send_all

SEATED, WAITING, LEFT = RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED, RegistrationStatus.CANCELLED
ADMIN, ANA, BEN = 1, 2, 3
DAY, HOUR, MINUTE, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
BRUSSELS = "Europe/Brussels"


def prepare(session: Session) -> None:
    """Ana has a seat since long before any lead."""
    add_consortium(session)
    add_people(session, 3)
    add_role(session, ADMIN)
    add_registration(session, add_webinar(session, hosts=["alpha"], capacity=1), ANA, changed_at=NOW - DAY)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def plan(house: Database, now: datetime) -> int:
    return await house.write(reminding.plan_reminders, LEADS, interval=INTERVAL, now=now)


async def tick(house: Database, now: datetime) -> list[tuple[int, datetime]]:
    """Plan and send; returns who was reminded of which start."""
    await plan(house, now)
    sent = [(outgoing.chat_id, outgoing.content) for outgoing in await send_all(house, now)]
    return [(chat_id, content.card.starts_at) for chat_id, content in sent if isinstance(content, Reminder)]


async def states(house: Database) -> list[DeliveryState]:
    return [row.state for row in await house.read(rows, Delivery) if row.kind is DeliveryKind.REMINDER]


async def test_each_lead_reminds_once_however_often_the_clock_ticks(house: Database) -> None:
    moments = [START - DAY - 5 * MINUTE + number * 10 * SECOND for number in range(60)]
    moments += [START - HOUR - 5 * MINUTE + number * MINUTE for number in range(70)]

    reminded = {now: tick_ for now in moments if (tick_ := await tick(house, now))}

    assert reminded == {START - lead: [(ANA, START)] for lead in LEADS}


async def test_planning_twice_changes_nothing(house: Database) -> None:
    assert await plan(house, START - DAY) == 1
    before = await house.read(rows, Delivery)

    assert await plan(house, START - DAY) == 0
    assert await plan(house, START - DAY + HOUR) == 0
    assert await house.read(rows, Delivery) == before


async def test_planners_of_several_processes_plan_each_once(database: Database, database_url: str) -> None:
    def many(session: Session) -> None:
        person_ids = add_people(session, 30)
        for code in "abc":
            webinar_id = add_webinar(session, code=code)
            for person_id in person_ids:
                add_registration(session, webinar_id, person_id)

    await database.write(many)
    other = Database(database_url)
    try:
        planners = (database, other, database, other)
        planned = await asyncio.gather(*(plan(process, START - HOUR) for process in planners))
    finally:
        await other.close()

    assert sum(planned) == len(await database.read(rows, Delivery)) == 90


async def test_very_many_are_planned_in_parts(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def many(session: Session) -> None:
        person_ids = add_people(session, 5)
        for code in "ab":
            webinar_id = add_webinar(session, code=code)
            for person_id in person_ids:
                add_registration(session, webinar_id, person_id)

    monkeypatch.setattr(reminding, "AT_ONCE", 4)
    await database.write(many)

    looks = []
    for _ in range(4):
        falls_due = await database.read(reminding.fall_due, LEADS, interval=INTERVAL, now=START - HOUR)
        looks.append((falls_due, await plan(database, START - HOUR)))

    assert looks == [(True, 4), (True, 4), (True, 2), (False, 0)]


@pytest.mark.parametrize("lead", LEADS)
async def test_a_row_is_written_a_minute_before_and_leaves_when_due(house: Database, lead: timedelta) -> None:
    due = START - lead
    moments = (due - MINUTE - SECOND, due - MINUTE, due - SECOND)

    assert [await house.write(reminding.plan_reminders, [lead], interval=INTERVAL, now=now) for now in moments] == [
        0,
        1,
        0,
    ]
    assert await send_all(house, due - SECOND) == []
    assert len(await send_all(house, due)) == 1


async def test_the_way_in_is_in_it(house: Database) -> None:
    await plan(house, START - DAY)

    [outgoing] = await send_all(house, START - DAY)

    assert isinstance(outgoing.content, Reminder)
    assert (outgoing.content.join_url, outgoing.content.card.code) == ("https://meet.example.org/secret", "w")


@pytest.mark.parametrize(
    ("status", "reachable", "since"),
    [
        pytest.param(LEFT, True, NOW, id="left"),
        pytest.param(WAITING, True, NOW, id="waits"),
        pytest.param(SEATED, False, NOW, id="out of reach"),
        pytest.param(SEATED, True, START - HOUR + SECOND, id="came after the lead"),
    ],
)
async def test_others_are_not_reminded(
    house: Database,
    status: RegistrationStatus,
    *,
    reachable: bool,
    since: datetime,
) -> None:
    await house.write(add_registration, 1, BEN, status, changed_at=since)
    await house.write(set_reachable, BEN, reachable=reachable)

    assert await tick(house, START - HOUR + MINUTE) == [(ANA, START)]


async def test_whoever_comes_between_planning_and_the_lead_is_reminded(house: Database) -> None:
    await plan(house, START - HOUR - 30 * SECOND)
    await house.write(add_registration, 1, BEN, changed_at=START - HOUR - 20 * SECOND)

    assert await tick(house, START - HOUR) == [(ANA, START), (BEN, START)]


async def leave(house: Database) -> None:
    await house.write(registration.leave, "w", ANA, now=START - HOUR - SECOND)


async def lose_sight(house: Database) -> None:
    await house.write(people.depart, ANA, now=START - HOUR - SECOND)


async def cancel(house: Database) -> None:
    await house.write(changes.cancel, "w", ADMIN, settle=SETTLE, now=START - HOUR - SECOND)
    await house.write(planning.expand_notice, now=START - HOUR + SETTLE)


async def move(house: Database) -> None:
    next_week = wall(2027, 1, 27, 10)
    await house.write(changes.move, "w", ADMIN, next_week, BRUSSELS, settle=SETTLE, now=START - HOUR - SECOND)
    await house.write(planning.expand_notice, now=START - HOUR + SETTLE)


@pytest.mark.parametrize("happening", [leave, lose_sight, cancel, move])
@pytest.mark.parametrize("planned", [True, False], ids=["after it was planned", "before it was planned"])
async def test_what_has_become_pointless_is_not_sent(
    house: Database,
    happening: object,
    *,
    planned: bool,
) -> None:
    assert callable(happening)
    if planned:
        await plan(house, START - HOUR - 30 * SECOND)
    await happening(house)

    assert await tick(house, START - HOUR + SETTLE) == []
    assert set(await states(house)) <= {DeliveryState.EXPIRED, DeliveryState.UNREACHABLE}


async def test_a_claimed_reminder_never_tells_an_old_time(house: Database) -> None:
    """The worst moment: taken by a worker, moved, then begun."""
    await plan(house, START - HOUR)
    [claimed] = await house.write(outbox.claim, "worker", limit=30, now=START - HOUR)
    await move(house)

    assert await begin(house, claimed, START - HOUR + SETTLE) is None
    assert await states(house) == [DeliveryState.EXPIRED]


async def test_a_moved_webinar_is_reminded_of_at_its_new_time(house: Database) -> None:
    await tick(house, START - DAY)
    await house.write(changes.move, "w", ADMIN, wall(2027, 1, 22, 10), BRUSSELS, settle=SETTLE, now=START - 20 * HOUR)

    assert await tick(house, START - HOUR) == []
    assert await tick(house, START + DAY) == [(ANA, START + 2 * DAY)]


async def test_a_move_that_makes_all_leads_past_gives_one_reminder(house: Database) -> None:
    """In five minutes instead of in two days: the way in must come."""
    await house.write(changes.move, "w", ADMIN, wall(2027, 1, 18, 10, 5), BRUSSELS, settle=SETTLE, now=NOW)

    assert await tick(house, NOW) == [(ANA, NOW + 5 * MINUTE)]
    assert await tick(house, NOW + MINUTE) == []


async def test_a_cancellation_taken_back_in_time_costs_no_reminder(house: Database) -> None:
    due = START - DAY
    await plan(house, due - 30 * SECOND)
    await house.write(changes.cancel, "w", ADMIN, settle=SETTLE, now=due - SECOND)
    assert await tick(house, due) == []

    await house.write(changes.restore, "w", ADMIN, settle=SETTLE, now=due + MINUTE)

    assert await tick(house, due + SETTLE) == [(ANA, START)]


async def test_a_move_there_and_back_costs_no_reminder(house: Database) -> None:
    due = START - DAY
    await plan(house, due - 30 * SECOND)
    await house.write(changes.move, "w", ADMIN, wall(2027, 1, 25, 10), BRUSSELS, settle=SETTLE, now=due - SECOND)
    assert await tick(house, due) == []

    await house.write(changes.move, "w", ADMIN, wall(2027, 1, 20, 10), BRUSSELS, settle=SETTLE, now=due + MINUTE)

    assert await tick(house, due + MINUTE + SETTLE) == [(ANA, START)]


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        pytest.param(START - 23 * HOUR, [DAY], id="after an hour: the first, late"),
        pytest.param(START - HOUR / 2, [HOUR], id="the second has replaced the first"),
        pytest.param(START - MINUTE, [10 * MINUTE], id="only the last makes sense"),
        pytest.param(START, [], id="it has begun"),
        pytest.param(START + DAY, [], id="it is over"),
    ],
)
async def test_after_downtime_what_still_makes_sense_is_sent(
    house: Database, back: datetime, expected: list[timedelta]
) -> None:
    """The first had been planned before everything stood still."""
    await plan(house, START - DAY - 30 * SECOND)

    assert await tick(house, back) == [(ANA, START)] * len(expected)
    sent = [row for row in await house.read(rows, Delivery) if row.state is DeliveryState.SENT]
    assert [row.about for row in sent] == [
        {"lead": int(lead.total_seconds()), "starts_at": int(START.timestamp())} for lead in expected
    ]


async def test_who_wins_a_seat_late_is_not_reminded_of_what_is_past(house: Database) -> None:
    await house.write(add_registration, 1, BEN, WAITING)
    await house.write(registration.leave, "w", ANA, now=START - 2 * HOUR)
    await send_all(house, START - 2 * HOUR)

    assert await tick(house, START - HOUR - MINUTE) == []
    assert await tick(house, START - HOUR) == [(BEN, START)]


async def test_who_returns_within_reach_is_reminded_of_the_next(house: Database) -> None:
    await house.write(people.depart, ANA, now=NOW)
    assert await tick(house, START - DAY) == []

    visitor = Visitor(ANA, "Ana")
    await house.write(people.arrive, visitor, language="en", bot_id=1, update_id=1, now=START - 2 * HOUR)

    assert await tick(house, START - HOUR) == [(ANA, START)]


async def test_without_leads_nobody_is_reminded(house: Database) -> None:
    assert await house.write(reminding.plan_reminders, (), interval=INTERVAL, now=START - MINUTE) == 0


async def test_of_somebody_s_own_leads_too_only_the_last_is_sent_after_downtime(house: Database) -> None:
    def choose(session: Session) -> None:
        preferences.set_leads(session, session.get_one(Person, ANA), [2 * DAY, 3 * HOUR])

    await house.write(choose)
    await plan(house, START - 2 * DAY)

    assert await tick(house, START - HOUR) == [(ANA, START)]
    sent = [row.about["lead"] for row in await house.read(rows, Delivery) if row.state is DeliveryState.SENT]
    assert sent == [3 * 3600]


async def test_soon_comes_before_later(house: Database) -> None:
    """Ten minutes before the start goes ahead of a day before another."""
    await plan(house, START - DAY)
    await plan(house, START - 10 * MINUTE)

    assert [row.priority for row in await house.read(rows, Delivery)] == [30, 20]


async def test_a_move_that_puts_a_lead_into_the_past_is_told_once_not_twice(house: Database) -> None:
    """The moved notice says it; the reminders still to come are sent at their time."""
    moved = NOW.replace(second=0, microsecond=0) + 5 * HOUR

    await house.write(changes.move, "w", ADMIN, moved.replace(tzinfo=None), "UTC", settle=SETTLE, now=NOW)

    assert await tick(house, NOW + MINUTE) == []
    assert await tick(house, moved - HOUR) == [(ANA, moved)]
