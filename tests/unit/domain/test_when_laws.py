"""What holds for every moment that is written out, in every language, and for any text."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from domain import wall_time
from domain.drafts import LANGUAGES
from domain.reading import dates, day_names
from domain.reading.when import WallTime, WhenError, WhenFault, from_instant, parse, read
from tests.factories import wall
from texts import LANGUAGES as SPOKEN
from texts.times import Times

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
ZONES = ("Europe/Brussels", "America/New_York", "Asia/Shanghai", "UTC")
FORMS = ("full", "long", "medium", "EEE d MMM y", "d MMMM y", "EEEE d. MMMM y", "d LLLL y")
"""How Babel writes a day, and how people do."""

pieces = st.sampled_from(
    [
        *("15", "29", "31", "2027", "2028", "9999", "0001", "-", ".", "/", ":", ",", "T", " ", " ", "(", ")", "at"),
        *("Jan", "Feb", "March", "Mon", "Sunday", "today", "tomorrow", "10:00", "02:30", "9am", "12 p.m.", "24:00"),
        *("CET", "Shanghai", "New York", "time", "Europe/Brussels", "Atlantis", "\0", "é", "²", "٣", "½", "İ", "ß"),
        *(
            "février",
            "demain",
            "9h30",
            "15 Uhr",
            "mar",
            "so",
            "01/02/2027",
            "UTC+1",
            "GMT",
            "CST",
            "\u2013",
            "to",
            "kl.",
        ),
        *("2027年", "2月", "3日", "下午", "3点", "星期三", "\uff11\uff15", "·", "(UTC+01:00)", "de", "d'"),
    ]
)
texts = st.one_of(st.text(max_size=60), st.lists(pieces, max_size=10).map("".join), st.lists(pieces).map(" ".join))
moments = st.datetimes(wall(2026, 12, 2), wall(2036, 12, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
zones = st.sampled_from(ZONES)


def shown(moment: datetime, zone: str) -> datetime:
    """As a clock there shows it; the second of two equal times is read as the first."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


@given(texts, zones)
def test_any_text_is_a_moment_ahead_or_a_fault_that_can_be_explained(text: str, timezone: str) -> None:
    try:
        found = read(text, timezone=timezone, now=NOW)
    except WhenError as error:
        assert error.fault in WhenFault  # noqa: PT017 -- either outcome is right
    else:
        assert wall_time.instant(found.start.local, found.start.timezone) > NOW
        assert found.minutes is None or 0 < found.minutes <= 24 * 60


@pytest.mark.parametrize(
    "form",
    [
        "{0:%Y-%m-%d %H:%M}",
        "{0:%Y-%m-%dT%H:%M}",
        "{0:%Y-%m-%dT%H:%M:%S}",
        "{0:%d.%m.%Y %H:%M}",
        "{0:%d.%m.%y, %H:%M}",
        "{0:%a %d/%m/%Y} at {0:%I:%M %p}",
        "{0:%A} {0:%m/%d/%Y}, {0:%I:%M%p}",
        "{0:%d %b %Y %H:%M}",
        "{0:%A, %d %B %Y, %H:%M}",
        "{0:%B %d, %Y %H.%M}",
        "{0:%Hh%M, %d %B %Y}",
        "{0:%Y}年{0:%m}月{0:%d}日 {0:%H:%M}",
    ],
)
@given(moment=moments, zone=zones)
def test_what_is_written_out_is_read_back(form: str, moment: datetime, zone: str) -> None:
    local = shown(moment, zone)

    text = form.format(local) + f" {zone}"

    if "/" in form and _fits_both(local):
        with pytest.raises(WhenError, match=WhenFault.TWO_DATES):
            parse(text, timezone="Asia/Kolkata", now=NOW)
    else:
        assert parse(text, timezone="Asia/Kolkata", now=NOW) == WallTime(local, zone)


