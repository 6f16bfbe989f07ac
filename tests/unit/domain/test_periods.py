from datetime import UTC, date, datetime

import pytest

from domain.figures.periods import Period, PeriodError

JANUARY, DECEMBER = date(2026, 1, 1), date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", JANUARY, DECEMBER),
        (" 2026 ", JANUARY, DECEMBER),
        ("2018-09 2020-08", date(2018, 9, 1), date(2020, 8, 1)),
        ("09/2018 - 08/2020", date(2018, 9, 1), date(2020, 8, 1)),
        ("9.2018-8.2020", date(2018, 9, 1), date(2020, 8, 1)),
        ("2018-2020", date(2018, 1, 1), date(2020, 12, 1)),
        ("2018 / 2019", date(2018, 1, 1), date(2019, 12, 1)),
        ("from 09/2018 to 2020", date(2018, 9, 1), date(2020, 12, 1)),
        ("de 09/2018 à 08/2020", date(2018, 9, 1), date(2020, 8, 1)),
        ("03/2026", date(2026, 3, 1), date(2026, 3, 1)),
    ],
)
def test_read_takes_months_and_years_as_people_write_them(text: str, first: date, last: date) -> None:
    assert Period.read(text) == Period(first, last)


@pytest.mark.parametrize(
    "text", ["", "last year", "13/2026", "0/2026", "2026-13", "08/2020 - 09/2018", "1 2 3", "1" * 99]
)
def test_read_refuses_what_are_no_months_in_order(text: str) -> None:
    with pytest.raises(PeriodError):
        Period.read(text)


@pytest.mark.parametrize("period", [Period(), Period.year(2026), Period(date(2018, 9, 1), date(2020, 8, 1))])
def test_a_code_is_read_as_it_was_written(period: Period) -> None:
    assert Period.of_code(period.code) == period


@pytest.mark.parametrize(
    "code", ["", "2026", "202600-202601", "202613-202613", "202612-202601", "ever ", "202601-2026012"]
)
def test_a_forged_code_is_refused(code: str) -> None:
    with pytest.raises(PeriodError):
        Period.of_code(code)


def test_months_begin_and_end_on_the_consortium_s_clocks() -> None:
    assert Period(date(2026, 3, 1), DECEMBER).bounds("Europe/Brussels") == (
        datetime(2026, 2, 28, 23, tzinfo=UTC),
        datetime(2026, 12, 31, 23, tzinfo=UTC),
    )
    assert Period().bounds("Europe/Brussels") == (None, None)
