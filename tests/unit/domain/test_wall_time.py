from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.wall_time import SkippedTimeError, comes_twice, end, instant
from tests.factories import wall

BRUSSELS, NEW_YORK, SHANGHAI = "Europe/Brussels", "America/New_York", "Asia/Shanghai"


@pytest.mark.parametrize(
    ("local", "timezone", "moment"),
    [
        pytest.param(wall(2027, 1, 19, 10), BRUSSELS, datetime(2027, 1, 19, 9, tzinfo=UTC), id="Brussels in winter"),
        pytest.param(wall(2027, 7, 19, 10), BRUSSELS, datetime(2027, 7, 19, 8, tzinfo=UTC), id="Brussels in summer"),
        pytest.param(wall(2027, 1, 19, 10), NEW_YORK, datetime(2027, 1, 19, 15, tzinfo=UTC), id="New York in winter"),
        pytest.param(wall(2027, 7, 19, 10), NEW_YORK, datetime(2027, 7, 19, 14, tzinfo=UTC), id="New York in summer"),
        pytest.param(wall(2027, 1, 19, 10), SHANGHAI, datetime(2027, 1, 19, 2, tzinfo=UTC), id="Shanghai in winter"),
        pytest.param(wall(2027, 7, 19, 10), SHANGHAI, datetime(2027, 7, 19, 2, tzinfo=UTC), id="Shanghai in summer"),
        pytest.param(wall(2027, 3, 20, 10), BRUSSELS, datetime(2027, 3, 20, 9, tzinfo=UTC), id="only America changed"),
        pytest.param(wall(2027, 3, 20, 10), NEW_YORK, datetime(2027, 3, 20, 14, tzinfo=UTC), id="and is nearer now"),
    ],
)
def test_wall_time_becomes_an_instant(local: datetime, timezone: str, moment: datetime) -> None:
    assert instant(local, timezone) == moment


@pytest.mark.parametrize(
    ("local", "timezone", "first"),
    [
        pytest.param(wall(2027, 10, 31, 2, 30), BRUSSELS, datetime(2027, 10, 31, 0, 30, tzinfo=UTC), id="Brussels"),
        pytest.param(wall(2027, 11, 7, 1, 30), NEW_YORK, datetime(2027, 11, 7, 5, 30, tzinfo=UTC), id="New York"),
    ],
)
def test_a_time_that_comes_twice_means_the_first(local: datetime, timezone: str, first: datetime) -> None:
    assert instant(local, timezone) == instant(local.replace(fold=1), timezone) == first


@pytest.mark.parametrize(
    ("local", "timezone", "next_valid"),
    [
        pytest.param(wall(2027, 3, 28, 2), BRUSSELS, wall(2027, 3, 28, 3), id="Brussels, first moment"),
        pytest.param(wall(2027, 3, 28, 2, 59), BRUSSELS, wall(2027, 3, 28, 3, 59), id="Brussels, last minute"),
        pytest.param(wall(2027, 3, 14, 2, 30), NEW_YORK, wall(2027, 3, 14, 3, 30), id="New York"),
    ],
)
def test_a_time_that_never_comes_is_refused(local: datetime, timezone: str, next_valid: datetime) -> None:
    with pytest.raises(SkippedTimeError) as caught:
        instant(local, timezone)

    assert (caught.value.local, caught.value.timezone, caught.value.next_valid) == (local, timezone, next_valid)


@pytest.mark.parametrize("local", [wall(2027, 3, 28, 1, 59), wall(2027, 3, 28, 3)], ids=["before", "after"])
def test_times_around_the_jump_are_an_hour_nearer_than_they_look(local: datetime) -> None:
    midnight = datetime(2027, 3, 27, 23, tzinfo=UTC)

    assert instant(local, BRUSSELS) - midnight == {1: timedelta(minutes=119), 3: timedelta(hours=2)}[local.hour]


@given(
    st.datetimes(wall(1980, 1, 1), wall(2100, 1, 1), timezones=st.just(UTC)),
    st.sampled_from([BRUSSELS, NEW_YORK, SHANGHAI, "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]),
)
def test_instant_to_wall_to_instant(moment: datetime, timezone: str) -> None:
    local = moment.astimezone(ZoneInfo(timezone))
    again = instant(local.replace(tzinfo=None), timezone)

    assert again.astimezone(ZoneInfo(timezone)).replace(tzinfo=None, fold=0) == local.replace(tzinfo=None, fold=0)
    assert local.fold or again == moment


def test_length_is_time_that_passes_not_time_on_the_clock() -> None:
    before_the_jump = instant(wall(2027, 3, 28, 1, 30), BRUSSELS)

    assert end(before_the_jump, 60).astimezone(ZoneInfo(BRUSSELS)).replace(tzinfo=None) == wall(2027, 3, 28, 3, 30)


@pytest.mark.parametrize(
    ("local", "timezone", "twice"),
    [
        (wall(2027, 10, 31, 2, 30), "Europe/Brussels", True),
        (wall(2027, 10, 31, 1, 59), "Europe/Brussels", False),
        (wall(2027, 10, 31, 3), "Europe/Brussels", False),
        (wall(2027, 3, 28, 2, 30), "Europe/Brussels", False),
        (wall(2027, 11, 7, 1, 30), "America/New_York", True),
        (wall(2027, 10, 31, 2, 30), "Asia/Shanghai", False),
    ],
)
def test_a_time_comes_twice_when_the_clocks_go_back(local: datetime, timezone: str, twice: object) -> None:
    assert comes_twice(local, timezone) is twice
