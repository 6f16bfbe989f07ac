"""Reminders as each person likes them: chosen, planned, dropped and sent."""

from datetime import datetime, timedelta

import pytest

from domain import changes, preferences, registration, reminding
from domain.content import Reminder
from domain.preferences import LeadError, LeadSwitch
from domain.usual import Usual
from storage import Database, Delivery, DeliveryState, Person, PersonLead, Session
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
    row,
    rows,
)
from tests.outbox import USUAL, begin, claim, send_all

ANA, BEN, CEM = 1, 2, 3
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TEN = 10 * MINUTE


def prepare(session: Session) -> None:
    """Ana and Ben have seats since long before any lead; Cem has none."""
    add_consortium(session)
    add_people(session, 3)
    webinar_id = add_webinar(session, hosts=["alpha"])
    for person_id in (ANA, BEN):
        add_registration(session, webinar_id, person_id, changed_at=NOW - 30 * DAY)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def toggle(house: Database, *leads: timedelta, person_id: int = ANA) -> tuple[LeadSwitch, ...]:
    shown = await house.read(preferences.show, person_id, USUAL)
    for lead in leads:
        shown = await house.write(preferences.toggle_lead, person_id, lead, USUAL)
    return shown.leads


async def add(house: Database, text: str, *, person_id: int = ANA) -> tuple[LeadSwitch, ...]:
    return (await house.write(preferences.add_lead, person_id, text, USUAL)).leads


def on(switches: tuple[LeadSwitch, ...]) -> list[timedelta]:
    return [switch.lead for switch in switches if switch.on]


async def own(house: Database, person_id: int = ANA) -> bool:
    return (await house.read(row, Person, person_id)).own_leads


async def reminded(house: Database, moments: list[datetime]) -> list[tuple[timedelta, int]]:
    """Plan and send at each of these moments: how long before the start each was reminded, and who."""
    left = []
    for now in moments:
        await house.write(reminding.plan_reminders, LEADS, interval=INTERVAL, now=now)
        for outgoing in await send_all(house, now):
            assert isinstance(outgoing.content, Reminder)
            left.append((START - now, outgoing.chat_id))
    return left


def is_near(left: timedelta) -> bool:
    return left <= 2 * HOUR or min(abs(left - DAY), abs(left - 30 * HOUR)) <= HOUR / 2


LEAD_TIMES = [
    START - left
    for left in (number * 5 * MINUTE for number in range(24 * 12 * 2, 0, -1))
    if left % HOUR == timedelta() or is_near(left)
]
"""Every hour of two days, and every five minutes where anybody wants to be reminded."""


async def test_at_first_the_usual_ones_are_on_longest_first(house: Database) -> None:
    assert await toggle(house) == tuple(LeadSwitch(lead, on=True) for lead in LEADS)
    assert not await own(house)


async def test_each_is_on_or_off(house: Database) -> None:
    assert await toggle(house, HOUR) == (LeadSwitch(DAY, on=True), LeadSwitch(HOUR, on=False), LeadSwitch(TEN, on=True))
    assert on(await toggle(house, DAY)) == [TEN]
    assert on(await toggle(house, TEN)) == []
    assert await own(house)


async def test_back_at_the_usual_ones_a_person_follows_the_configuration_again(house: Database) -> None:
    await toggle(house, HOUR, DAY, HOUR)
    assert await own(house)

    await toggle(house, DAY)

    assert not await own(house)
    assert await house.read(rows, PersonLead, "seconds") == []
    other = Usual((2 * HOUR,), "Europe/Brussels")
    shown = await house.read(preferences.show, ANA, other)
    assert shown.leads == (LeadSwitch(2 * HOUR, on=True),)


async def test_who_chose_keeps_what_they_chose_when_the_configuration_changes(house: Database) -> None:
    await toggle(house, HOUR)

    shown = await house.read(preferences.show, ANA, Usual((2 * HOUR, TEN), "Europe/Brussels"))

    assert shown.leads == (LeadSwitch(DAY, on=True), LeadSwitch(2 * HOUR, on=False), LeadSwitch(TEN, on=True))


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        pytest.param("5", 5 * MINUTE, id="the shortest"),
        pytest.param("7 days", 7 * DAY, id="the longest"),
        pytest.param("90 min", 90 * MINUTE, id="between"),
        pytest.param("2h 30", 150 * MINUTE, id="in two parts"),
    ],
)
async def test_one_of_their_own_is_added_to_the_usual_ones(house: Database, text: str, lead: timedelta) -> None:
    assert on(await add(house, text)) == sorted({*LEADS, lead}, reverse=True)


