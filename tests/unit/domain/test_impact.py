"""What a change would mean: the parts that need no database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import impact
from domain.details import Detail
from domain.impact import STARTS_AT, STATUS
from domain.reminding import due_leads
from tests.factories import LEADS, NOW

HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
BRUSSELS, SHANGHAI, NEW_YORK = "Europe/Brussels", "Asia/Shanghai", "America/New_York"


@pytest.mark.parametrize(
    ("start", "minutes", "timezone", "night"),
    [
        pytest.param("2027-01-20T05:59", 60, BRUSSELS, True, id="a minute before seven"),
        pytest.param("2027-01-20T06:00", 60, BRUSSELS, False, id="at seven"),
        pytest.param("2027-07-20T05:00", 60, BRUSSELS, False, id="at seven in summer"),
        pytest.param("2027-01-20T20:00", 60, BRUSSELS, False, id="until ten"),
        pytest.param("2027-01-20T20:00", 61, BRUSSELS, True, id="until a minute after ten"),
        pytest.param("2027-01-20T14:00", 60, SHANGHAI, True, id="from ten in the evening"),
        pytest.param("2027-01-20T12:30", 60, SHANGHAI, False, id="in the evening"),
        pytest.param("2027-01-20T09:00", 60, NEW_YORK, True, id="at four in the morning"),
        pytest.param("2027-01-20T09:00", 24 * 60, BRUSSELS, True, id="round the clock"),
        pytest.param("2027-01-20T22:30", 60, BRUSSELS, True, id="over midnight"),
    ],
)
def test_night_is_before_seven_and_after_ten_where_people_are(
    start: str, minutes: int, timezone: str, *, night: bool
) -> None:
    starts_at = datetime.fromisoformat(start).replace(tzinfo=UTC)

    assert impact.is_night(starts_at, starts_at + minutes * MINUTE, timezone) is night


@pytest.mark.parametrize(
    ("old", "new", "again", "skipped"),
    [
        pytest.param(2 * DAY, 3 * DAY, (), (), id="all still to come"),
        pytest.param(20 * HOUR, 3 * DAY, (DAY,), (), id="one has been sent"),
        pytest.param(30 * MINUTE, 3 * DAY, (DAY, HOUR), (), id="two have"),
        pytest.param(30 * MINUTE, 5 * HOUR, (HOUR,), (), id="one of them would be past again"),
        pytest.param(2 * DAY, 5 * HOUR, (), (DAY,), id="one would be past"),
        pytest.param(2 * DAY, 30 * MINUTE, (), (DAY, HOUR), id="two would be"),
        pytest.param(2 * DAY, 5 * MINUTE, (), (DAY, HOUR), id="the last comes all the same"),
        pytest.param(2 * DAY, DAY, (), (DAY,), id="due at this moment"),
        pytest.param(-DAY, 3 * DAY, (DAY, HOUR, 10 * MINUTE), (), id="it is over"),
    ],
)
def test_reminders_that_come_again_and_that_are_left_out(
    old: timedelta, new: timedelta, again: tuple[timedelta, ...], skipped: tuple[timedelta, ...]
) -> None:
    assert impact.again(NOW + old, NOW + new, LEADS, now=NOW) == again
    assert impact.skipped(NOW + old, NOW + new, LEADS, now=NOW) == skipped


spans = st.integers(-5 * 24 * 60, 30 * 24 * 60).map(lambda minutes: minutes * MINUTE)


@given(old=spans, new=spans.filter(lambda span: span > timedelta()), leads=st.sets(st.sampled_from([*LEADS, 3 * DAY])))
def test_each_reminder_comes_again_or_is_left_out_or_is_as_before(
    old: timedelta, new: timedelta, leads: set[timedelta]
) -> None:
    again = impact.again(NOW + old, NOW + new, tuple(leads), now=NOW)
    skipped = impact.skipped(NOW + old, NOW + new, tuple(leads), now=NOW)

    assert {*again} | {*skipped} <= leads
    assert not {*again} & {*skipped}
    coming = {
        due.lead
        for moment in (new - lead for lead in again)
        for due in due_leads(NOW + new, [*leads], now=NOW + moment)
    }
    assert {*again} <= coming


@pytest.mark.parametrize(
    ("changed", "silent", "told"),
    [
        ({Detail.TITLE}, True, True),
        ({Detail.DESCRIPTION, Detail.AGENDA}, True, True),
        ({Detail.CAPACITY, Detail.TIMEZONE}, True, False),
        ({Detail.JOIN_URL}, False, True),
        ({Detail.TITLE, Detail.DURATION}, False, True),
        ({STARTS_AT}, False, True),
        ({STATUS}, False, True),
        (set[str](), True, False),
    ],
)
def test_only_what_moves_nothing_may_be_silent(changed: set[str], *, silent: bool, told: bool) -> None:
    assert (impact.may_be_silent(changed), impact.is_told(changed)) == (silent, told)
