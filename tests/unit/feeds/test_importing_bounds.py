"""Files that were made to harm: refused as a whole, by what stands in them, before a library follows it.

That a test ends is part of what it proves.
"""

import pytest

from domain.importing_values import CHAT, COMMAND_LINE, FileRefusedError, Limits, Refusal
from feeds.importing import read
from tests.calendar_files import calendar, entry
from tests.factories import NOW

HEAD = b"BEGIN:VCALENDAR\r\n"
EVENT = b"BEGIN:VEVENT\r\n"
ENDLESS = entry("a", RRULE="FREQ=DAILY")
OLD = entry("a", DTSTART="16010101T000000Z", RRULE="FREQ=DAILY;UNTIL=20270301T000000Z")
DATES = ",".join(["20270204T093000Z"] * 3_000)
MANY_LINES = entry("a").replace(b"END", b"EXDATE:20270204T093000Z\r\n" * 30_000 + b"END")

CALENDARS = {
    "nothing": (b"", Refusal.EMPTY),
    "blank": (b"\r\n" * 500, Refusal.EMPTY),
    "zip": (b"PK\x03\x04" + b"\x00" * 10_000, Refusal.NOT_TEXT),
    "no text": (b"BEGIN:VCALENDAR\x81\xff\x8d\n", Refusal.NOT_TEXT),
    "page": (b"<html><body>Not found</body></html>", Refusal.NOT_CALENDAR),
    "event alone": (entry("a"), Refusal.NOT_CALENDAR),
    "endless line": (b"BEGIN:VCALENDAR" + b"x" * 1_000_000, Refusal.NOT_CALENDAR),
    "lines": (HEAD + b"\n" * 1_000_000, Refusal.TOO_MANY_LINES),
    "returns": (HEAD + b"\r" * 1_000_000, Refusal.TOO_MANY_LINES),
    "folds": (HEAD + EVENT + b"DESCRIPTION:" + b"\r\n x" * 200_000, Refusal.TOO_MANY_LINES),
    "long uid": (HEAD + EVENT + b"UID:" + b"x" * 1_000_000, Refusal.LINE_TOO_LONG),
    "folded uid": (HEAD + EVENT + b"UID:" + (b"\r\n " + b"x" * 900) * 1_000, Refusal.LINE_TOO_LONG),
    "deep": (HEAD + EVENT + b"BEGIN:VALARM\r\n" * 50_000, Refusal.TOO_DEEP),
    "deep calendars": (HEAD * 50_000, Refusal.TOO_DEEP),
    "begun": (HEAD + EVENT * 50_000, Refusal.TOO_MANY_EVENTS),
    "events": (calendar(*(entry(str(number)) for number in range(1_001))), Refusal.TOO_MANY_EVENTS),
    "todos": (HEAD + b"BEGIN:VTODO\r\nEND:VTODO\r\n" * 30_000, Refusal.TOO_MANY_EVENTS),
    "zones": (HEAD + b"BEGIN:VTIMEZONE\r\nEND:VTIMEZONE\r\n" * 20_000, Refusal.TOO_MANY_EVENTS),
    "series": (calendar(*[ENDLESS] * 10), Refusal.TOO_MANY_EVENTS),
    "added dates": (calendar(entry("a", RDATE=DATES), entry("b", RDATE=DATES)), Refusal.TOO_MANY_DATES),
    "dates in a line": (calendar(entry("a", EXDATE=f"{DATES},{DATES}")), Refusal.LINE_TOO_LONG),
    "lines of dates": (calendar(MANY_LINES), Refusal.TOO_MANY_DATES),
    "old series": (calendar(*[OLD] * 10), Refusal.TOO_MUCH_REPETITION),
}
TABLES = {
    "no header": (b"a,b\n1,2\n", Refusal.NO_HEADER),
    "no start": (b"title,link\nx,y\n", Refusal.NO_HEADER),
    "columns": (b"title,start" + b",x" * 100_000, Refusal.NO_HEADER),
    "rows": (b"title,start\n" + b"a,b\n" * 1_001, Refusal.TOO_MANY_EVENTS),
    "lines": (b"title,start\n" + b"a,b\n" * 200_000, Refusal.TOO_MANY_LINES),
    "field": (b'title,start\n"' + b"x" * 1_000_000, Refusal.BROKEN_TABLE),
    "open field": (b'title,start\nx,"' + b"x,y\n" * 50_000, Refusal.BROKEN_TABLE),
    "empty": (b"\n \n", Refusal.EMPTY),
}


def refusal(content: bytes, name: str, limits: Limits = CHAT) -> Refusal:
    with pytest.raises(FileRefusedError) as error:
        read(content, name, limits, timezone="Europe/Brussels", now=NOW)
    return error.value.refusal


