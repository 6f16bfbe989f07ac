from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.times import Times

ENGLISH = Times("en")
WINTER = datetime(2027, 1, 19, 9, tzinfo=UTC)
SUMMER = datetime(2027, 7, 19, 9, tzinfo=UTC)

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("moment", "zone", "full"),
    [
        (WINTER, "Europe/Brussels", "Tue 19 January 2027, 10:00 CET (Brussels)"),
        (SUMMER, "Europe/Brussels", "Mon 19 July 2027, 11:00 CEST (Brussels)"),
        (WINTER, "America/New_York", "Tue 19 January 2027, 04:00 EST (New York)"),
        (SUMMER, "America/New_York", "Mon 19 July 2027, 05:00 EDT (New York)"),
        (WINTER, "Asia/Shanghai", "Tue 19 January 2027, 17:00 Shanghai time"),
        (SUMMER, "America/Chicago", "Mon 19 July 2027, 04:00 Chicago time"),
        (WINTER, "Europe/London", "Tue 19 January 2027, 09:00 GMT (London)"),
        (WINTER, "Asia/Kolkata", "Tue 19 January 2027, 14:30 Kolkata time"),
        (WINTER, "UTC", "Tue 19 January 2027, 09:00 UTC"),
        (WINTER, "Etc/GMT-8", "Tue 19 January 2027, 17:00 UTC+8"),
        (WINTER, "Etc/GMT+5", "Tue 19 January 2027, 04:00 UTC-5"),
        (datetime(2027, 12, 31, 23, 30, tzinfo=UTC), "Europe/Brussels", "Sat 1 January 2028, 00:30 CET (Brussels)"),
    ],
)
def test_card_names_day_clock_and_zone(moment: datetime, zone: str, full: str) -> None:
    assert ENGLISH.full(moment, zone) == full


@pytest.mark.parametrize(
    ("zone", "short"),
    [
        ("Europe/Brussels", "Tue 19 Jan, 10:00 CET"),
        ("Asia/Shanghai", "Tue 19 Jan, 17:00 Shanghai time"),
        ("UTC", "Tue 19 Jan, 09:00 UTC"),
    ],
)
def test_list_names_day_clock_and_zone(zone: str, short: str) -> None:
    assert ENGLISH.short(WINTER, zone) == short


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 -- bounds
    st.sampled_from(sorted(zone for zone in available_timezones() if "/" in zone)),
)
def test_no_time_is_written_without_its_zone(moment: datetime, zone: str) -> None:
    clock = f"{moment.astimezone(ZoneInfo(zone)):%H:%M} "
    day, _, name = ENGLISH.short(moment, zone).partition(clock)

    assert day
    assert name == ENGLISH.zone_name(moment, zone)
    assert clock + name in ENGLISH.full(moment, zone)
    assert name.isupper() or name.endswith(" time")


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (-HOUR, "1 minute"),
        (0 * SECOND, "1 minute"),
        (89 * SECOND, "1 minute"),
        (91 * SECOND, "2 minutes"),
        (10 * MINUTE, "10 minutes"),
        (10 * MINUTE - 3 * SECOND, "10 minutes"),
        (59 * MINUTE - SECOND, "59 minutes"),
        (HOUR - 3 * SECOND, "1 hour"),
        (HOUR, "1 hour"),
        (HOUR + 29 * MINUTE, "1 hour"),
        (HOUR + 31 * MINUTE, "2 hours"),
        (23 * HOUR - SECOND, "23 hours"),
        (DAY - 3 * SECOND, "1 day"),
        (DAY, "1 day"),
        (37 * HOUR, "2 days"),
        (30 * DAY, "30 days"),
    ],
)
def test_spans_are_rounded_to_the_largest_unit(span: timedelta, words: str) -> None:
    assert ENGLISH.span(span) == words


@pytest.mark.parametrize(
    ("lead", "words"),
    [(DAY, "the day before"), (HOUR, "1 hour before"), (10 * MINUTE, "10 minutes before"), (7 * DAY, "7 days before")],
)
def test_leads(lead: timedelta, words: str) -> None:
    assert ENGLISH.before(lead) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "1 min"), (45, "45 min"), (60, "60 min"), (61, "1 h 1 min"), (90, "1 h 30 min"), (120, "2 h"), (1440, "24 h")],
)
def test_lengths(minutes: int, words: str) -> None:
    assert ENGLISH.minutes(minutes) == words


@pytest.mark.parametrize(
    ("items", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_enumerations(items: list[str], words: str) -> None:
    assert ENGLISH.listed(items) == words


@pytest.mark.parametrize(("language", "name"), [("en", "English"), ("zh", "Chinese"), ("cs", "Czech")])
def test_languages_have_names(language: str, name: str) -> None:
    assert ENGLISH.language_name(language) == name
