from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import wall_time
from domain.when import WallTime, WhenError, WhenFault, from_instant, parse
from tests.factories import wall

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
ZONES = ("Europe/Brussels", "America/New_York", "Asia/Shanghai", "UTC")

pieces = st.sampled_from(
    [
        *("15", "29", "31", "2027", "2028", "9999", "0001", "-", ".", "/", ":", ",", "T", " ", " ", "(", ")", "at"),
        *("Jan", "Feb", "March", "Mon", "Sunday", "today", "tomorrow", "10:00", "02:30", "9am", "12 p.m.", "24:00"),
        *("CET", "Shanghai", "New York", "time", "Europe/Brussels", "Atlantis", "\0", "é", "²", "٣"),
    ]
)
texts = st.one_of(st.text(max_size=60), st.lists(pieces, max_size=10).map("".join), st.lists(pieces).map(" ".join))
moments = st.datetimes(wall(2026, 12, 2), wall(2036, 12, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


@given(texts, st.sampled_from(ZONES))
def test_any_text_is_a_moment_ahead_or_a_fault_that_can_be_explained(text: str, timezone: str) -> None:
    try:
        found = parse(text, timezone=timezone, now=NOW)
    except WhenError as error:
        assert error.fault in WhenFault  # noqa: PT017 -- either outcome is right
    else:
        assert wall_time.instant(found.local, found.timezone) > NOW


@pytest.mark.parametrize(
    "form",
    [
        "{0:%Y-%m-%d %H:%M}",
        "{0:%Y-%m-%dT%H:%M}",
        "{0:%d.%m.%Y %H:%M}",
        "{0:%d/%m/%Y} at {0:%I:%M %p}",
        "{0:%d %b %Y %H:%M}",
        "{0:%A, %d %B %Y, %H:%M}",
        "{0:%B %d, %Y %H.%M}",
    ],
)
@given(moment=moments, zone=st.sampled_from(ZONES))
def test_what_is_written_out_is_read_back(form: str, moment: datetime, zone: str) -> None:
    local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)

    assert parse(form.format(local) + f" {zone}", timezone="Asia/Kolkata", now=NOW) == WallTime(local, zone)


@given(moments, st.sampled_from(ZONES))
def test_a_picked_moment_is_the_one_that_was_picked(moment: datetime, zone: str) -> None:
    found = from_instant(moment, timezone=zone, now=NOW)
    twice = moment.astimezone(ZoneInfo(zone)).fold

    assert found.timezone == zone
    assert twice or wall_time.instant(found.local, zone) == moment


@given(st.dates(wall(2026, 12, 1).date(), wall(2027, 11, 30).date()))
def test_without_a_year_the_day_comes_within_a_year(day: object) -> None:
    found = parse(f"{day:%d %b} 12:00", timezone="UTC", now=NOW)

    assert found.local.date() == day
