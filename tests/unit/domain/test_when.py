from datetime import UTC, datetime

import pytest

from domain.reading.when import WallTime, WhenError, WhenFault, from_instant, parse
from domain.reading.when import read as read_whole
from tests.factories import wall

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
"""A Tuesday."""

BRUSSELS, NEW_YORK, SHANGHAI, PACIFIC = "Europe/Brussels", "America/New_York", "Asia/Shanghai", "America/Los_Angeles"
JANUARY = wall(2027, 1, 15, 10)
"""A Friday."""


def read(text: str, now: datetime = NOW) -> WallTime:
    return parse(text, timezone=BRUSSELS, now=now)


@pytest.mark.parametrize(
    "text",
    [
        "2027-01-15 10:00",
        "2027-1-15 10:00",
        "2027-01-15T10:00",
        "2027-01-15, 10:00",
        "15 Jan 2027 10:00",
        "15 Jan 2027, 10:00",
        "15 Jan 2027 at 10:00",
        "15 January 2027 10:00",
        "15. Jan. 2027 10:00",
        "15th January 2027 10:00",
        "Jan 15 10:00",
        "Jan 15, 2027 10:00",
        "January 15th, 2027, 10:00 am",
        "15.01.2027 10:00",
        "15.1.2027 10:00",
        "15/01/2027 10:00",
        "01/15/2027 10:00",
        "15-01-2027 10:00",
        "15/01/27 10:00",
        "15.01.27 10:00",
        "2027/01/15 10:00",
        "2027.01.15 10:00",
        "15Jan2027 10:00",
        "15-Jan-2027 10:00",
        "15.01. 10:00",
        "15.01 10:00",
        "15/1 10:00",
        "15 Jan 10:00",
        "15 jan 10.00",
        "15 JAN 10h00",
        "15 Jan 10am",
        "15 Jan 10 AM",
        "15 Jan 10 a.m.",
        "15 Jan at 10am",
        "Fri 15 Jan 10:00",
        "15 Jan (Fri) 10:00",
        "2027-01-15 Friday 10:00",
        "on Friday the 15th of January 2027 at 10:00",
        "10:00 on 15 Jan",
        "10am, 15 January 2027",
        "10.00 15 Jan",
        "15 Jan 10:00:00",
        "15 Jan @ 10:00",
        "15 Jan · 10:00",
        "15 Jan \u2013 10h",
        "\uff11\uff15 Jan \uff11\uff10\uff1a\uff10\uff10",
        "vendredi 15 janvier 2027 à 10h",
        "ven. 15 janv. 2027, 10 h 00",
        "15 janvier 10h00",
        "Freitag, 15. Januar 2027 um 10:00 Uhr",
        "Fr., 15. Jan. 2027, 10 Uhr",
        "viernes, 15 de enero de 2027 a las 10:00",
        "15 ene 10:00 h",
        "venerdì 15 gennaio 2027 alle ore 10:00",
        "sexta-feira, 15 de janeiro de 2027 às 10h00",
        "vrijdag 15 januari 2027 om 10.00 uur",
        "pátek 15. ledna 2027 v 10:00",
        "15. 1. 2027 10:00",
        "fredag den 15. januar 2027 kl. 10.00",
        "fredag 15 januari 2027 kl 10:00",
        "2027年1月15日 10:00",
        "2027年1月15日星期五 上午10:00",
        "1月15日 10点",
        "Friday, 15 Jan 10:00",
        "fri. 2027-01-15 10:00",
        "  15   Jan\n10:00 ",
        "15\u00a0Jan\t10:00",
    ],
)
def test_the_same_morning_however_it_is_written(text: str) -> None:
    assert read(text) == WallTime(JANUARY, BRUSSELS)


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("3 Feb 9:30", wall(2027, 2, 3, 9, 30)),
        ("3 Feb 21:30", wall(2027, 2, 3, 21, 30)),
        ("3 Feb 9:30pm", wall(2027, 2, 3, 21, 30)),
        ("3 Feb 9.30 p.m.", wall(2027, 2, 3, 21, 30)),
        ("3 Feb 12am", wall(2027, 2, 3, 0)),
        ("3 Feb 12pm", wall(2027, 2, 3, 12)),
        ("3 Feb 12:30 am", wall(2027, 2, 3, 0, 30)),
        ("3 Feb 0:00", wall(2027, 2, 3, 0)),
        ("3 Feb 23:59", wall(2027, 2, 3, 23, 59)),
        ("today 11:00", wall(2026, 12, 1, 11)),
        ("tomorrow 10:00", wall(2026, 12, 2, 10)),
        ("Tomorrow, at 10 am", wall(2026, 12, 2, 10)),
        ("31 Dec 10:00", wall(2026, 12, 31, 10)),
        ("2 Sept 10:00", wall(2027, 9, 2, 10)),
        ("3 février 9h30", wall(2027, 2, 3, 9, 30)),
        ("3 FÉVRIER 9H30", wall(2027, 2, 3, 9, 30)),
        ("1er août 9h", wall(2027, 8, 1, 9)),
        ("demain 10h", wall(2026, 12, 2, 10)),
        ("aujourd\u2019hui 11h", wall(2026, 12, 1, 11)),
        ("après-demain à 10h", wall(2026, 12, 3, 10)),
        ("morgen 10 Uhr", wall(2026, 12, 2, 10)),
        ("mañana a las 10:00", wall(2026, 12, 2, 10)),
        ("zítra 10:00", wall(2026, 12, 2, 10)),
        ("i morgon kl. 10.00", wall(2026, 12, 2, 10)),
        ("明天下午3点", wall(2026, 12, 2, 15)),
        ("day after tomorrow 3pm", wall(2026, 12, 3, 15)),
        ("Thursday 15:00", wall(2026, 12, 3, 15)),
        ("thu 3pm", wall(2026, 12, 3, 15)),
        ("Tuesday 11:00", wall(2026, 12, 1, 11)),
        ("Tuesday 9:00", wall(2026, 12, 8, 9)),
        ("jeudi 15h", wall(2026, 12, 3, 15)),
        ("周四 15:00", wall(2026, 12, 3, 15)),
        ("15:00 on Thursday", wall(2026, 12, 3, 15)),
        ("mer 3 févr. 2027 9:30", wall(2027, 2, 3, 9, 30)),
        ("Mar 3 9:30", wall(2027, 3, 3, 9, 30)),
        ("So 7. Feb 9:30", wall(2027, 2, 7, 9, 30)),
        ("so 6. února 9:30", wall(2027, 2, 6, 9, 30)),
        ("Mon 01/02/2027 9:30", wall(2027, 2, 1, 9, 30)),
        ("Sat 01/02/2027 9:30", wall(2027, 1, 2, 9, 30)),
        ("01/01/2027 9:30", wall(2027, 1, 1, 9, 30)),
        ("3 Mar 2028 10:00", wall(2028, 3, 3, 10)),
    ],
)
def test_other_moments(text: str, local: datetime) -> None:
    assert read(text) == WallTime(local, BRUSSELS)