@pytest.mark.parametrize(("content", "wanted"), CALENDARS.values(), ids=CALENDARS)
def test_calendar_is_refused(content: bytes, wanted: Refusal) -> None:
    assert refusal(content, "a.ics") is wanted


@pytest.mark.parametrize(("content", "wanted"), TABLES.values(), ids=TABLES)
def test_table_is_refused(content: bytes, wanted: Refusal) -> None:
    assert refusal(content, "a.csv") is wanted


@pytest.mark.parametrize("limits", [CHAT, COMMAND_LINE])
def test_one_byte_too_many(limits: Limits) -> None:
    assert refusal(b"x" * (limits.size + 1), "a.ics", limits) is Refusal.TOO_LARGE
    assert refusal(b"x" * limits.size, "a.ics", limits) is Refusal.NOT_CALENDAR


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=5",
        "FREQ=HOURLY;UNTIL=20270204T093000Z",
        "FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8,9,10,11,12,13",
        "FREQ=DAILY;BYSECOND=1;BYMINUTE=1",
        "FREQ=YEARLY;BYYEARDAY=34",
        "FREQ=YEARLY;BYWEEKNO=5",
        "FREQ=YEARLY;BYEASTER=1",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;COUNT=-1",
        "FREQ=DAILY;COUNT=99999999",
        "FREQ=DAILY;UNTIL=someday",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=MONTHLY;BYMONTHDAY=3;BYSETPOS=2",
        "FREQ=MONTHLY;BYDAY=6WE",
        "FREQ=MONTHLY;BYDAY=1WE;BYMONTHDAY=3",
        "FREQ=MONTHLY;BYDAY=WE;BYSETPOS=6",
        "FREQ=WEEKLY;BYMONTHDAY=3",
        "FREQ=WEEKLY;BYDAY=1WE",
        "FREQ=YEARLY;BYDAY=20WE",
        "COUNT=3",
        "",
        ";;;",
        "FREQ",
    ],
)
def test_rule_that_might_not_end_is_followed_by_nobody(rule: str) -> None:
    found = read(calendar(entry("a", RRULE=rule or " ")), "a.ics", CHAT, timezone="Europe/Brussels", now=NOW)

    assert found.events == ()
    assert [remark.trouble for remark in found.remarks] == ["bad_rule"]


@pytest.mark.parametrize(
    ("rule", "number"),
    [
        ("FREQ=DAILY;COUNT=3", 3),
        ("freq=daily;count=3", 3),
        ("FREQ=DAILY;UNTIL=20270205T083000Z", 3),
        ("FREQ=DAILY;UNTIL=20270205T235959", 3),
        ("FREQ=DAILY;UNTIL=20270205", 2),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=7", 7),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,FR;COUNT=5;WKST=MO", 5),
        ("FREQ=MONTHLY;COUNT=4", 4),
        ("FREQ=MONTHLY;BYDAY=1WE;COUNT=4", 4),
        ("FREQ=MONTHLY;BYDAY=-4WE;COUNT=4", 4),
        ("FREQ=MONTHLY;BYDAY=WE;BYSETPOS=1;COUNT=4", 4),
        ("FREQ=MONTHLY;BYMONTHDAY=3;COUNT=4", 4),
        ("FREQ=MONTHLY;BYMONTHDAY=-26;COUNT=1", 1),
        ("FREQ=YEARLY;COUNT=2", 2),
        ("FREQ=YEARLY;BYMONTH=2;BYDAY=1WE;COUNT=2", 2),
        ("FREQ=YEARLY;BYMONTH=2,9;BYMONTHDAY=3;COUNT=3", 3),
    ],
)
def test_rules_of_people_s_calendars_are_followed(rule: str, number: int) -> None:
    found = read(calendar(entry("a", RRULE=rule)), "a.ics", CHAT, timezone="Europe/Brussels", now=NOW)

    assert (len(found.events), found.remarks) == (number, ())


@pytest.mark.parametrize(
    "changes",
    [
        {"DTSTART": "TZID=Europe/Brussels:20270203T093000", "RECURRENCE-ID": "90270203T083000Z"},
        {"DTSTART": "90270203T083000Z", "RECURRENCE-ID": "20270203T083000Z"},
        {"RECURRENCE-ID": "RANGE=THISANDFUTURE:20270203T083000Z"},
        {"RECURRENCE-ID": "20270203T083000Z", "DURATION": "P300000D"},
    ],
)
def test_change_of_one_date_that_would_open_the_whole_calendar(changes: dict[str, str]) -> None:
    content = calendar(entry("a", RRULE="FREQ=DAILY"), entry("a", **changes))

    found = read(content, "a.ics", CHAT, timezone="Europe/Brussels", now=NOW)
    assert (found.events, len(found.remarks)) == ((), 1)
