"""Calendar files, read as webinars: zones kept, series taken apart, what does not fit named."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.importing_values import CHAT, Contents, Event, Remark, Trouble
from feeds.importing import read
from tests.calendar_files import LINK, calendar, entry
from tests.factories import NOW, wall

ZONE = "Europe/Brussels"
PLAIN = Event(
    uid="a",
    line=4,
    title="Cold chain",
    local_start=wall(2027, 2, 3, 9, 30),
    timezone=ZONE,
    duration_minutes=60,
    join_url=LINK,
)


def contents(*components: bytes, method: str = "") -> Contents:
    return read(calendar(*components, method=method), "a.ics", CHAT, timezone=ZONE, now=NOW)


def only(*components: bytes) -> Event:
    found = contents(*components)
    (event,) = found.events
    return event


def starts(found: Contents) -> dict[str | None, tuple[datetime, str]]:
    return {event.uid: (event.local_start, event.timezone) for event in found.events if not event.excluded}


def zone(tzid: str, *, winter: str = "+0100", summer: str = "+0200", until: str = "", location: str = "") -> bytes:
    """A zone with Europe's dates, written as Exchange does: its rules begin in 1601, on no day that they name."""
    head = f"BEGIN:VTIMEZONE\r\nTZID:{tzid}\r\n" + (f"X-LIC-LOCATION:{location}\r\n" if location else "")
    parts = "".join(
        f"BEGIN:{name}\r\nDTSTART:16010101T0{hour}0000\r\nTZOFFSETFROM:{before}\r\nTZOFFSETTO:{after}\r\n"
        f"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH={month}{until}\r\nEND:{name}\r\n"
        for name, hour, before, after, month in (
            ("STANDARD", 3, summer, winter, 10),
            ("DAYLIGHT", 2, winter, summer, 3),
        )
    )
    return f"{head}{parts}END:VTIMEZONE\r\n".encode()


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, {}),
        ({"DTSTART": "20270203T083000Z"}, {"local_start": wall(2027, 2, 3, 8, 30), "timezone": "UTC"}),
        ({"DTSTART": "TZID=Asia/Shanghai:20270203T093000"}, {"timezone": "Asia/Shanghai"}),
        ({"DTSTART": "TZID=Romance Standard Time:20270203T093000"}, {"timezone": "Europe/Paris"}),
        ({"DTSTART": 'TZID="China Standard Time":20270203T093000'}, {"timezone": "Asia/Shanghai"}),
        ({"DTSTART": "TZID=/mozilla.org/20050126_1/Europe/Lisbon:20270203T093000"}, {"timezone": "Europe/Lisbon"}),
        ({"DTSTART": "TZID=europe/lisbon:20270203T093000"}, {"timezone": "Europe/Lisbon"}),
        ({"DTSTART": "20270203T093000"}, {}),
        ({"DTSTART": "TZID=Europe/Brussels:20270203T093059"}, {}),
        ({"DURATION": "PT90M"}, {"duration_minutes": 90}),
        ({"DURATION": "PT60M30S"}, {"duration_minutes": 61}),
        ({"DURATION": "", "DTEND": "20270203T090000Z"}, {"duration_minutes": 30}),
        ({"DURATION": ""}, {"duration_minutes": 60}),
        ({"DESCRIPTION": "Ports\\, paperwork\\nand partners"}, {"description": "Ports, paperwork\nand partners"}),
        ({"LOCATION": ""}, {"join_url": None}),
        ({"LOCATION": "Room 3"}, {"join_url": None}),
        ({"LOCATION": "http://meet.example.org/1"}, {"join_url": None}),
        ({"LOCATION": "Join at https://zoom.us/j/5?pwd=1."}, {"join_url": "https://zoom.us/j/5?pwd=1"}),
        (
            {"LOCATION": "", "CONFERENCE": "VALUE=URI:https://meet.example.org/c"},
            {"join_url": "https://meet.example.org/c"},
        ),
        ({"URL": "https://shop.example.org/"}, {}),
        ({"LOCATION": "", "URL": "https://shop.example.org/"}, {"join_url": "https://shop.example.org/"}),
        (
            {"LOCATION": "", "DESCRIPTION": "See https://a.example.org or join https://us02web.zoom.us/j/8"},
            {
                "join_url": "https://us02web.zoom.us/j/8",
                "description": "See https://a.example.org or join https://us02web.zoom.us/j/8",
            },
        ),
        ({"LOCATION": "", "DESCRIPTION": "https://a.eu"}, {"join_url": None, "description": "https://a.eu"}),
        ({"CATEGORIES": "China,Cold food"}, {"topics": ("China", "Cold food")}),
        ({"STATUS": "CANCELLED"}, {"cancelled": True}),
        ({"STATUS": "CONFIRMED"}, {}),
        ({"ATTACH": "x", "ORGANIZER": "mailto:a@example.org"}, {}),
        ({"SUMMARY": "LANGUAGE=de:Kühlkette"}, {"title": "LANGUAGE=de:Kühlkette"}),
    ],
)
def test_one_event(changes: dict[str, str], wanted: dict[str, Any]) -> None:
    assert only(entry("a", **changes)) == replace(PLAIN, **wanted)