@pytest.mark.parametrize(
    ("text", "local", "minutes"),
    [
        ("3 Feb 9:30", wall(2027, 2, 3, 9, 30), None),
        ("3 Feb 9:30-10:30", wall(2027, 2, 3, 9, 30), 60),
        ("3 Feb 9:30 \u2013 11:00 CET", wall(2027, 2, 3, 9, 30), 90),
        ("3 Feb from 9:30 to 10:15", wall(2027, 2, 3, 9, 30), 45),
        ("3 février de 9h30 à 10h30", wall(2027, 2, 3, 9, 30), 60),
        ("3. Februar von 9:30 bis 11 Uhr", wall(2027, 2, 3, 9, 30), 90),
        ("3 Feb 9 - 10:30am", wall(2027, 2, 3, 9), 90),
        ("3 Feb 9:30 \u2013 10:30pm", wall(2027, 2, 3, 21, 30), 60),
        ("3 Feb 11:30 - 1pm", wall(2027, 2, 3, 11, 30), 90),
        ("3 Feb 3pm-4:30", wall(2027, 2, 3, 15), 90),
        ("3 Feb 23:00-0:30", wall(2027, 2, 3, 23), 90),
        ("10:00-11:00 on 3 Feb", wall(2027, 2, 3, 10), 60),
        ("2月3日 下午3:00-4:00", wall(2027, 2, 3, 15), 60),
    ],
)
def test_from_when_to_when(text: str, local: datetime, minutes: int | None) -> None:
    found = read_whole(text, timezone=BRUSSELS, now=NOW)

    assert (found.start.local, found.minutes) == (local, minutes)


