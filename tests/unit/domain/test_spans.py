"""Lengths of time as people type them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reading.spans import parse

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("45", 45 * MINUTE),
        ("45 min", 45 * MINUTE),
        ("45min.", 45 * MINUTE),
        ("45 m", 45 * MINUTE),
        ("90 minutes", 90 * MINUTE),
        ("1 minute", MINUTE),
        ("2h", 2 * HOUR),
        ("2 H", 2 * HOUR),
        ("2 hrs", 2 * HOUR),
        ("1 hour", HOUR),
        ("2 hours", 2 * HOUR),
        ("1h30", 90 * MINUTE),
        ("1h 30", 90 * MINUTE),
        ("1 h 30 min", 90 * MINUTE),
        ("1 hour 30 minutes", 90 * MINUTE),
        ("3d", 3 * DAY),
        ("3 days", 3 * DAY),
        ("1 day 2 hours", DAY + 2 * HOUR),
        ("2 jours", 2 * DAY),
        ("2 j", 2 * DAY),
        ("3 heures", 3 * HOUR),
        ("  2  days  ", 2 * DAY),
        ("2\u00a0days", 2 * DAY),
        ("0", 0 * MINUTE),
        ("00005", 5 * MINUTE),
        ("99999 days", 99_999 * DAY),
        ("\u0664\u0665", 45 * MINUTE),
    ],
)
def test_a_length_of_time(text: str, span: timedelta) -> None:
    assert parse(text) == span


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("   ", id="spaces"),
        pytest.param("min", id="no number"),
        pytest.param("-5 min", id="a minus"),
        pytest.param("1.5 h", id="a fraction"),
        pytest.param("an hour", id="a word for a number"),
        pytest.param("2 weeks", id="a unit we don't know"),
        pytest.param("5 months", id="months are no minutes"),
        pytest.param("3 hamsters", id="hamsters are no hours"),
        pytest.param("2 decades", id="decades are no days"),
        pytest.param("123456", id="a number too long is not cut in two"),
        pytest.param("100000", id="nor if its end is nothing"),
        pytest.param("45 45", id="two numbers without a unit"),
        pytest.param("30 2h", id="a number that could be anything before another"),
        pytest.param("1d 2h 3m", id="three parts"),
        pytest.param("2 days before", id="words after it"),
        pytest.param("2h!", id="punctuation"),
        pytest.param("\u00b2h", id="a raised figure"),
        pytest.param("2h\0", id="a control character"),
        pytest.param("1" * 10_000, id="ten thousand figures"),
        pytest.param("1 " * 5_000, id="ten thousand numbers"),
        pytest.param("9" + " " * 9_999 + "x", id="ten thousand spaces"),
    ],
)
def test_no_length_of_time(text: str) -> None:
    assert parse(text) is None


@given(st.text(max_size=60))
def test_any_text_is_a_length_or_none(text: str) -> None:
    span = parse(text)

    assert span is None or span >= timedelta()


@pytest.mark.parametrize("form", ["{0} {1}", "{0}{1}", " {0} {1} ", "{0}  {1}."])
@given(
    number=st.integers(0, 99_999),
    unit=st.sampled_from([("d", DAY), ("days", DAY), ("h", HOUR), ("hours", HOUR), ("m", MINUTE), ("min", MINUTE)]),
)
def test_what_is_written_out_is_read_back(form: str, number: int, unit: tuple[str, timedelta]) -> None:
    name, length = unit

    assert parse(form.format(number, name)) == number * length
    assert parse(form.format(number, name.upper())) == number * length