def test_parameters_of_texts_are_left_out() -> None:
    lines = entry("a").replace(b"SUMMARY:Cold chain", 'SUMMARY;LANGUAGE="de;x:y":Kühlkette'.encode())

    assert only(lines) == replace(PLAIN, title="Kühlkette")


def test_long_lines_are_unfolded() -> None:
    folded = entry("a", "Cold ch").replace(b"Cold ch", b"Cold \r\n ch\r\n\ta\r\n in")

    assert only(folded) == PLAIN


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"\r\n \r\n"])
def test_any_line_ends_and_a_byte_order_mark(newline: bytes, before: bytes) -> None:
    content = before + calendar(entry("a")).replace(b"\r\n", newline)

    (event,) = read(content, "a.ics", CHAT, timezone=ZONE, now=NOW).events
    assert replace(event, line=4) == PLAIN


def test_windows_text_is_read() -> None:
    content = calendar(entry("a", "Kühlkette")).decode().encode("cp1252")

    (event,) = read(content, "a.ics", CHAT, timezone=ZONE, now=NOW).events
    assert event.title == "Kühlkette"


@pytest.mark.parametrize(
    ("component", "start", "wanted"),
    [
        (zone("Customized Time Zone"), "Customized Time Zone", "Europe/Brussels"),
        (zone("(UTC+01:00) Here"), '"(UTC+01:00) Here"', "Europe/Brussels"),
        (zone("Ours", winter="+0000", summer="+0100"), "Ours", "Europe/London"),
        (zone("Ours", winter="+0200", summer="+0300"), "Ours", "Europe/Athens"),
        (zone("Ours", winter="+0800", summer="+0800"), "Ours", "Asia/Shanghai"),
        (zone("Ours", winter="+0000", summer="+0000"), "Ours", "UTC"),
        (zone("Ours", location="Europe/Vienna"), "Ours", "Europe/Vienna"),
        (zone("Europe/Lisbon", winter="+0900", summer="+0900"), "Europe/Lisbon", "Europe/Lisbon"),
    ],
)
def test_zone_is_known_by_its_rules_where_its_name_says_nothing(component: bytes, start: str, wanted: str) -> None:
    assert only(component, entry("a", DTSTART=f"TZID={start}:20270203T093000")).timezone == wanted


def test_zone_may_stand_behind_its_events() -> None:
    assert only(entry("a", DTSTART="TZID=Ours:20270203T093000"), zone("Ours")).timezone == ZONE


def test_times_without_a_zone_are_counted() -> None:
    found = contents(
        entry("a", DTSTART="20270203T093000"),
        entry("b", DTSTART="20270204T093000", RRULE="FREQ=DAILY;COUNT=3"),
        entry("c"),
        entry("d", DTSTART="20260204T093000"),
    )

    assert (found.floating, found.timezone) == (2, ZONE)