@pytest.mark.parametrize(
    ("zone", "timezone"),
    [
        ("", BRUSSELS),
        ("CET", BRUSSELS),
        ("CEST", BRUSSELS),
        ("cet", BRUSSELS),
        ("Europe/Brussels", BRUSSELS),
        ("europe/brussels", BRUSSELS),
        ("Brussels", BRUSSELS),
        ("Brussels time", BRUSSELS),
        ("Shanghai", SHANGHAI),
        ("(Shanghai)", SHANGHAI),
        ("(Beijing time)", SHANGHAI),
        ("(Beijing Time)", SHANGHAI),
        ("BEIJING TIME", SHANGHAI),
        ("China time", SHANGHAI),
        ("New York", NEW_YORK),
        ("America/New_York", NEW_YORK),
        ("new york time", NEW_YORK),
        ("Washington", NEW_YORK),
        ("ET", NEW_YORK),
        ("EST", NEW_YORK),
        ("San Francisco", PACIFIC),
        ("Los Angeles", PACIFIC),
        ("PDT", PACIFIC),
        ("Amsterdam", "Europe/Amsterdam"),
        ("am Paris", "Europe/Paris"),
        ("GMT", "Europe/London"),
        ("London", "Europe/London"),
        ("Porto-Novo", "Africa/Porto-Novo"),
        ("UTC", "UTC"),
        ("Z", "UTC"),
        (", Athens", "Europe/Athens"),
        ("CET (Brussels)", BRUSSELS),
        ("CET (Paris)", "Europe/Paris"),
        ("heure de Paris", "Europe/Paris"),
        ("(heure de Bruxelles)", BRUSSELS),
        ("à Shanghai", SHANGHAI),
        ("MEZ", BRUSSELS),
        ("PT", PACIFIC),
        ("Eastern Time (US and Canada)", NEW_YORK),
        ("Pacific Standard Time", PACIFIC),
        ("北京时间", SHANGHAI),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Amsterdam"),
        ("(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi", SHANGHAI),
        ("CST (Shanghai)", SHANGHAI),
        ("Brussels · 17:00 Shanghai", BRUSSELS),
        ("UTC+1", BRUSSELS),
        ("GMT+01:00", BRUSSELS),
        ("UTC+8", "Etc/GMT-8"),
        ("UTC-5", "Etc/GMT+5"),
        ("(UTC-05:00)", "Etc/GMT+5"),
        ("+01:00", BRUSSELS),
    ],
)
def test_zones(zone: str, timezone: str) -> None:
    assert read(f"15 Jan 2027 10:00 {zone}") == WallTime(JANUARY, timezone)


def test_iso_with_z_is_utc() -> None:
    assert read("2027-01-15T10:00Z") == WallTime(JANUARY, "UTC")


def test_today_is_today_in_the_zone_that_was_named() -> None:
    evening = datetime(2026, 12, 1, 20, tzinfo=UTC)

    assert read("today 10:00 Shanghai", evening) == WallTime(wall(2026, 12, 2, 10), SHANGHAI)
    assert read("tomorrow 10:00 New York", evening) == WallTime(wall(2026, 12, 2, 10), NEW_YORK)


