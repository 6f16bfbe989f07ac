"""Quiet hours: on the person's own clock, over midnight, and in the nights when clocks change."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.usual import QuietHours, Usual, quiet_hours
from tests.factories import NOW, person

BRUSSELS, NEW_YORK, SHANGHAI, TROLL = "Europe/Brussels", "America/New_York", "Asia/Shanghai", "Antarctica/Troll"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NIGHT = (time(22), time(7))
NOON = (time(12), time(14, 30))


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "zone", "now", "over"),
    [
        pytest.param(NIGHT, BRUSSELS, utc(1, 18, 20, 59), None, id="a minute before they begin"),
        pytest.param(NIGHT, BRUSSELS, utc(1, 18, 21), utc(1, 19, 6), id="they begin"),
        pytest.param(NIGHT, BRUSSELS, utc(1, 18, 22, 59), utc(1, 19, 6), id="before midnight"),
        pytest.param(NIGHT, BRUSSELS, utc(1, 18, 23), utc(1, 19, 6), id="midnight"),
        pytest.param(NIGHT, BRUSSELS, utc(1, 19, 5, 59), utc(1, 19, 6), id="the last minute"),
        pytest.param(NIGHT, BRUSSELS, utc(1, 19, 6), None, id="they are over"),
        pytest.param(NIGHT, BRUSSELS, utc(12, 31, 22), utc(12, 31, 22) + 8 * 60 * MINUTE, id="new year's eve"),
        pytest.param(NIGHT, SHANGHAI, utc(1, 18, 14), utc(1, 18, 23), id="another zone: evening"),
        pytest.param(NIGHT, SHANGHAI, utc(1, 18, 9), None, id="another zone: afternoon"),
        pytest.param(NIGHT, NEW_YORK, utc(1, 18, 9), utc(1, 18, 12), id="another zone: early morning"),
        pytest.param(NOON, BRUSSELS, utc(1, 18, 10, 59), None, id="within a day: before"),
        pytest.param(NOON, BRUSSELS, utc(1, 18, 11), utc(1, 18, 13, 30), id="within a day: they begin"),
        pytest.param(NOON, BRUSSELS, utc(1, 18, 13, 30), None, id="within a day: they are over"),
        pytest.param((time(8), time(8)), BRUSSELS, utc(1, 18, 7), None, id="equal ends: none"),
        pytest.param((time(0), time(0)), BRUSSELS, utc(1, 17, 23), None, id="equal ends at midnight: none"),
        pytest.param((time(0), time(6)), BRUSSELS, utc(1, 17, 23), utc(1, 18, 5), id="from midnight"),
        pytest.param((time(18), time(0)), BRUSSELS, utc(1, 18, 22), utc(1, 18, 23), id="until midnight"),
        pytest.param((time(8), time(7, 59)), BRUSSELS, utc(1, 18, 7), utc(1, 19, 6, 59), id="all but a minute"),
    ],
)
def test_when_they_are_over(hours: tuple[time, time], zone: str, now: datetime, over: datetime | None) -> None:
    assert QuietHours(*hours, zone).over_at(now) == over


@pytest.mark.parametrize(
    ("starts", "ends", "zone", "now", "over"),
    [
        pytest.param(time(22), time(7), BRUSSELS, utc(3, 27, 21), utc(3, 28, 5), id="spring: the night is shorter"),
        pytest.param(time(22), time(7), BRUSSELS, utc(10, 30, 20), utc(10, 31, 6), id="autumn: the night is longer"),
        pytest.param(time(22), time(2), BRUSSELS, utc(3, 28, 0), utc(3, 28, 1), id="an end that is jumped over"),
        pytest.param(time(22), time(2, 30), BRUSSELS, utc(3, 28, 0), utc(3, 28, 1), id="an end amid the jump"),
        pytest.param(time(22), time(2, 30), BRUSSELS, utc(10, 31, 0), utc(10, 31, 0, 30), id="an end that comes twice"),
        pytest.param(time(22), time(2, 30), BRUSSELS, utc(10, 31, 1), utc(10, 31, 1, 30), id="when it comes again"),
        pytest.param(time(22), time(2, 30), BRUSSELS, utc(10, 31, 0, 30), None, id="between the two"),
        pytest.param(time(2, 10), time(2, 50), BRUSSELS, utc(3, 28, 1), None, id="wholly jumped over"),
        pytest.param(time(1), time(2), TROLL, utc(10, 31, 1, 30), utc(10, 31, 2), id="clocks that go two hours back"),
    ],
)
def test_nights_when_clocks_change(starts: time, ends: time, zone: str, now: datetime, over: datetime | None) -> None:
    assert QuietHours(starts, ends, zone).over_at(now) == over


CHANGES = [
    (BRUSSELS, utc(3, 28, 1)),
    (BRUSSELS, utc(10, 31, 1)),
    (NEW_YORK, utc(3, 14, 7)),
    (NEW_YORK, utc(11, 7, 6)),
    (TROLL, utc(3, 28, 1)),
    (TROLL, utc(10, 31, 1)),
    ("Australia/Lord_Howe", utc(4, 3, 15)),
    ("Australia/Lord_Howe", utc(10, 2, 15, 30)),
    ("Atlantic/Azores", utc(10, 31, 1)),
    ("America/Havana", utc(11, 7, 5)),
    ("Asia/Beirut", utc(3, 27, 22)),
    ("Asia/Beirut", utc(10, 30, 21)),
    ("Asia/Kolkata", utc(6, 1, 0)),
]
"""Zones and the moments when their clocks change, some over midnight, some by half an hour or two."""

clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
moments = st.tuples(st.sampled_from(CHANGES), st.integers(-26 * 60 * 60, 26 * 60 * 60)).map(
    lambda chosen: (chosen[0][0], chosen[0][1] + timedelta(seconds=chosen[1]))
)


def is_quiet(hours: QuietHours, moment: datetime) -> bool:
    clock = moment.astimezone(ZoneInfo(hours.timezone)).time()
    if hours.starts <= hours.ends:
        return hours.starts <= clock < hours.ends
    return clock >= hours.starts or clock < hours.ends


@given(clocks, clocks, moments)
@example(time(22), time(2, 30), (BRUSSELS, utc(10, 31, 1, 10)))
@example(time(23, 30), time(7), ("Asia/Beirut", utc(10, 30, 20, 45)))
def test_over_is_the_first_minute_that_is_not_quiet(starts: time, ends: time, moment: tuple[str, datetime]) -> None:
    zone, now = moment
    hours = QuietHours(starts, ends, zone)
    first = now
    while is_quiet(hours, first):
        first = first.replace(second=0, microsecond=0) + MINUTE

    assert hours.over_at(now) == (first if is_quiet(hours, now) else None)


USUAL = Usual((), BRUSSELS)


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        pytest.param({}, QuietHours(time(22), time(7), BRUSSELS), id="nothing: the usual"),
        pytest.param({"timezone": SHANGHAI}, QuietHours(time(22), time(7), SHANGHAI), id="a zone"),
        pytest.param({"quiet_from": time(20)}, QuietHours(time(20), time(7), BRUSSELS), id="a beginning"),
        pytest.param({"quiet_until": time(9)}, QuietHours(time(22), time(9), BRUSSELS), id="an end"),
        pytest.param(
            {"quiet_from": time(0), "quiet_until": time(0), "timezone": NEW_YORK},
            QuietHours(time(0), time(0), NEW_YORK),
            id="midnight is a choice, not nothing",
        ),
    ],
)
def test_a_person_s_own_go_before_the_usual(own: dict[str, object], expected: QuietHours) -> None:
    chosen = person(1)
    for name, value in own.items():
        setattr(chosen, name, value)

    assert quiet_hours(chosen, USUAL) == expected


def test_an_installation_may_have_other_usual_ones() -> None:
    usual = Usual((), SHANGHAI, quiet_from=time(1), quiet_until=time(2))

    assert quiet_hours(person(1), usual) == QuietHours(time(1), time(2), SHANGHAI)
    assert quiet_hours(person(1), usual).over_at(NOW - DAY) is None