@pytest.mark.parametrize(
    "text",
    ["4", "4 min", "0", "8 days", "7 days 1 min", "10081", "-5", "", "soon", "5 months", "🎉", "1" * 10_000, "\0"],
)
async def test_what_is_too_short_too_long_or_no_time_is_refused(house: Database, text: str) -> None:
    with pytest.raises(LeadError):
        await add(house, text)

    assert not await own(house)


async def test_another_of_their_own_takes_the_place_of_the_first(house: Database) -> None:
    await add(house, "2 days")
    await toggle(house, HOUR)

    assert on(await add(house, "3 days")) == [3 * DAY, DAY, TEN]


@pytest.mark.parametrize("text", ["1 hour", "60", "1 day", "10 min"])
async def test_a_usual_one_typed_in_is_switched_on_and_nothing_else(house: Database, text: str) -> None:
    await toggle(house, HOUR)

    await add(house, text)

    assert await own(house) == (text not in {"1 hour", "60"})


async def test_one_of_their_own_is_switched_off_like_any_other(house: Database) -> None:
    await add(house, "2 days")

    assert await toggle(house, 2 * DAY) == tuple(LeadSwitch(lead, on=True) for lead in LEADS)
    assert not await own(house)


@pytest.mark.parametrize(
    "lead", [5 * MINUTE - SECOND, 7 * DAY + SECOND, timedelta(), -HOUR, timedelta(days=99_999)], ids=str
)
async def test_a_forged_switch_beyond_the_limits_changes_nothing(house: Database, lead: timedelta) -> None:
    assert on(await toggle(house, lead)) == list(LEADS)
    assert await house.read(rows, PersonLead, "seconds") == []


async def test_forged_switches_add_no_more_than_one(house: Database) -> None:
    """Each costs a look at every webinar at every tick."""
    switches = await toggle(house, *(HOUR + number * SECOND for number in range(1, 20)))

    assert on(switches) == [DAY, HOUR + 19 * SECOND, HOUR, TEN]


async def test_a_usual_one_beyond_the_limits_can_be_switched(house: Database) -> None:
    usual = Usual((30 * DAY, MINUTE), "Europe/Brussels")

    off = await house.write(preferences.toggle_lead, ANA, 30 * DAY, usual)
    back = await house.write(preferences.toggle_lead, ANA, 30 * DAY, usual)

    assert (on(off.leads), on(back.leads)) == ([MINUTE], [30 * DAY, MINUTE])


async def test_two_people_are_reminded_each_as_they_chose(house: Database) -> None:
    await toggle(house, DAY, TEN)
    await add(house, "90 min")
    await add(house, "30 hours", person_id=BEN)
    await toggle(house, HOUR, person_id=BEN)

    assert await reminded(house, LEAD_TIMES) == [
        (30 * HOUR, BEN),
        (DAY, BEN),
        (90 * MINUTE, ANA),
        (HOUR, ANA),
        (TEN, BEN),
    ]


async def test_who_wants_none_gets_none(house: Database) -> None:
    await toggle(house, *LEADS)

    assert {chat_id for _, chat_id in await reminded(house, LEAD_TIMES)} == {BEN}


async def test_a_week_before_and_five_minutes_before_come_at_their_times(house: Database) -> None:
    await toggle(house, DAY, HOUR, TEN)
    await add(house, "7 days")
    await toggle(house, DAY, HOUR, TEN, person_id=BEN)
    await add(house, "5", person_id=BEN)
    moments = [START - 7 * DAY - SECOND, START - 7 * DAY, START - 5 * MINUTE - SECOND, START - 5 * MINUTE]

    assert await reminded(house, moments) == [(7 * DAY, ANA), (5 * MINUTE, BEN)]