@pytest.mark.parametrize(
    ("now", "year"),
    [
        pytest.param(datetime(2027, 1, 14, tzinfo=UTC), 2027, id="tomorrow"),
        pytest.param(datetime(2027, 1, 15, 8, 59, tzinfo=UTC), 2027, id="in a minute"),
        pytest.param(datetime(2027, 1, 15, 9, tzinfo=UTC), 2028, id="now: next year"),
        pytest.param(datetime(2027, 1, 16, tzinfo=UTC), 2028, id="yesterday: next year"),
    ],
)
def test_without_a_year_it_is_the_next_such_day(now: datetime, year: int) -> None:
    assert read("15 Jan 10:00", now) == WallTime(wall(year, 1, 15, 10), BRUSSELS)


@pytest.mark.parametrize(
    ("today", "year"),
    [(2025, 2028), (2026, 2028), (2027, 2028), (2028, 2028), (2029, 2032), (2097, 2104)],
)
def test_29_february_is_the_next_there_is(today: int, year: int) -> None:
    assert read("29 Feb 10:00", datetime(today, 2, 1, tzinfo=UTC)) == WallTime(wall(year, 2, 29, 10), BRUSSELS)


@pytest.mark.parametrize(
    ("text", "fault", "part"),
    [
        ("", WhenFault.UNREADABLE, ""),
        ("soon", WhenFault.UNREADABLE, "soon"),
        ("10:00", WhenFault.UNREADABLE, "10:00"),
        ("15 Jan", WhenFault.NO_TIME, "15 Jan"),
        ("tomorrow", WhenFault.NO_TIME, "tomorrow"),
        ("30 Feb", WhenFault.NO_SUCH_DATE, "30 Feb"),
        ("15 Jan 10", WhenFault.UNREADABLE, "15 Jan 10"),
        ("15 Jan 2027", WhenFault.NO_TIME, "15 Jan 2027"),
        ("15 Foo 10:00", WhenFault.UNREADABLE, "15 Foo 10:00"),
        ("see you 15 Jan 10:00", WhenFault.UNREADABLE, "see you 15 Jan 10:00"),
        ("mar 15:00", WhenFault.UNREADABLE, "mar 15:00"),
        ("01/02/2027 10:00", WhenFault.TWO_DATES, "01/02/2027"),
        ("1/2 10:00", WhenFault.TWO_DATES, "1/2"),
        ("01-02-2027 10:00", WhenFault.TWO_DATES, "01-02-2027"),
        ("Thu 01/02/2027 10:00", WhenFault.TWO_DATES, "Thu 01/02/2027"),
        ("next Friday 10:00", WhenFault.UNREADABLE, "next Friday 10:00"),
        ("2027-01 10:00", WhenFault.UNREADABLE, "2027-01 10:00"),
        ("30 Feb 10:00", WhenFault.NO_SUCH_DATE, "30 Feb"),
        ("31.04.2027 10:00", WhenFault.NO_SUCH_DATE, "31.04.2027"),
        ("29 Feb 2027 10:00", WhenFault.NO_SUCH_DATE, "29 Feb 2027"),
        ("2027-13-01 10:00", WhenFault.NO_SUCH_DATE, "2027-13-01"),
        ("0 Jan 10:00", WhenFault.NO_SUCH_DATE, "0 Jan"),
        ("0000-01-01 10:00", WhenFault.NO_SUCH_DATE, "0000-01-01"),
        ("2207-01-15 10:00", WhenFault.NO_SUCH_DATE, "2207-01-15"),
        ("9999-12-31 23:59 New York", WhenFault.NO_SUCH_DATE, "9999-12-31"),
        ("15 Jan 24:00", WhenFault.NO_SUCH_TIME, "24:00"),
        ("15 Jan 10:60", WhenFault.NO_SUCH_TIME, "10:60"),
        ("15 Jan at 13pm", WhenFault.NO_SUCH_TIME, "13pm"),
        ("15 Jan, 0 am", WhenFault.NO_SUCH_TIME, "0 am"),
        ("Mon 15 Jan 10:00", WhenFault.WRONG_WEEKDAY, "Mon 15 Jan 10:00"),
        ("Monday 2027-01-15 10:00", WhenFault.WRONG_WEEKDAY, "Monday 2027-01-15 10:00"),
        ("28 Mar 2027 02:30", WhenFault.SKIPPED, "02:30"),
        ("14 Mar 2027 2:30am New York", WhenFault.SKIPPED, "02:30"),
        ("15 Jan 2026 10:00", WhenFault.PAST, "15 Jan 2026 10:00"),
        ("1999-01-15 10:00", WhenFault.PAST, "1999-01-15 10:00"),
        ("today 10:00", WhenFault.PAST, "today 10:00"),
        ("0001-01-01 00:00 Shanghai", WhenFault.PAST, "0001-01-01 00:00 Shanghai"),
        ("15 Jan 10:00 Atlantis", WhenFault.UNKNOWN_ZONE, "Atlantis"),
        ("15 Jan 10:00 CST", WhenFault.TWO_ZONES, "CST"),
        ("15 Jan 10:00 CET (Shanghai)", WhenFault.TWO_ZONES, "CET (Shanghai)"),
        ("15 Jan 10:00 UTC+5:30", WhenFault.UNKNOWN_ZONE, "UTC+5:30"),
        ("15 Jan 10:00 UTC+15", WhenFault.UNKNOWN_ZONE, "UTC+15"),
        ("15 Jan 10:00 ../../etc/passwd", WhenFault.UNKNOWN_ZONE, "../../etc/passwd"),
    ],
)
def test_faults_name_the_piece_that_is_wrong(text: str, fault: WhenFault, part: str) -> None:
    with pytest.raises(WhenError) as caught:
        read(text)

    assert (caught.value.fault, caught.value.part) == (fault, part)