def _fits_both(local: datetime) -> bool:
    """Whether day and month may as well be swapped: then the weekday is the same."""
    if local.day > 12 or local.day == local.month:
        return False
    return local.weekday() == local.replace(month=local.day, day=local.month).weekday()


spoken = st.sampled_from(sorted({*LANGUAGES} - {"zh"}))
forms = st.sampled_from(FORMS)


def read_back(language: str, form: str, local: datetime, zone: str) -> None:
    day = format_date(local, form, locale=language)
    if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", day):  # some write a medium day so, which says nothing by itself
        day = f"{day}, {local:%A}"

    if "/" in day and _fits_both(local):
        return
    assert parse(f"{day}, {local:%H:%M} {zone}", timezone="Asia/Kolkata", now=NOW) == WallTime(local, zone)


@pytest.mark.parametrize("language", sorted({*LANGUAGES} - {"zh"}))
@pytest.mark.parametrize("form", FORMS)
def test_every_month_and_weekday_is_read_in_every_language(language: str, form: str) -> None:
    """Thirteen days apart each month comes, early and late in it, and the weekdays take turns."""
    for number in range(56):
        day = wall(2026, 12, 2) + timedelta(days=13 * number, minutes=97 * number)
        read_back(language, form, day, ZONES[number % len(ZONES)])


@given(language=spoken, form=forms, moment=moments, zone=zones)
def test_any_day_is_read_in_any_language(language: str, form: str, moment: datetime, zone: str) -> None:
    read_back(language, form, shown(moment, zone), zone)


@pytest.mark.parametrize("form", ["full", "long", "medium"])
@given(moment=moments, zone=zones)
def test_days_are_read_in_chinese(form: str, moment: datetime, zone: str) -> None:
    local = shown(moment, zone)
    text = f"{format_date(local, form, locale='zh')} {local:%H:%M} {zone}"

    assert parse(text, timezone="Asia/Kolkata", now=NOW) == WallTime(local, zone)


@pytest.mark.parametrize("language", SPOKEN)
@given(moment=moments, zone=zones)
def test_our_own_announcements_are_read_back(language: str, moment: datetime, zone: str) -> None:
    words, local = Times(language), shown(moment, zone)

    found = parse(words.full(wall_time.instant(local, zone), zone), timezone="Asia/Kolkata", now=NOW)

    assert (found.local, wall_time.instant(found.local, found.timezone)) == (local, wall_time.instant(local, zone))


@given(moments, zones)
def test_a_picked_moment_is_the_one_that_was_picked(moment: datetime, zone: str) -> None:
    found = from_instant(moment, timezone=zone, now=NOW)
    twice = moment.astimezone(ZoneInfo(zone)).fold

    assert found.timezone == zone
    assert twice or wall_time.instant(found.local, zone) == moment


@given(st.dates(wall(2026, 12, 1).date(), wall(2027, 11, 30).date()))
def test_without_a_year_the_day_comes_within_a_year(day: object) -> None:
    found = parse(f"{day:%d %b} 12:00", timezone="UTC", now=NOW)

    assert found.local.date() == day


@given(st.text())
def test_folding_keeps_every_letter_at_its_place(text: str) -> None:
    assert len(day_names.fold(text)) == len(text)


def test_months_and_weekdays_are_told_apart_by_their_names() -> None:
    """One name is both: `mar` is March in English and Tuesday in French, so alone it means no day."""
    months, weekdays = day_names.months(), day_names.weekdays()

    assert set(months) & set(weekdays) == {"mar"}
    assert {name for name, numbers in weekdays.items() if len(numbers) > 1} == {"so"}


@pytest.mark.parametrize(
    "text",
    ["3 " * 50_000, "mar " * 25_000, "1.1." * 25_000, "1/1/" * 25_000, "a" * 100_000, "2027-" * 20_000],
    ids=lambda text: text[:5],
)
def test_long_texts_hold_days_too(text: str) -> None:
    """Each place is looked at once, by patterns that never go far back."""
    assert all(found.start < found.end for found in dates.days(text))
