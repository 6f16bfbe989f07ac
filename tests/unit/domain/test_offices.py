from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import offices
from domain.offices import PLACES, DayPart, local_time, local_times, part_of_day, zone_of

OFFICE, EARLY, EVENING, NIGHT = DayPart.OFFICE, DayPart.EARLY, DayPart.EVENING, DayPart.NIGHT
BETTER = (OFFICE, EARLY, EVENING, NIGHT)


@pytest.mark.parametrize(
    ("start", "minutes", "part"),
    [
        ("00:00", 60, NIGHT),
        ("06:59", 1, NIGHT),
        ("07:00", 60, EARLY),
        ("08:59", 1, EARLY),
        ("08:30", 60, EARLY),
        ("09:00", 60, OFFICE),
        ("09:00", 9 * 60, OFFICE),
        ("17:00", 60, OFFICE),
        ("17:00", 61, EVENING),
        ("18:00", 60, EVENING),
        ("21:00", 60, EVENING),
        ("21:30", 60, NIGHT),
        ("22:00", 60, NIGHT),
        ("23:30", 60, NIGHT),
        ("06:30", 60, NIGHT),
        ("08:00", 12 * 60, EVENING),
        ("10:00", 24 * 60, NIGHT),
        ("10:00", 100 * 60, NIGHT),
    ],
)
def test_part_of_the_day_is_the_worst_from_start_to_end(start: str, minutes: int, part: DayPart) -> None:
    hour, minute = map(int, start.split(":"))

    assert part_of_day(hour * 60 + minute, minutes) is part


@given(st.integers(0, 24 * 60 - 1), st.integers(1, 24 * 60), st.integers(1, 24 * 60))
def test_a_longer_webinar_is_never_at_a_better_time(start: int, one: int, other: int) -> None:
    short, long = sorted([one, other])

    assert BETTER.index(part_of_day(start, short)) <= BETTER.index(part_of_day(start, long))


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (
            datetime(2027, 2, 3, 8, 30, tzinfo=UTC),
            ["09:30 OFFICE", "16:30 OFFICE", "03:30 NIGHT", "00:30 NIGHT"],
        ),
        (
            datetime(2027, 7, 1, 13, tzinfo=UTC),
            ["15:00 OFFICE", "21:00 EVENING", "09:00 OFFICE", "06:00 NIGHT"],
        ),
        (
            datetime(2027, 3, 16, 14, tzinfo=UTC),  # clocks have changed in America, not yet in Europe
            ["15:00 OFFICE", "22:00 NIGHT", "10:00 OFFICE", "07:00 EARLY"],
        ),
    ],
)
def test_local_times_in_brussels_shanghai_new_york_and_san_francisco(moment: datetime, said: list[str]) -> None:
    places = local_times(PLACES, moment, 60)

    assert [f"{place.local:%H:%M} {place.part.name}" for place in places] == said
    assert [place.zone for place in places] == list(PLACES)


@pytest.mark.parametrize(
    ("zone", "weekend", "in_office"),
    [("Asia/Shanghai", True, False), ("America/New_York", False, True), ("Europe/Brussels", False, False)],
)
def test_weekend_is_where_it_is_one(zone: str, *, weekend: bool, in_office: bool) -> None:
    place = local_time(zone, datetime(2027, 1, 22, 20, tzinfo=UTC), 60)  # a Friday

    assert (place.weekend, place.in_office) == (weekend, in_office)


def test_nobody_is_in_the_office_on_a_saturday() -> None:
    place = local_time("Europe/Brussels", datetime(2027, 1, 23, 10, tzinfo=UTC), 60)

    assert (place.part, place.in_office) == (OFFICE, False)


@pytest.mark.parametrize(
    ("zone", "country"),
    [("Europe/Brussels", "BE"), ("Asia/Shanghai", "CN"), ("America/Los_Angeles", "US"), ("UTC", None)],
)
def test_zones_belong_to_countries(zone: str, country: str | None) -> None:
    assert offices.country_of(zone) == country


@pytest.mark.parametrize(
    ("country", "zone"),
    [("CN", "Asia/Shanghai"), ("US", "America/New_York"), ("BE", "Europe/Brussels"), ("PT", "Europe/Brussels")],
)
def test_a_country_keeps_the_time_of_its_place_else_ours(country: str, zone: str) -> None:
    assert zone_of(country, PLACES) == zone