@pytest.mark.parametrize(
    ("changes", "trouble", "part"),
    [
        ({"SUMMARY": ""}, Trouble.NO_TITLE, ""),
        ({"SUMMARY": "\u200b"}, Trouble.NO_TITLE, ""),
        ({"DTSTART": ""}, Trouble.NO_START, ""),
        ({"DTSTART": "VALUE=DATE:20270203"}, Trouble.ALL_DAY, ""),
        ({"DTSTART": "20270203"}, Trouble.ALL_DAY, ""),
        ({"DTSTART": "tomorrow"}, Trouble.UNREADABLE, ""),
        ({"DTSTART": "20270230T093000Z"}, Trouble.UNREADABLE, ""),
        ({"DTSTART": "99991231T235959Z"}, Trouble.TOO_FAR, "9999"),
        ({"DTSTART": "20380203T093000Z"}, Trouble.TOO_FAR, "2038"),
        ({"DTSTART": "20270118T090000Z"}, Trouble.PAST, "2027-01-18 09:00"),
        ({"DTSTART": "00010101T000000"}, Trouble.UNREADABLE, ""),
        ({"DTSTART": "TZID=Nowhere:20270203T093000"}, Trouble.UNKNOWN_ZONE, "Nowhere"),
        ({"DTSTART": "TZID=Europe/Brussels:20270328T023000"}, Trouble.SKIPPED_TIME, "2027-03-28 02:30"),
        ({"DURATION": "P2D"}, Trouble.TOO_LONG, "24"),
        ({"DURATION": "-PT1H"}, Trouble.BACKWARDS, ""),
        ({"DURATION": "", "DTEND": "20270203T070000Z"}, Trouble.BACKWARDS, ""),
        ({"DURATION": "soon"}, Trouble.UNREADABLE, ""),
        ({"RRULE": "FREQ=SECONDLY"}, Trouble.BAD_RULE, "FREQ=SECONDLY"),
        ({"RRULE": "nonsense"}, Trouble.BAD_RULE, "nonsense"),
        ({"EXRULE": "FREQ=DAILY"}, Trouble.BAD_RULE, "FREQ=DAILY"),
        ({"RRULE": "FREQ=DAILY", "DURATION": "P2D"}, Trouble.TOO_LONG, "24"),
        ({"RRULE": "FREQ=DAILY;UNTIL=20270101T000000Z", "DTSTART": "20261201T090000Z"}, Trouble.PAST, ""),
        ({"RRULE": "FREQ=DAILY;COUNT=5", "EXDATE": "soon"}, Trouble.UNREADABLE, ""),
    ],
)
def test_what_is_not_taken_is_named(changes: dict[str, str], trouble: Trouble, part: str) -> None:
    found = contents(entry("a", **changes), entry("b"))

    assert [event.uid for event in found.events] == ["b"]
    (remark,) = found.remarks
    assert (remark.line, remark.trouble, remark.part, remark.taken) == (4, trouble, part, False)


@pytest.mark.parametrize(
    ("changes", "trouble", "part"),
    [
        ({"DURATION": ""}, Trouble.NO_LENGTH, "60"),
        ({"LOCATION": "Room 3"}, Trouble.BAD_LINK, "Room 3"),
        ({"SUMMARY": "x" * 121}, Trouble.CUT_TITLE, "120"),
        ({"DESCRIPTION": "x" * 2001}, Trouble.CUT_DESCRIPTION, "2000"),
        ({"RRULE": "FREQ=WEEKLY"}, Trouble.HORIZON, "2028-07-19"),
    ],
)
def test_what_is_taken_with_a_remark(changes: dict[str, str], trouble: Trouble, part: str) -> None:
    found = contents(entry("a", **changes))

    (remark,) = found.remarks
    assert (remark.line, remark.trouble, remark.part, remark.taken) == (4, trouble, part, True)
    assert all(len(event.title) <= 120 and len(event.description) <= 2000 for event in found.events)


def test_other_components_are_named_and_their_alarms_are_not() -> None:
    todo = b"BEGIN:VTODO\r\nSUMMARY:Buy milk\r\nBEGIN:VALARM\r\nEND:VALARM\r\nEND:VTODO\r\n"
    alarmed = entry("a").replace(b"END:VEVENT", b"BEGIN:VALARM\r\nSUMMARY:No\r\nDTSTART:x\r\nEND:VALARM\r\nEND:VEVENT")

    found = contents(alarmed, todo)
    assert found.events == (PLAIN,)
    assert found.remarks == (Remark(15, "VTODO", Trouble.NOT_AN_EVENT),)


def test_event_that_does_not_end_takes_no_other_with_it() -> None:
    found = contents(entry("a").replace(b"END:VEVENT\r\n", b""), entry("b"))

    assert [event.uid for event in found.events] == ["b"]
    assert [(each.line, each.trouble) for each in found.remarks] == [(4, Trouble.UNREADABLE)]


