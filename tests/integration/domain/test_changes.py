import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain import changes
from domain.cards import Card
from domain.errors import WebinarNotFoundError
from domain.wall_time import SkippedTimeError
from storage import (
    Database,
    Notice,
    Partnership,
    Registration,
    RegistrationStatus,
    Revision,
    Session,
    Webinar,
    WebinarStatus,
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
    wall,
)

BRUSSELS, SHANGHAI = "Europe/Brussels", "Asia/Shanghai"
NOON = wall(2027, 1, 20, 12)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ADMIN = 1


def prepare(session: Session) -> None:
    """Person 1 may do everything; the webinar is alpha's."""
    add_consortium(session)
    add_people(session, 3)
    add_role(session, ADMIN)
    add_webinar(session, hosts=["alpha"], capacity=1)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def move(house: Database, local: datetime, timezone: str = BRUSSELS, *, now: datetime = NOW) -> Card:
    return await house.write(changes.move, "w", ADMIN, local, timezone, settle=SETTLE, now=now)


async def cancel(house: Database, *, now: datetime = NOW) -> Card:
    return await house.write(changes.cancel, "w", ADMIN, settle=SETTLE, now=now)


async def restore(house: Database, *, now: datetime = NOW) -> Card:
    return await house.write(changes.restore, "w", ADMIN, settle=SETTLE, now=now)


async def stamps(house: Database) -> tuple[int, datetime]:
    [row] = await house.read(rows, Webinar)
    return row.sequence, row.last_modified


async def revisions(house: Database) -> list[tuple[int, dict[str, Any]]]:
    return [(row.sequence, row.changes) for row in await house.read(rows, Revision)]


async def test_a_move_changes_wall_time_instant_and_end(house: Database) -> None:
    card = await move(house, wall(2027, 7, 20, 18), SHANGHAI)

    [row] = await house.read(rows, Webinar)
    moment = datetime(2027, 7, 20, 10, tzinfo=UTC)
    assert (row.local_start, row.timezone) == (wall(2027, 7, 20, 18), SHANGHAI)
    assert (row.starts_at, row.ends_at) == (card.starts_at, card.ends_at) == (moment, moment + HOUR)


async def test_every_visible_change_counts_and_is_stamped_and_written_down(house: Database) -> None:
    await move(house, NOON, now=NOW + MINUTE)
    assert await stamps(house) == (1, NOW + MINUTE)

    await cancel(house, now=NOW + 2 * MINUTE)
    assert await stamps(house) == (2, NOW + 2 * MINUTE)

    await restore(house, now=NOW + 3 * MINUTE)
    assert await stamps(house) == (3, NOW + 3 * MINUTE)

    old, new = int(START.timestamp()), int((START + 2 * HOUR).timestamp())
    assert await revisions(house) == [
        (1, {"starts_at": [old, new]}),
        (2, {"status": ["published", "cancelled"]}),
        (3, {"status": ["cancelled", "published"]}),
    ]
    assert {(row.changed_by, row.webinar_id) for row in await house.read(rows, Revision)} == {(ADMIN, 1)}


async def test_stamps_never_go_back_even_if_the_clock_does(house: Database) -> None:
    await move(house, NOON, now=NOW + HOUR)
    await cancel(house, now=NOW)
    assert await stamps(house) == (2, NOW + HOUR)

    await restore(house, now=NOW - HOUR)
    assert await stamps(house) == (3, NOW + HOUR)


async def test_what_changes_nothing_leaves_no_trace(house: Database) -> None:
    before = await house.read(rows, Webinar)

    await move(house, wall(2027, 1, 20, 10))
    await restore(house)
    assert await house.read(rows, Webinar) == before

    await cancel(house)
    once = await stamps(house)
    await cancel(house, now=NOW + HOUR)

    assert await stamps(house) == once
    assert len(await house.read(rows, Revision)) == len(await house.read(rows, Notice)) == 1


async def test_the_same_moment_in_another_zone_is_seen_in_calendars_but_no_news(house: Database) -> None:
    card = await move(house, wall(2027, 1, 20, 17), SHANGHAI, now=NOW + MINUTE)

    assert (card.starts_at, card.timezone) == (START, SHANGHAI)
    assert await stamps(house) == (1, NOW + MINUTE)
    assert await revisions(house) == [(1, {"timezone": [BRUSSELS, SHANGHAI]})]
    assert await house.read(rows, Notice) == []


async def test_a_time_that_never_comes_is_refused_and_nothing_changes(house: Database) -> None:
    before = await house.read(rows, Webinar)

    with pytest.raises(SkippedTimeError):
        await move(house, wall(2027, 3, 28, 2, 30))

    assert await house.read(rows, Webinar) == before


async def test_an_unknown_code_is_no_webinar(house: Database) -> None:
    with pytest.raises(WebinarNotFoundError, match="made-up"):
        await house.write(changes.cancel, "made-up", ADMIN, settle=SETTLE, now=NOW)


async def test_an_administrator_can_change_what_only_a_former_partnership_hosts(house: Database) -> None:
    def retire(session: Session) -> None:
        session.get_one(Partnership, "alpha").active = False

    await house.write(retire)

    assert (await cancel(house)).status is WebinarStatus.CANCELLED


async def test_registrations_outlast_a_cancellation(house: Database) -> None:
    await house.write(add_registration, 1, 2)
    await house.write(add_registration, 1, 3, RegistrationStatus.WAITLISTED)
    before = await house.read(rows, Registration)

    await cancel(house)
    assert await house.read(rows, Registration) == before

    await restore(house)
    assert await house.read(rows, Registration) == before


async def test_a_webinar_that_opens_again_seats_those_in_line(house: Database) -> None:
    """A seat was given up while it was cancelled, or after it had begun."""
    await house.write(add_registration, 1, 3, RegistrationStatus.WAITLISTED)
    await cancel(house)

    await restore(house)

    assert [row.status for row in await house.read(rows, Registration)] == [RegistrationStatus.REGISTERED]


async def test_two_changes_at_once_are_both_kept(house: Database) -> None:
    await asyncio.gather(move(house, NOON), cancel(house), move(house, NOON + HOUR), restore(house))

    [row] = await house.read(rows, Webinar)
    written = await revisions(house)
    assert [sequence for sequence, _ in written] == list(range(1, row.sequence + 1))
    assert row.starts_at in {START + 2 * HOUR, START + 3 * HOUR}


async def test_when_a_state_changes_its_clocks_the_hosts_clock_decides_and_nobody_is_told(house: Database) -> None:
    def other_clocks(session: Session) -> None:
        """As if the webinar had been posted when Brussels was an hour further from UTC."""
        row = session.get_one(Webinar, 1)
        row.starts_at, row.ends_at = START - HOUR, START

    await house.write(other_clocks)

    assert await house.write(changes.follow_clocks, now=NOW + MINUTE) == 1
    assert await house.write(changes.follow_clocks, now=NOW + HOUR) == 0

    [row] = await house.read(rows, Webinar)
    assert (row.local_start, row.starts_at, row.ends_at) == (wall(2027, 1, 20, 10), START, START + HOUR)
    assert await stamps(house) == (1, NOW + MINUTE)
    assert await house.read(rows, Notice) == []


async def test_hosts_see_the_card_they_changed(house: Database) -> None:
    moved = await move(house, NOON)

    assert await cancel(house) == replace(moved, status=WebinarStatus.CANCELLED, open=False)
