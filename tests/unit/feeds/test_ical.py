from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from feeds import ical


def round_trip(name: str, value: object) -> Event:
    """What a reader gets of one property."""
    event = Event()
    event.add(name, value)
    calendar = Calendar()
    calendar.add_component(event)
    return Calendar.from_ical(calendar.to_ical()).events[0]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("plain", b"plain"),
        ("one, two; three", rb"one\, two\; three"),
        ("two\nlines", rb"two\nlines"),
        ("two\r\nlines\rthree", rb"two\nlines\nthree"),
        ("\u2028a\u2029b\x85c", rb"a\nb\nc"),
        (r"C:\New\notes", rb"C:\\New\\notes"),
        ("bell\x07, null\0, escape\x1b[1m", rb"bell\, null\, escape[1m"),
        ("a\tb", b"a b"),
        ("  ends \n in space\u3000 \n\n", rb"ends\n in space"),
        ("half \ud83d of it", "half \ufffd of it".encode()),
        ("😀 数字化 Ελλάδα", "😀 数字化 Ελλάδα".encode()),
        ("", b""),
    ],
)
def test_text_is_clean_and_escaped(typed: str, written: bytes) -> None:
    assert ical.text(typed).to_ical() == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [("one\ntwo", b"one two"), (" one \r\n\r\n two ", b"one  two"), ("one\n", b"one"), ("\n \n", b"")],
)
def test_line_is_one_line(typed: str, written: bytes) -> None:
    assert ical.line(typed).to_ical() == written


@given(st.text())
def test_text_comes_back_as_it_was_cleaned(typed: str) -> None:
    cleaned = ical.text(typed)

    assert str(round_trip("description", cleaned)["description"]) == str(cleaned)


@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1))
def test_categories_come_back_once_each(typed: list[str]) -> None:
    cleaned = [str(ical.line(name)) for name in dict.fromkeys(typed)]

    assert [str(name) for name in round_trip("categories", ical.categories(typed))["categories"].cats] == cleaned


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("https://example.org/a?b=c&d=%20e#f", "https://example.org/a?b=c&d=%20e#f"),
        ("https://example.org/webinär 1", "https://example.org/webin%C3%A4r%201"),
        ("https://example.org/a\r\nATTENDEE:x", "https://example.org/a%0AATTENDEE:x"),
        (' https://example.org/"a" ', "https://example.org/%22a%22"),
    ],
)
def test_uri_has_only_characters_of_an_address(typed: str, written: str) -> None:
    assert ical.uri(typed).to_ical() == written.encode()


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2027, 1, 19, 9, 0, 59, 999_999, tzinfo=UTC),
        datetime(2027, 1, 19, 10, 0, 59, tzinfo=ZoneInfo("Europe/Brussels")),
        datetime(2027, 1, 19, 17, 0, 59, tzinfo=timezone(timedelta(hours=8))),
    ],
)
def test_instant_is_written_in_utc_to_the_second(moment: datetime) -> None:
    assert ical.instant(moment) == b"20270119T090059Z"
