"""Whatever a file holds: it is read or refused, and what is read can be a webinar."""

import contextlib
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.importing_values import CHAT, Contents, FileRefusedError
from domain.reading.draft_values import DESCRIPTION_LENGTH, LONGEST_MINUTES, TITLE_LENGTH
from feeds.importing import read
from tests.calendar_files import calendar, entry
from tests.factories import NOW

WHOLE = calendar(
    entry("a", DESCRIPTION="Ports, paperwork", CATEGORIES="China"),
    entry("b", RRULE="FREQ=WEEKLY;BYDAY=WE;COUNT=4", EXDATE="TZID=Europe/Brussels:20270210T093000"),
    entry("b", RECURRENCE_ID="20270217T083000Z", DTSTART="20270218T083000Z"),
    b"BEGIN:VTIMEZONE\r\nTZID:Z\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0100\r\n"
    b"TZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n",
    entry("c", DTSTART="TZID=Z:20270203T093000", DURATION="", DTEND="TZID=Z:20270203T103000"),
)
TABLE = (
    b"title;start;timezone;duration;link;seats;language;topics;uid\r\n"
    b"Cold chain;2027-02-03 09:30;CET;60;https://meet.example.org/1;50;en;china, food;a\r\n"
    b'"Warm; chain";3 Feb 2027 9:30;Shanghai;1h30;;;;;\r\n'
)
NAMES = st.sampled_from(
    [
        *("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SUMMARY", "UID", "SEQUENCE"),
        *("STATUS", "CATEGORIES", "LOCATION", "TZID", "X-LIC-LOCATION", "TZOFFSETTO", "BEGIN", "END", "METHOD"),
    ]
)
PIECES = st.sampled_from(
    [
        *("20270203T093000", "20270203T093000Z", "20270203", "99991231T235959", "00010101T000000", "PT1H", "-P1D"),
        *("FREQ=DAILY", "FREQ=YEARLY", ";COUNT=2", ";BYDAY=WE", ";UNTIL=20270301", "Europe/Brussels", "+2359"),
        *("VEVENT", "VTIMEZONE", "STANDARD", "CANCELLED", ";TZID=", ";VALUE=PERIOD"),
        *("/", ",", ":", '"', "\\", "\r\n "),
    ]
)
LINES = st.builds(
    lambda name, pieces: f"{name}:{''.join(pieces)}", NAMES, st.lists(PIECES | st.text(max_size=5), max_size=6)
)


def check(content: bytes, name: str) -> None:
    with contextlib.suppress(FileRefusedError):
        check_contents(read(content, name, CHAT, timezone="Europe/Brussels", now=NOW))


def check_contents(found: Contents) -> None:
    for event in found.events:
        ZoneInfo(event.timezone)
        assert event.local_start.tzinfo is None
        assert event.starts_at > NOW
        assert 0 < len(event.title) <= TITLE_LENGTH
        assert len(event.description) <= DESCRIPTION_LENGTH
        assert 0 < event.duration_minutes <= LONGEST_MINUTES
        assert event.join_url is None or event.join_url.startswith("https://")
    named = [event.uid for event in found.events if event.uid]
    assert len(named) == len(set(named))
    assert all(remark.line > 0 for remark in found.remarks)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.ics", "a.csv"]))
@example(b"BEGIN:VCALENDAR", "a.ics")
@example(b"\xff\xfe", "a.csv")
def test_any_bytes(content: bytes, name: str) -> None:
    check(content, name)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([(WHOLE, "a.ics"), (TABLE, "a.csv")]), st.data())
def test_damaged_files(whole: tuple[bytes, str], data: st.DataObject) -> None:
    content, name = whole
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(len(content), start + 40)))
        content = content[:start] + data.draw(st.binary(max_size=8)) + content[end:]
    check(content, name)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=12), st.booleans())
def test_any_properties(lines: list[str], starts: bool) -> None:  # noqa: FBT001 -- drawn
    start = "DTSTART;TZID=Europe/Brussels:20270203T093000\r\n" if starts else ""
    body = "".join(f"{line}\r\n" for line in lines)
    content = f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n{start}{body}END:VEVENT\r\nEND:VCALENDAR\r\n"

    check(content.encode("utf-8", "replace"), "a.ics")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(PIECES | st.text(max_size=12), max_size=10), max_size=5))
def test_any_rows(rows: list[list[str]]) -> None:
    body = "".join(";".join(values) + "\n" for values in rows)

    check(
        ("title;start;end;timezone;duration;seats;language;topics;uid;status\n" + body).encode("utf-8", "replace"),
        "a.csv",
    )
