"""Whatever changes while second thoughts are possible is one message, from what was first to what is last."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from domain import changes, hosting, hosting_answers, planning, reasons, registration
from domain.change_news import Changed
from domain.content import Content
from domain.details import Detail
from domain.merging import Changes, Hosted
from domain.outcomes import Doubtful, NotSent, Outcome, Postponed, Sent, Unreachable
from domain.takes_place import Moved
from storage import Database, Delivery, DeliveryKind, DeliveryState, RegistrationStatus, Session
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
    wall,
)
from tests.outbox import begin, claim, send_all, settle

ADMIN, ANA, BEN, BETA = 1, 2, 3, 4
"""Ana has a seat, Ben waits; somebody organises for beta."""

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
NOON, TWO, TEN = wall(2027, 1, 20, 12), wall(2027, 1, 20, 14), wall(2027, 1, 20, 10)
NOON_UTC = START + 2 * HOUR
OLD, NEW, NEWEST = "Smart packaging", "Smarter packaging", "Smartest packaging"
LINK, NEW_LINK = "https://meet.example.org/secret", "https://meet.example.org/new"


def prepare(session: Session) -> None:
    add_consortium(session)
    add_people(session, BETA)
    add_role(session, ADMIN)
    add_role(session, BETA, "beta")
    webinar_id = add_webinar(session, title=OLD, hosts=["alpha"], capacity=1)
    add_registration(session, webinar_id, ANA, changed_at=NOW - HOUR)
    add_registration(session, webinar_id, BEN, RegistrationStatus.WAITLISTED, changed_at=NOW - HOUR)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def move(house: Database, local: datetime, *, now: datetime = NOW) -> None:
    await house.write(changes.move, "w", ADMIN, local, "Europe/Brussels", settle=SETTLE, now=now)


async def edit(house: Database, detail: Detail, value: Any, *, now: datetime = NOW) -> None:
    await house.write(changes.edit, "w", ADMIN, {detail: value}, tell=True, settle=SETTLE, now=now)


async def rename(house: Database, title: str, *, now: datetime = NOW) -> None:
    await edit(house, Detail.TITLE, title, now=now)


async def cancel(house: Database, *, now: datetime = NOW) -> None:
    await house.write(changes.cancel, "w", ADMIN, settle=SETTLE, now=now)


async def restore(house: Database, *, now: datetime = NOW) -> None:
    await house.write(changes.restore, "w", ADMIN, settle=SETTLE, now=now)


async def host_too(house: Database, *, now: datetime = NOW) -> None:
    await house.write(hosting.add, "w", ADMIN, "beta", settle=SETTLE, now=now)
    await house.write(hosting_answers.accept, "w", BETA, "beta", settle=SETTLE, now=now)


def parts(content: Content) -> list[object]:
    return list(content.parts) if isinstance(content, Changes) else [content]


def brief(part: object) -> tuple[str, object]:
    match part:
        case Moved(_, old_start):
            return "moved", old_start
        case Changed(_, old):
            return "changed", old
        case Hosted(_, old_hosts):
            return "hosted", old_hosts
    return type(part).__name__.lower(), None


async def told(house: Database, now: datetime, person: int = ANA) -> list[list[tuple[str, object]]]:
    """What leaves to one of them when notices are expanded and the outbox is emptied, each message with its parts."""
    while await house.write(planning.expand_notice, now=now):
        continue
    left = [outgoing for outgoing in await send_all(house, now) if outgoing.chat_id == person]
    return [[brief(part) for part in parts(outgoing.content)] for outgoing in left]


MOVED, RENAMED = ("moved", START), ("changed", {Detail.TITLE: OLD})


async def test_a_move_and_a_new_title_are_one_message(house: Database) -> None:
    await move(house, NOON)
    await rename(house, NEW, now=NOW + MINUTE)

    assert await told(house, NOW + SETTLE) == []
    assert await told(house, NOW + MINUTE + SETTLE) == [[MOVED, RENAMED]]
    assert await told(house, NOW + HOUR) == []


async def test_whichever_comes_first_and_for_who_waits_too(house: Database) -> None:
    await rename(house, NEW)
    await move(house, NOON, now=NOW + MINUTE)

    assert await told(house, NOW + MINUTE + SETTLE, BEN) == [[MOVED, RENAMED]]


async def test_of_each_the_first_and_the_last_value_count(house: Database) -> None:
    await move(house, NOON)
    await rename(house, NEW)
    await move(house, TWO, now=NOW + MINUTE)
    await rename(house, NEWEST, now=NOW + MINUTE)

    assert await told(house, NOW + HOUR) == [[MOVED, RENAMED]]


async def test_what_is_taken_back_is_not_in_it(house: Database) -> None:
    await move(house, NOON)
    await rename(house, NEW)
    await rename(house, OLD, now=NOW + MINUTE)
    assert await told(house, NOW + HOUR) == [[MOVED]]

    await move(house, TEN, now=NOW + HOUR)
    await rename(house, NEW, now=NOW + HOUR)
    await move(house, NOON, now=NOW + HOUR + MINUTE)
    assert await told(house, NOW + 2 * HOUR) == [[RENAMED]]

    await move(house, TEN, now=NOW + 2 * HOUR)
    await rename(house, OLD, now=NOW + 2 * HOUR)
    await move(house, NOON, now=NOW + 2 * HOUR)
    await rename(house, NEW, now=NOW + 2 * HOUR)
    assert await told(house, NOW + 3 * HOUR) == []


async def test_of_what_is_called_off_nothing_else_is_told(house: Database) -> None:
    await rename(house, NEW)
    await host_too(house)
    await cancel(house, now=NOW + MINUTE)

    assert await told(house, NOW + HOUR) == [[("cancelled", None)]]


async def test_one_more_host_comes_last_and_does_not_wait_for_the_morning_then(house: Database) -> None:
    await cancel(house, now=NOW - HOUR)
    await told(house, NOW)
    night = NOW.replace(hour=22)
    await host_too(house, now=night)
    await edit(house, Detail.JOIN_URL, NEW_LINK, now=night)
    await restore(house, now=night)

    expected = [("restored", None), ("changed", {Detail.JOIN_URL: LINK}), ("hosted", ("Alpha",))]
    assert await told(house, night + SETTLE) == [expected]


async def test_one_more_host_waits_for_the_morning_though_a_move_was_taken_back(house: Database) -> None:
    night, morning = NOW.replace(hour=22), NOW.replace(hour=22) + 12 * HOUR
    await move(house, NOON, now=night)
    await host_too(house, now=night)
    await move(house, TEN, now=night + MINUTE)

    assert await told(house, night + HOUR) == []
    assert await told(house, morning) == [[("hosted", ("Alpha",))]]


async def test_what_cannot_wait_does_not_wait_for_what_can(house: Database) -> None:
    """Ten minutes before the old start it is moved to the next day; then a title is put right."""
    now = START - 10 * MINUTE
    await move(house, wall(2027, 1, 22, 10), now=now)
    await rename(house, NEW, now=now + SECOND)

    assert await told(house, now + SECOND) == [[MOVED]]
    assert await told(house, now + HOUR) == [[RENAMED]]


async def test_what_could_wait_leaves_with_what_cannot(house: Database) -> None:
    await rename(house, NEW, now=START - HOUR - MINUTE)
    await move(house, NOON, now=START - HOUR)

    assert await told(house, START - HOUR) == [[MOVED, RENAMED]]


async def test_a_move_does_not_wait_for_edits_without_end(house: Database) -> None:
    await move(house, NOON)
    for minutes in range(1, 10):
        await rename(house, f"{NEW} {minutes}", now=NOW + minutes * MINUTE)
        assert await told(house, NOW + minutes * MINUTE) == []

    assert await told(house, NOW + 10 * MINUTE) == [[MOVED]]
    assert await told(house, NOW + HOUR) == [[RENAMED]]


TOMORROW = wall(2027, 1, 21, 10)


async def test_one_deed_is_one_message_in_the_last_hour_too(house: Database) -> None:
    now = START - 10 * MINUTE
    await move(house, TOMORROW, now=now)
    await rename(house, NEW, now=now)

    assert await told(house, now) == [[MOVED, RENAMED]]


async def test_nothing_waits_within_the_hour_before_the_start_in_which_people_believe(house: Database) -> None:
    now = START - HOUR - MINUTE
    await move(house, TOMORROW, now=now)
    await rename(house, NEW, now=now + MINUTE)

    assert await told(house, now + MINUTE) == [[MOVED, RENAMED]]


async def test_a_move_put_right_before_anybody_heard_of_it_does_not_wait_either(house: Database) -> None:
    now = START - 10 * MINUTE
    await move(house, TOMORROW, now=now)
    await move(house, wall(2027, 1, 22, 10), now=now + SECOND)

    assert await told(house, now + SECOND) == [[MOVED]]
    assert await told(house, now + HOUR) == []


async def test_one_more_host_does_not_hold_up_others_in_the_last_hour(house: Database) -> None:
    await rename(house, NEW, now=START - HOUR - MINUTE)
    await host_too(house, now=START - HOUR)

    assert await told(house, START - HOUR) == [[RENAMED, ("hosted", ("Alpha",))]]


async def test_one_who_came_between_is_told_of_the_rest(house: Database) -> None:
    await move(house, NOON)
    await house.write(add_registration, 1, BETA, RegistrationStatus.WAITLISTED, changed_at=NOW + SECOND)
    await rename(house, NEW, now=NOW + MINUTE)

    assert await told(house, NOW + HOUR, BETA) == [[RENAMED]]


async def test_who_left_and_came_back_has_seen_it_then(house: Database) -> None:
    """Ben leaves the line and joins it again before the post comes: then a second title is new to him."""
    night, morning = NOW.replace(hour=22), NOW.replace(hour=22) + 12 * HOUR
    await rename(house, NEW, now=night)
    await host_too(house, now=night)
    await house.write(planning.expand_notice, now=night + SETTLE)
    await house.write(registration.leave, "w", BEN, now=night + SETTLE)
    await house.write(registration.register, "w", BEN, now=night + SETTLE)
    assert await told(house, night + SETTLE, BEN) == []
    assert await told(house, morning, BEN) == []

    await rename(house, NEWEST, now=morning)
    assert await told(house, morning + HOUR, BEN) == [[("changed", {Detail.TITLE: NEW})]]


async def test_why_it_came_is_its_weightiest_reason(house: Database) -> None:
    await rename(house, NEW)
    await move(house, NOON)
    await told(house, NOW + SETTLE)

    first, second = [row for row in await house.read(rows, Delivery) if row.person_id == ANA]
    assert {first.state, second.state} == {DeliveryState.SENT}
    assert first.message_id == second.message_id
    found = await house.read(reasons.why, ANA, first.message_id)
    assert found is not None
    assert found.kind is DeliveryKind.MOVED


@pytest.mark.parametrize(
    ("outcome", "states"),
    [
        pytest.param(Doubtful("no answer"), [DeliveryState.PENDING] * 2, id="perhaps"),
        pytest.param(NotSent("no route"), [DeliveryState.PENDING] * 2, id="not"),
        pytest.param(Unreachable("blocked"), [DeliveryState.UNREACHABLE] * 2, id="never"),
        pytest.param(Sent(7), [DeliveryState.SENT] * 2, id="arrived"),
    ],
)
async def test_how_it_ended_is_true_of_all(house: Database, outcome: Outcome, states: list[DeliveryState]) -> None:
    await move(house, NOON)
    await rename(house, NEW)
    now = await leaves(house, NOW + SETTLE, outcome)

    assert [row.state for row in await house.read(rows, Delivery) if row.person_id == ANA] == states
    again = [] if states[0] is not DeliveryState.PENDING else [[MOVED, RENAMED]]
    assert await told(house, now + MINUTE) == again


async def leaves(house: Database, now: datetime, outcome: Outcome) -> datetime:
    while await house.write(planning.expand_notice, now=now):
        continue
    for delivery_id in await claim(house, now=now):
        if outgoing := await begin(house, delivery_id, now):
            await settle(house, outgoing.delivery_id, outcome, now=now)
    return now


async def test_a_link_that_was_perhaps_told_is_not_taken_back_in_silence(house: Database) -> None:
    await edit(house, Detail.JOIN_URL, NEW_LINK)
    now = await leaves(house, NOW + SETTLE, Doubtful("no answer"))

    await edit(house, Detail.JOIN_URL, LINK, now=now)

    assert await told(house, now + SETTLE) == [[("changed", {Detail.JOIN_URL: NEW_LINK})]]
    assert await told(house, now + HOUR) == []


async def test_a_detail_that_changes_again_before_it_is_told_is_told_once(house: Database) -> None:
    """The first message says how it is by then, which others hear of later."""
    await rename(house, NEW)
    await house.write(planning.expand_notice, now=NOW + SETTLE)
    await rename(house, NEWEST, now=NOW + SETTLE)

    assert await told(house, NOW + SETTLE) == [[RENAMED]]
    assert await told(house, NOW + HOUR) == []

    await rename(house, NEW, now=NOW + HOUR)
    assert await told(house, NOW + 2 * HOUR) == [[("changed", {Detail.TITLE: NEWEST})]]


async def test_a_detail_that_was_told_before_its_time_is_not_taken_back_in_silence(house: Database) -> None:
    await rename(house, NEW)
    await house.write(planning.expand_notice, now=NOW + SETTLE)
    await rename(house, NEWEST, now=NOW + SETTLE)
    assert await told(house, NOW + SETTLE) == [[RENAMED]]

    await rename(house, NEW, now=NOW + SETTLE + MINUTE)

    assert await told(house, NOW + HOUR) == [[("changed", {Detail.TITLE: NEWEST})]]


async def test_a_move_is_told_though_an_earlier_one_that_waits_with_it_has_come_too_late(house: Database) -> None:
    """Nothing leaves until what it was moved to first would be over; half a minute before, it is moved once more."""
    await move(house, wall(2027, 1, 20, 8), now=START - 4 * HOUR)
    now, over = START - 4 * HOUR + SETTLE, START - HOUR
    while now < over - MINUTE:
        await leaves(house, now, NotSent("no route"))
        now += 6 * MINUTE
    await leaves(house, over - MINUTE, NotSent("no route"))
    await move(house, TOMORROW, now=over - 30 * SECOND)

    assert await told(house, over + SECOND) == [[MOVED]]
    assert await told(house, over + HOUR) == []


@pytest.mark.parametrize("outcome", [NotSent("no route"), Postponed(SECOND)])
async def test_what_has_surely_not_left_is_taken_back_in_silence(house: Database, outcome: Outcome) -> None:
    await move(house, NOON)
    await rename(house, NEW)
    now = await leaves(house, NOW + SETTLE, outcome)

    await move(house, TEN, now=now)
    await rename(house, OLD, now=now)

    assert await told(house, now + HOUR) == []


@pytest.mark.parametrize("outcome", [NotSent("no route"), Postponed(SECOND)])
async def test_what_was_perhaps_told_is_not_forgotten_when_it_could_not_be_told_again(
    house: Database, outcome: Outcome
) -> None:
    await move(house, NOON)
    await rename(house, NEW)
    now = await leaves(house, NOW + SETTLE, Doubtful("no answer"))
    now = await leaves(house, now + MINUTE, outcome)

    await move(house, TEN, now=now)
    await rename(house, OLD, now=now)

    assert await told(house, now + HOUR) == [[("moved", NOON_UTC), ("changed", {Detail.TITLE: NEW})]]


@pytest.mark.parametrize("after", [-MINUTE, timedelta(), HOUR])
async def test_a_new_link_of_what_is_called_off_is_told_when_it_is_restored(house: Database, after: timedelta) -> None:
    """They may have the old one still: whoever is not told stands before a locked door."""
    if after <= timedelta():
        await edit(house, Detail.JOIN_URL, NEW_LINK, now=NOW + after)
    await cancel(house)
    assert await told(house, NOW + SETTLE) == [[("cancelled", None)]]
    if after > timedelta():
        await edit(house, Detail.JOIN_URL, NEW_LINK, now=NOW + after)
    assert await told(house, NOW + 2 * HOUR) == []

    await restore(house, now=NOW + 3 * HOUR)

    expected = [("restored", None), ("changed", {Detail.JOIN_URL: LINK})]
    assert await told(house, NOW + 4 * HOUR) == [expected]
    assert await told(house, NOW + 5 * HOUR) == []


async def test_what_waits_for_a_restoration_ends_with_the_webinar(house: Database) -> None:
    await cancel(house)
    await rename(house, NEW)
    await told(house, NOW + SETTLE)

    assert await told(house, START + HOUR) == []
    assert {row.state for row in await house.read(rows, Delivery)} == {DeliveryState.SENT, DeliveryState.EXPIRED}


async def test_all_are_planned_at_once(house: Database) -> None:
    """So that none of them leaves before another is planned."""
    await move(house, NOON)
    await rename(house, NEW)

    assert await house.write(planning.expand_notice, now=NOW + SETTLE)
    assert not await house.write(planning.expand_notice, now=NOW + SETTLE)
    kinds = [row.kind for row in await house.read(rows, Delivery) if row.person_id == ANA]
    assert sorted(kinds) == [DeliveryKind.CHANGED, DeliveryKind.MOVED]