async def test_of_several_past_at_once_each_gets_the_last_of_their_own(house: Database) -> None:
    """Everything stood still for days: one message each, not four."""
    await add(house, "2 days")
    await toggle(house, HOUR, TEN, person_id=BEN)

    assert sorted(await reminded(house, [START - 30 * MINUTE])) == [(30 * MINUTE, ANA), (30 * MINUTE, BEN)]
    sent = [each for each in await house.read(rows, Delivery) if each.state is DeliveryState.SENT]
    assert sorted((each.person_id, each.about["lead"]) for each in sent) == [(ANA, 3600), (BEN, 86400)]


@pytest.mark.parametrize(
    ("own", "reminders"),
    [
        pytest.param(["30 hours"], [], id="a later one is to come"),
        pytest.param(["30 hours", DAY, HOUR, TEN], [(5 * HOUR, ANA)], id="it is their only one: the way in must come"),
    ],
)
async def test_a_move_that_puts_a_lead_into_the_past_is_told_once_not_twice(
    house: Database, own: list[str | timedelta], reminders: list[tuple[timedelta, int]]
) -> None:
    """Of the move they are told anyway."""
    for each in own:
        await (add(house, each) if isinstance(each, str) else toggle(house, each))
    moved_at = START - 40 * HOUR

    def move(session: Session) -> None:
        add_role(session, CEM)
        changes.move_to(session, "w", CEM, moved_at + 5 * HOUR, settle=SETTLE, now=moved_at)

    await house.write(move)

    await house.write(reminding.plan_reminders, LEADS, interval=INTERVAL, now=moved_at)
    left = await send_all(house, moved_at)
    assert [(outgoing.content.card.starts_at - moved_at, outgoing.chat_id) for outgoing in left] == reminders


async def test_late_is_told_as_long_as_nothing_shorter_is_due(house: Database) -> None:
    await add(house, "2 days")
    await house.write(reminding.plan_reminders, LEADS, interval=INTERVAL, now=START - 2 * DAY)

    assert await reminded(house, [START - 25 * HOUR]) == [(25 * HOUR, ANA)]
    assert (DAY, ANA) in await reminded(house, [START - DAY])


@pytest.mark.parametrize("claimed", [False, True], ids=["before it is claimed", "after it was claimed"])
async def test_what_was_switched_off_since_it_was_planned_is_not_sent(house: Database, *, claimed: bool) -> None:
    due = START - HOUR
    await house.write(reminding.plan_reminders, LEADS, interval=INTERVAL, now=due - 30 * SECOND)
    taken = await claim(house, now=due) if claimed else []

    await toggle(house, HOUR)

    taken = taken or await claim(house, now=due)
    left = [outgoing for each in taken if (outgoing := await begin(house, each, due))]
    assert [outgoing.chat_id for outgoing in left] == [BEN]


async def test_one_of_their_own_switched_off_since_it_was_planned_is_not_sent(house: Database) -> None:
    await reminded(house, [START - DAY])
    await add(house, "2 hours")
    assert (
        await house.write(reminding.plan_reminders, LEADS, interval=INTERVAL, now=START - 2 * HOUR - 30 * SECOND) == 1
    )
    await toggle(house, 2 * HOUR)

    assert await send_all(house, START - 2 * HOUR) == []


async def test_to_choose_and_to_return_to_the_usual_repeats_no_reminder(house: Database) -> None:
    first = await reminded(house, [START - HOUR])
    await toggle(house, DAY)
    between = await reminded(house, [START - 50 * MINUTE])
    await toggle(house, DAY)

    assert (first, between) == ([(HOUR, ANA), (HOUR, BEN)], [])
    assert await reminded(house, [START - 40 * MINUTE]) == []


async def test_a_lead_is_not_planned_for_who_came_after_it(house: Database) -> None:
    await add(house, "2 hours", person_id=CEM)
    await house.write(registration.register, "w", CEM, now=START - 90 * MINUTE)

    moments = [START - 90 * MINUTE, START - HOUR]
    assert [who for _, who in await reminded(house, moments) if who == CEM] == [CEM]


async def test_planning_own_leads_twice_changes_nothing(house: Database) -> None:
    await add(house, "2 hours")
    now = START - 2 * HOUR
    assert (
        await house.write(reminding.plan_reminders, LEADS, interval=INTERVAL, now=now) == 3
    )  # and the usual day before, late, for both
    before = await house.read(rows, Delivery)

    assert await house.write(reminding.plan_reminders, LEADS, interval=INTERVAL, now=now + MINUTE) == 0
    assert await house.read(rows, Delivery) == before