def test_cancellation_of_the_whole_file() -> None:
    assert [event.cancelled for event in contents(entry("a"), entry("b"), method="CANCEL").events] == [True, True]


def test_the_later_of_two_with_one_uid_counts() -> None:
    found = contents(entry("a", "New", SEQUENCE="2"), entry("a", "Old", SEQUENCE="1"))

    assert [event.title for event in found.events] == ["New"]
    assert found.remarks == (Remark(12, "Old", Trouble.DUPLICATE, "a"),)


def test_series_becomes_single_webinars() -> None:
    found = contents(entry("a", RRULE="FREQ=WEEKLY;BYDAY=WE;COUNT=4", EXDATE="TZID=Europe/Brussels:20270217T093000"))

    assert starts(found) == {
        "a-20270203": (wall(2027, 2, 3, 9, 30), ZONE),
        "a-20270210": (wall(2027, 2, 10, 9, 30), ZONE),
        "a-20270224": (wall(2027, 2, 24, 9, 30), ZONE),
    }
    assert [event.uid for event in found.events if event.excluded and event.cancelled] == ["a-20270217"]


def test_series_keeps_its_time_over_the_change_of_clocks() -> None:
    found = contents(entry("a", DTSTART="TZID=Europe/Brussels:20270320T093000", RRULE="FREQ=WEEKLY;COUNT=2"))

    assert [event.starts_at for event in found.events] == [
        datetime(2027, 3, 20, 8, 30, tzinfo=UTC),
        datetime(2027, 3, 27, 8, 30, tzinfo=UTC),
    ]
    assert [event.starts_at for event in contents(
        entry("a", DTSTART="TZID=Europe/Brussels:20270327T093000", RRULE="FREQ=WEEKLY;COUNT=2")
    ).events] == [datetime(2027, 3, 27, 8, 30, tzinfo=UTC), datetime(2027, 4, 3, 7, 30, tzinfo=UTC)]  # fmt: skip


def test_one_date_of_a_series_may_differ() -> None:
    found = contents(
        entry("a", RRULE="FREQ=WEEKLY;COUNT=3"),
        entry("a", "Moved", DTSTART="TZID=Asia/Shanghai:20270211T160000", RECURRENCE_ID="20270210T083000Z"),
        entry("a", "Off", RECURRENCE_ID="TZID=Europe/Brussels:20270217T093000", STATUS="CANCELLED"),
    )

    assert starts(found) == {
        "a-20270203": (wall(2027, 2, 3, 9, 30), ZONE),
        "a-20270210": (wall(2027, 2, 11, 16, 0), "Asia/Shanghai"),
        "a-20270217": (wall(2027, 2, 3, 9, 30), ZONE),
    }
    assert {event.uid: (event.title, event.line) for event in found.events if event.title != "Cold chain"} == {
        "a-20270210": ("Moved", 12),
        "a-20270217": ("Off", 20),
    }
    assert [event.uid for event in found.events if event.cancelled] == ["a-20270217"]


def test_dates_may_be_added_to_a_series() -> None:
    found = contents(entry("a", RDATE="TZID=Europe/Brussels:20270210T093000,20270210T150000"))

    assert {uid: start for uid, (start, _) in starts(found).items()} == {
        "a-20270203": wall(2027, 2, 3, 9, 30),
        "a-20270210": wall(2027, 2, 10, 9, 30),
        "a-20270210T150000": wall(2027, 2, 10, 15, 0),
    }


def test_series_that_moves_to_another_hour_keeps_its_uids() -> None:
    before = contents(entry("a", RRULE="FREQ=WEEKLY;COUNT=3"))
    after = contents(entry("a", DTSTART="TZID=Europe/Brussels:20270203T140000", RRULE="FREQ=WEEKLY;COUNT=3"))

    assert starts(before).keys() == starts(after).keys()


def test_only_what_is_to_come_of_a_series_is_taken() -> None:
    found = contents(entry("a", DTSTART="TZID=Europe/Brussels:20270106T093000", RRULE="FREQ=WEEKLY;COUNT=4"))

    assert sorted(str(event.uid) for event in found.events) == ["a-20270120", "a-20270127"]
    assert found.remarks == ()


def test_event_without_a_uid_is_left_to_be_known_by_its_title() -> None:
    assert only(entry("")) == replace(PLAIN, uid=None)
