"""How long a file may keep us: counted in calls, which are the same on every machine, and not in seconds.

A file of some parts that are repeated until it is as large as one may be, read with limits a tenth of those of the
chat: ten times as many calls are made for the largest that anybody can send there. Five million are made in less than
a second; what the library does with each character makes no calls, so it is given no texts.
"""

import contextlib
import sys
from itertools import count

from hypothesis import example, given, settings, target
from hypothesis import strategies as st

from domain.importing_values import CHAT, FileRefusedError, Limits
from feeds.importing import read
from tests.calendar_files import calendar, entry
from tests.factories import NOW

TENTH = Limits(size=CHAT.size // 10, events=CHAT.events // 10)
MOST_CALLS = 500_000
_ROOM_FOR_NUMBERS = 30

WORDS = st.sampled_from(
    [
        *("20270203T093000", "20270203T093000Z", "16010101T000000", "99991231T235959Z", "PT1H", "P9999W", "-PT1M"),
        *("FREQ=DAILY", "FREQ=YEARLY", "FREQ=WEEKLY;BYDAY=MO,WE", ";COUNT=2", ";UNTIL=20991231T000000Z", ";INTERVAL=9"),
        *(
            "Europe/Brussels",
            "Romance Standard Time",
            "+0100",
            "CANCELLED",
            ";X=",
            '"',
            "\\",
            "\\,",
            ",",
            ";",
            ":",
            "=",
            "'",
        ),
        *("https://meet.example.org/1", "@", " ", "\t", "\r\n ", "é", "界", "\ufdfa", "a" * 70),
    ]
)
NAMES = st.sampled_from(
    [
        *("DTSTART", "DTSTART;TZID=Europe/Brussels", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
        *("SUMMARY", "DESCRIPTION", "LOCATION", "URL", "CATEGORIES", "UID", "STATUS", "TZID", "TZOFFSETTO", "X-A;B=C"),
        *("BEGIN:VEVENT\r\nSUMMARY", "BEGIN:VALARM\r\nACTION", "BEGIN:VTIMEZONE\r\nTZID", "END", "BEGIN"),
    ]
)
VALUES = st.builds(lambda words, times: "".join(words) * times, st.lists(WORDS, max_size=4), st.integers(1, 300))
LINES = st.builds(lambda name, value: f"{name}:{value}\r\n".encode(), NAMES, VALUES)
ENTRIES = st.builds(
    lambda rule, changes: entry("a", RRULE=rule, **changes),
    st.sampled_from(
        ["", "FREQ=DAILY", "FREQ=YEARLY;UNTIL=20991231T000000Z", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=90"]
    ),
    st.dictionaries(st.sampled_from(["DTSTART", "DURATION", "DESCRIPTION", "EXDATE", "RDATE"]), VALUES, max_size=2),
)
ROWS = st.builds(lambda values: (";".join(values) + "\n").encode(), st.lists(VALUES, max_size=11))
HEADER = b"title;start;end;timezone;duration;link;seats;language;topics;uid;status\n"


def calls(content: bytes, name: str) -> int:
    """How many it takes to read this file, those into C included."""
    steps = count()
    sys.setprofile(lambda frame, event, argument: next(steps) and None)
    try:
        with contextlib.suppress(FileRefusedError):
            read(content, name, TENTH, timezone="Europe/Brussels", now=NOW)
    finally:
        sys.setprofile(None)
    return next(steps) // 2


def filled(parts: list[bytes], room: int) -> bytes:
    """The parts again and again, each event with a uid of its own."""
    unit = b"".join(parts)
    times = room // (len(unit) + _ROOM_FOR_NUMBERS)
    return b"".join(unit.replace(b"UID:a\r\n", b"UID:%d\r\n" % number) for number in range(times))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(LINES | ENTRIES, min_size=1, max_size=5))
@example([entry("a")])
@example([entry("a", RRULE="FREQ=DAILY")])
@example([entry("a", CATEGORIES=",a" * 500)])
@example([entry("a", DESCRIPTION="\\" * 1_000)])
@example([entry("a").replace(b"SUMMARY:", b"SUMMARY:x\r\n" * 90 + b"SUMMARY:")])
@example([entry("a").replace(b"DURATION:", b"DURATION:PT1H\r\n" * 90 + b"DURATION:")])
@example([b"BEGIN:VEVENT\r\n", *[b"EXDATE:20270204T093000Z\r\n"] * 50, b"END:VEVENT\r\n"])
def test_calendar_is_read_in_so_many_calls(parts: list[bytes]) -> None:
    whole = calendar(filled(parts, TENTH.size - 200))
    needed = calls(whole, "a.ics")

    target(needed)
    assert needed < MOST_CALLS


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(ROWS, min_size=1, max_size=3))
def test_table_is_read_in_so_many_calls(rows: list[bytes]) -> None:
    needed = calls(HEADER + filled(rows, TENTH.size - 200), "a.csv")

    target(needed)
    assert needed < MOST_CALLS
