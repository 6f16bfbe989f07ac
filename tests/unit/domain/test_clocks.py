from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clocks import Shift, shifts, unusual
from domain.offices import PLACES, local_time, local_times

BRUSSELS, SHANGHAI, NEW_YORK, SAN_FRANCISCO = PLACES
HOUR = timedelta(hours=1)
AMERICA_LATER = (Shift(NEW_YORK, HOUR), Shift(SAN_FRANCISCO, HOUR))


def by(zone: str, moment: datetime, home: str = BRUSSELS) -> timedelta:
    return unusual(local_time(home, moment, 60), local_time(zone, moment, 60))


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2027-03-12", ()),  # a Friday; America changes on Sunday 14 March
        ("2027-03-15", AMERICA_LATER),
        ("2027-03-26", AMERICA_LATER),  # Europe changes on Sunday 28 March
        ("2027-03-29", ()),
        ("2027-07-01", ()),
        ("2027-10-29", ()),  # Europe changes on Sunday 31 October
        ("2027-11-01", AMERICA_LATER),
        ("2027-11-05", AMERICA_LATER),  # America changes on Sunday 7 November
        ("2027-11-08", ()),
        ("2026-10-26", AMERICA_LATER),
        ("2026-11-02", ()),
        ("2028-03-13", AMERICA_LATER),
        ("2028-03-27", ()),
    ],
)
def test_weeks_in_which_europe_and_america_differ_by_less_than_usual(day: str, found: tuple[Shift, ...]) -> None:
    assert shifts(local_times(PLACES, datetime.fromisoformat(f"{day}T10:00+00:00"), 60)) == found


@pytest.mark.parametrize("month", range(1, 13))
def test_shanghai_without_summer_time_is_never_unusual(month: int) -> None:
    assert by(SHANGHAI, datetime(2027, month, 15, 10, tzinfo=UTC)) == timedelta()


def test_seen_from_new_york_it_is_brussels_that_is_earlier() -> None:
    assert shifts(local_times((NEW_YORK, BRUSSELS), datetime(2027, 3, 16, 10, tzinfo=UTC), 60)) == (
        Shift(BRUSSELS, -HOUR),
    )


def test_the_hour_of_the_change_counts_and_not_the_day() -> None:
    change = datetime(2027, 3, 14, 7, tzinfo=UTC)  # 2:00 in New York

    assert [by(NEW_YORK, moment) for moment in (change - timedelta(seconds=1), change)] == [
        timedelta(),
        HOUR,
    ]


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 -- limits of a strategy
    st.sampled_from([*PLACES, "Asia/Kathmandu", "UTC", "Europe/London"]),
)
def test_a_zone_never_differs_from_itself_and_a_shift_leads_back_to_a_usual_difference(
    moment: datetime, zone: str
) -> None:
    usual = _offset(zone, moment) - _offset(BRUSSELS, moment) - by(zone, moment)
    year = [datetime(moment.astimezone(ZoneInfo(BRUSSELS)).year, month, 1, 12, tzinfo=UTC) for month in range(1, 13)]

    assert by(zone, moment, zone) == timedelta()
    assert usual in {_offset(zone, day) - _offset(BRUSSELS, day) for day in year}


def _offset(zone: str, moment: datetime) -> timedelta:
    return moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
