from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.daylines import DAY_MINUTES, blocks, daylines
from texts.pages import PagePhrases

START = datetime(2027, 1, 19, 9, tzinfo=UTC)
ZONES = ("Europe/Brussels", "Asia/Shanghai", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC")


@pytest.mark.parametrize(
    ("zone", "minutes", "expected"),
    [
        ("Europe/Brussels", 60, ((600, 60),)),
        ("Asia/Kolkata", 90, ((870, 90),)),
        ("Pacific/Auckland", 60, ((1320, 60),)),
        ("Pacific/Auckland", 120, ((1320, 120),)),
        ("Pacific/Auckland", 121, ((1320, 120), (0, 1))),
        ("America/New_York", 3_000, ((240, 1_200), (0, 240))),
    ],
)
def test_blocks(zone: str, minutes: int, expected: tuple[tuple[int, int], ...]) -> None:
    assert blocks(START, START + timedelta(minutes=minutes), zone) == expected


@given(
    start=st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 -- given one
    minutes=st.integers(1, DAY_MINUTES),
    zone=st.sampled_from(ZONES),
)
def test_blocks_are_within_the_day_and_as_long_as_the_webinar(start: datetime, minutes: int, zone: str) -> None:
    found = blocks(start, start + timedelta(minutes=minutes), zone)

    assert sum(length for _, length in found) == minutes
    assert all(begin >= 0 and length > 0 and begin + length <= DAY_MINUTES for begin, length in found)


def test_daylines_begin_with_the_hosts_and_name_no_zone_twice() -> None:
    found = daylines(START, START + timedelta(hours=1), ["Pacific/Auckland", *ZONES], PagePhrases("en"))

    assert [(line.city, line.off) for line in found] == [
        ("Auckland", ""),
        ("Brussels", ""),
        ("Shanghai", ""),
        ("New York", ""),
        ("Kolkata", ""),
        ("UTC", ""),
    ]


@pytest.mark.parametrize(
    ("hour", "off"), [(3, "the day before"), (12, "")], ids=["New York is a day behind", "the same day"]
)
def test_daylines_say_which_day_it_is_there(hour: int, off: str) -> None:
    start = START.replace(hour=hour)
    _, there = daylines(start, start + timedelta(hours=1), ["Asia/Shanghai", "America/New_York"], PagePhrases("en"))

    assert there.off == off
