from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clashes import Busy, Span, near

TEN = datetime(2027, 1, 20, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
spans = st.builds(
    lambda start, minutes: Span(TEN + start * MINUTE, TEN + (start + minutes) * MINUTE),
    st.integers(-2000, 2000),
    st.integers(1, 600),
)


def span(start: int, minutes: int = 60) -> Span:
    """`start` counts minutes from ten o'clock."""
    return Span(TEN + start * MINUTE, TEN + (start + minutes) * MINUTE)


@pytest.mark.parametrize(
    ("other", "clash"),
    [
        (span(0), True),
        (span(30), True),
        (span(60), True),
        (span(119), True),
        (span(120), False),
        (span(-119, 30), True),
        (span(-120, 60), False),
        (span(-120, 120), False),
        (span(-120, 121), True),
        (span(-600, 601), True),
        (span(24 * 60), False),
    ],
)
def test_near_is_within_the_same_two_hours_or_at_the_same_time(other: Span, *, clash: bool) -> None:
    assert (near(span(0), other), near(other, span(0))) == (clash, clash)
    assert Busy([other]).count(span(0)) == int(clash)


@given(spans, st.lists(spans, max_size=40))
def test_looking_quickly_finds_what_looking_at_each_finds(one: Span, others: list[Span]) -> None:
    assert Busy(others).count(one) == sum(near(one, other) for other in others)


def test_nothing_is_near_where_there_is_nothing() -> None:
    assert Busy([]).count(span(0)) == 0
