from datetime import timedelta

import pytest

from domain import leases
from domain.leases import LEASE
from storage import Database
from tests.factories import NOW

SECOND = timedelta(seconds=1)
ONE, OTHER, NAME = "one", "other", "updates"


@pytest.mark.parametrize(
    ("after", "taken"),
    [(timedelta(), False), (LEASE - SECOND, False), (LEASE, True), (LEASE + SECOND, True)],
)
async def test_another_has_it_only_when_the_first_has_not_renewed(
    database: Database, *, after: timedelta, taken: bool
) -> None:
    assert await database.write(leases.take, NAME, ONE, now=NOW)

    assert await database.write(leases.take, NAME, OTHER, now=NOW + after) is taken


async def test_whoever_renews_keeps_it(database: Database) -> None:
    for step in range(4):
        assert await database.write(leases.take, NAME, ONE, now=NOW + step * (LEASE - SECOND))

    assert not await database.write(leases.take, NAME, OTHER, now=NOW + 3 * (LEASE - SECOND) + SECOND)


async def test_one_that_was_overtaken_learns_of_it(database: Database) -> None:
    await database.write(leases.take, NAME, ONE, now=NOW)
    await database.write(leases.take, NAME, OTHER, now=NOW + LEASE)

    assert not await database.write(leases.take, NAME, ONE, now=NOW + LEASE + SECOND)


async def test_what_is_left_can_be_had_at_once(database: Database) -> None:
    await database.write(leases.take, NAME, ONE, now=NOW)
    await database.write(leases.leave, NAME, ONE, now=NOW + SECOND)

    assert await database.write(leases.take, NAME, OTHER, now=NOW + SECOND)


async def test_nobody_gives_away_what_another_holds(database: Database) -> None:
    await database.write(leases.take, NAME, ONE, now=NOW)
    await database.write(leases.leave, NAME, OTHER, now=NOW)

    assert not await database.write(leases.take, NAME, OTHER, now=NOW + SECOND)


async def test_two_things_have_leases_of_their_own(database: Database) -> None:
    await database.write(leases.take, NAME, ONE, now=NOW)

    assert await database.write(leases.take, "another", OTHER, now=NOW)


async def test_a_clock_that_was_set_back_leaves_nothing_to_a_dead_holder(database: Database) -> None:
    await database.write(leases.take, NAME, ONE, now=NOW)

    assert not await database.write(leases.take, NAME, OTHER, now=NOW - LEASE)  # clocks may differ a little
    assert await database.write(leases.take, NAME, OTHER, now=NOW - timedelta(hours=1))