def test_a_day_on_which_the_clocks_jumped_is_no_fault_once_it_is_past() -> None:
    assert read("28 Mar 02:30", datetime(2027, 5, 1, tzinfo=UTC)) == WallTime(wall(2028, 3, 28, 2, 30), BRUSSELS)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 10_000,
        "a" * 10_000,
        " " * 10_000,
        "mon" * 3_333,
        "monday, " * 1_250,
        "15 " * 3_333,
        "15 Jan 10:00 " + "x" * 10_000,
        "15 Jan 2027 10:00" + " (x" * 3_000,
        "15 Jan 10:00" + " time" * 2_000,
        "\0" * 10_000,
        "\uff12\uff10\uff12\uff17-\uff10\uff11-15 " * 700,
    ],
    ids=lambda text: ascii(text[:20]),
)
def test_hostile_text_is_refused_and_not_repeated_in_full(text: str) -> None:
    with pytest.raises(WhenError) as caught:
        read(text)

    assert len(caught.value.part) <= 80


def test_a_picked_moment_is_shown_as_the_zone_s_clock_shows_it() -> None:
    picked = datetime(2027, 7, 15, 8, 0, 59, tzinfo=UTC)

    assert from_instant(picked, timezone=BRUSSELS, now=NOW) == WallTime(wall(2027, 7, 15, 10), BRUSSELS)


def test_a_picked_moment_must_lie_ahead() -> None:
    with pytest.raises(WhenError) as caught:
        from_instant(NOW, timezone=BRUSSELS, now=NOW)

    assert caught.value.fault is WhenFault.PAST


def test_a_picked_moment_must_not_lie_far_ahead() -> None:
    with pytest.raises(WhenError) as caught:
        from_instant(datetime(9999, 12, 31, 23, 59, tzinfo=UTC), timezone=BRUSSELS, now=NOW)

    assert (caught.value.fault, caught.value.part) == (WhenFault.NO_SUCH_DATE, "9999")
