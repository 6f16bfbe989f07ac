from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import days_off, offices
from domain.days_off import DayOff
from domain.offices import PLACES

EUROPE = ("AT", "BE", "CZ", "DE", "DK", "ES", "FR", "IT", "NL", "PT", "SE")


def found(moment: datetime, *hosts: str, language: str = "en") -> list[tuple[str, str]]:
    countries = days_off.countries(hosts)
    calendar = days_off.between(countries, PLACES, moment, moment, language)
    return [(day.country, day.name) for day in days_off.on(calendar, offices.local_times(PLACES, moment, 60))]


@pytest.mark.parametrize(
    ("moment", "hosts", "said"),
    [
        ("2027-01-19T09:00", EUROPE, []),
        (
            "2026-05-01T09:00",
            ("BE", "FR", "NL"),
            [("BE", "Labor Day"), ("FR", "Labor Day"), ("CN", "Labor Day")],
        ),
        ("2026-10-01T08:00", ("BE",), [("CN", "National Day")]),
        ("2026-10-05T08:00", ("BE",), [("CN", "National Day (observed)")]),
        ("2027-02-08T08:00", (), [("CN", "Chinese New Year (Spring Festival)")]),
        ("2027-11-25T15:00", ("DE",), [("US", "Thanksgiving Day")]),
        ("2027-07-05T15:00", ("DE",), [("US", "Independence Day (observed)")]),
        ("2027-05-06T09:00", ("DE", "ES"), [("DE", "Ascension Day")]),
        ("2026-12-25T10:00", ("BE", "ES"), [("BE", "Christmas Day"), ("ES", "Christmas Day"), ("US", "Christmas Day")]),
        ("2027-10-28T09:00", ("CZ", "PT"), [("CZ", "Independent Czechoslovak State Day")]),
    ],
)
def test_public_holidays_of_hosts_china_and_america(
    moment: str, hosts: tuple[str, ...], said: list[tuple[str, str]]
) -> None:
    assert found(datetime.fromisoformat(f"{moment}+00:00"), *hosts) == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 9, 30, 15, 59, tzinfo=UTC), []),  # 23:59 in Shanghai
        (datetime(2026, 9, 30, 16, tzinfo=UTC), [("CN", "National Day")]),
        (datetime(2027, 11, 26, 4, 59, tzinfo=UTC), [("US", "Thanksgiving Day")]),  # Thursday 23:59 in New York
        (datetime(2027, 11, 26, 5, tzinfo=UTC), []),
    ],
)
def test_it_is_the_date_in_the_country_that_counts(moment: datetime, said: list[tuple[str, str]]) -> None:
    assert found(moment) == said


@pytest.mark.parametrize(
    ("country", "language", "name"),
    [
        ("FR", "fr", "Fête du Travail"),
        ("BE", "fr", "Fête du Travail"),
        ("DE", "fr", "Labor Day"),  # offered in German and English
        ("DE", "de", "Erster Mai"),
        ("IT", "it", "Festa del Lavoro"),
        ("CN", "zh", "劳动节"),
        ("DE", "xx", "Labor Day"),
    ],
)
def test_names_are_in_the_readers_language_or_in_english(country: str, language: str, name: str) -> None:
    assert days_off.of_year(country, 2026, language)[date(2026, 5, 1)] == name


@pytest.mark.parametrize(("country", "year"), [("ZZ", 2027), ("XX", 2027), ("BE", 9999), ("CN", 2900), ("US", 1)])
def test_what_nobody_has_written_down_is_no_holiday(country: str, year: int) -> None:
    assert days_off.of_year(country, year, "en") == {}


def test_each_country_counts_once() -> None:
    assert days_off.countries(["BE", "US", "BE", "CN"]) == ("BE", "US", "CN")


def test_a_span_holds_every_day_off_in_it() -> None:
    calendar = days_off.between(
        ("BE", "US"), PLACES, datetime(2027, 11, 1, tzinfo=UTC), datetime(2027, 11, 30, tzinfo=UTC), "en"
    )

    assert calendar == {
        ("Europe/Brussels", date(2027, 11, 1)): (DayOff("BE", date(2027, 11, 1), "All Saints' Day"),),
        ("Europe/Brussels", date(2027, 11, 11)): (DayOff("BE", date(2027, 11, 11), "Armistice Day"),),
        ("America/New_York", date(2027, 11, 11)): (DayOff("US", date(2027, 11, 11), "Veterans Day"),),
        ("America/New_York", date(2027, 11, 25)): (DayOff("US", date(2027, 11, 25), "Thanksgiving Day"),),
    }


@settings(deadline=None)  # a country is imported when it is first asked for
@given(st.from_regex(r"[A-Z]{2}", fullmatch=True), st.integers(1, 9999), st.sampled_from(["en", "fr", "xx", ""]))
def test_no_country_year_or_language_breaks_it(country: str, year: int, language: str) -> None:
    found = days_off.of_year(country, year, language)

    assert {day.year for day in found} <= {year}
