from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.pacing import AT_ONCE, Load, beginnings

DUE = datetime(2027, 1, 15, 9, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
PACE = SECOND / 25

LOADS = st.lists(
    st.builds(
        Load,
        st.integers(0, 7_200).map(lambda seconds: DUE + seconds * SECOND),
        st.integers(0, 20_000),
    ),
    max_size=8,
)


@pytest.mark.parametrize(
    ("loads", "before"),
    [
        ([], []),
        ([(0, 60)], [timedelta()]),
        ([(0, 750)], [timedelta()]),
        ([(0, 3_100)], [124 * SECOND]),
        ([(0, 100_000)], [4_000 * SECOND]),
        ([(0, 3_000), (0, 3_000)], [120 * SECOND, 240 * SECOND]),  # of two at once, one makes room for the other
        ([(0, 3_000), (60, 3_000)], [180 * SECOND, 120 * SECOND]),
        ([(0, 3_000), (600, 3_000)], [120 * SECOND, 120 * SECOND]),
        ([(0, 10), (20, 3_000)], [100 * SECOND + 10 * PACE, 120 * SECOND]),
        ([(0, 250), (110, 3_000)], [20 * SECOND, 120 * SECOND]),  # not behind the long one, which begins 10 s before
        ([(0, 250), (130, 3_000)], [timedelta(), 120 * SECOND]),
    ],
    ids=str,
)
def test_a_load_begins_early_enough_for_its_last_message(loads: list[tuple[int, int]], before: list[timedelta]) -> None:
    given_loads = [Load(DUE + seconds * SECOND, messages) for seconds, messages in loads]

    found = beginnings(given_loads, PACE)

    assert [load.due_at - begin for load, begin in zip(given_loads, found, strict=True)] == before


@given(LOADS)
def test_none_begins_later_than_it_is_due(loads: list[Load]) -> None:
    assert all(begin <= load.due_at for load, begin in zip(loads, beginnings(loads, PACE), strict=True))


@given(LOADS)
@example([Load(DUE, 0), Load(DUE + 61 * SECOND, 1_526)])
@example([Load(DUE, 250), Load(DUE + 790 * SECOND, 20_000)])
def test_sent_in_this_order_nobody_is_told_later_than_a_short_load_may_be(loads: list[Load]) -> None:
    """The bulk lane takes what is due, the earliest first, one message every interval."""
    line = sorted(zip(beginnings(loads, PACE), loads, strict=True), key=lambda pair: (pair[0], pair[1].due_at))
    free_at = DUE - timedelta(days=1)
    for begin, load in line:
        free_at = max(free_at, begin) + load.messages * PACE
        assert free_at <= load.due_at + AT_ONCE


@given(LOADS, st.integers(-5_000, 5_000))
def test_only_distances_count(loads: list[Load], seconds: int) -> None:
    moved = [Load(load.due_at + seconds * SECOND, load.messages) for load in loads]

    assert beginnings(moved, PACE) == [begin + seconds * SECOND for begin in beginnings(loads, PACE)]
