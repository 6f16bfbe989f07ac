"""At most two letters within any 24 hours."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.letters import MOST_A_DAY, next_possible
from tests.factories import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("ages", "next_in"),
    [
        ([], None),
        ([0 * HOUR], None),
        ([23 * HOUR, 0 * HOUR], HOUR),
        ([24 * HOUR, 0 * HOUR], None),
        ([47 * HOUR, 20 * HOUR, 2 * HOUR], 4 * HOUR),
        ([3 * HOUR, 2 * HOUR, HOUR], 22 * HOUR),
    ],
)
def test_next_letter_waits_for_the_last_but_one_to_be_a_day_old(ages: list[timedelta], next_in: timedelta) -> None:
    sent = [NOW - age for age in ages]

    assert next_possible(sent, now=NOW) == (None if next_in is None else NOW + next_in)


@given(st.lists(st.integers(0, 7 * 24 * 60), min_size=1, max_size=60))
def test_whoever_tries_whenever_no_day_has_more(minutes: list[int]) -> None:
    sent: list[datetime] = []
    for minute in sorted(minutes):
        now = NOW + timedelta(minutes=minute)
        if next_possible(sent, now=now) is None:
            sent.append(now)

    assert all(later - earlier >= DAY for earlier, later in zip(sent, sent[MOST_A_DAY:], strict=False))


@given(st.lists(st.integers(0, 48 * 60), max_size=10))
def test_at_the_time_that_is_named_it_is_possible(minutes: list[int]) -> None:
    sent = [NOW - timedelta(minutes=minute) for minute in minutes]
    found = next_possible(sent, now=NOW)

    assert found is None or (found > NOW and next_possible(sent, now=found) is None)
