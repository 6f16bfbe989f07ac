"""The strict reader of calendars sees what it is there to see."""

import pytest

from tests.rfc5545 import lint

GOOD = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Somebody//Something//EN
CALSCALE:GREGORIAN
METHOD:PUBLISH
DESCRIPTION:All of them
X-WR-CALDESC:All of them
NAME:Webinars
X-WR-CALNAME:Webinars
REFRESH-INTERVAL;VALUE=DURATION:PT1H
SOURCE;VALUE=URI:https://example.org/feeds/all.ics
URL:https://example.org/
X-PUBLISHED-TTL:PT1H
BEGIN:VEVENT
SUMMARY:Smart packaging\\, in China
DTSTART:20270119T090000Z
DTEND:20270119T100000Z
DTSTAMP:20270107T090000Z
UID:one@example.org
SEQUENCE:0
CATEGORIES:China,smart packaging
CLASS:PUBLIC
CONFERENCE;VALUE=URI:https://meet.example.org/1
CREATED:20261211T090000Z
DESCRIPTION:Register\\; soon
LAST-MODIFIED:20270107T090000Z
LOCATION:https://example.org/webinars/one
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:https://example.org/webinars/one
END:VEVENT
END:VCALENDAR
""".replace(b"\n", b"\r\n")
EMPTY = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
ZONE = b"BEGIN:VTIMEZONE\r\nEND:VTIMEZONE\r\n"
ALARM = b"BEGIN:VALARM\r\nEND:VALARM\r\n"
EVENT = GOOD[GOOD.index(b"BEGIN:VEVENT") : GOOD.index(b"END:VCALENDAR")]

BROKEN = {
    "byte order mark": (b"BEGIN:VCALENDAR", b"\xef\xbb\xbfBEGIN:VCALENDAR", "does not begin with BEGIN:VCALENDAR"),
    "nothing after the end": (b"END:VCALENDAR\r\n", b"END:VCALENDAR", "does not end with END:VCALENDAR"),
    "line feed alone": (b"2.0\r\n", b"2.0\n", "a line does not end with CRLF"),
    "long line": (b"in China", b"in " + b"China" * 20, "line 15 has 129 octets"),
    "split character": (b"in China", b"in \xe4\xb8\r\n \xad", "line 15 is no UTF-8"),
    "no content line": (b"SEQUENCE:0", b"SEQUENCE", "no content line: SEQUENCE"),
    "two calendars": (b"END:VCALENDAR\r\n", b"END:VCALENDAR\r\n" + EMPTY, "is not one VCALENDAR"),
    "alarm": (b"END:VEVENT", ALARM + b"END:VEVENT", "holds more than plain events: VEVENT"),
    "zone": (b"BEGIN:VEVENT", ZONE + b"BEGIN:VEVENT", "holds more than plain events: VTIMEZONE"),
    "ends early": (b"DTEND:20270119T100000Z", b"DTEND:20270119T090000Z", "an event ends before it has begun"),
    "two stamps": (b"DTSTAMP:20270107", b"DTSTAMP:20270108", "DTSTAMP is not the time of the last change"),
    "same UID": (EVENT, EVENT * 2, "UID one@example.org is there 2 times"),
    "missing": (b"DTSTAMP:20270107T090000Z\r\n", b"", "DTSTAMP is missing"),
    "organizer": (b"SEQUENCE:0", b"SEQUENCE:0\r\nORGANIZER:mailto:a@example.org", "ORGANIZER is not expected"),
    "twice": (b"SEQUENCE:0", b"SEQUENCE:0\r\nSEQUENCE:0", "SEQUENCE is there 2 times"),
    "no VALUE": (b";VALUE=DURATION", b"", "REFRESH-INTERVAL has the parameters '', not ';VALUE=DURATION'"),
    "control character": (b"in China", b"in \x07China", "SUMMARY holds a control character"),
    "white space": (b"in China", b"in China ", "SUMMARY is empty or ends in white space"),
    "line break": (b"example.org/webinars/one\r\nS", b"a\\n\r\nS", "LOCATION is empty or ends in white space"),
    "empty": (b"DESCRIPTION:Register\\; soon", b"DESCRIPTION:", "DESCRIPTION is empty or ends in white space"),
    "local time": (b"DTSTART:20270119T090000Z", b"DTSTART:20270119T090000", "DTSTART is not in UTC: 20270119T090000"),
    "no such day": (b"DTEND:20270119T", b"DTEND:20270230T", "DTEND is not in UTC: 20270230T100000Z"),
    "large number": (b"SEQUENCE:0", b"SEQUENCE:2147483648", "SEQUENCE is 2147483648"),
    "two names": (b"\r\nNAME:Webinars", b"\r\nNAME:Seminars", "NAME is not X-WR-CALNAME"),
    "late": (b"END:VCALENDAR", b"COLOR:red\r\nEND:VCALENDAR", "COLOR stands behind a component"),
    "no address": (b"URL:https://example.org/\r", b"URL:https://example.org/<a>\r", "URL is https://example.org/<a>"),
    "percent sign": (b"example.org/1", b"example.org/5%", "CONFERENCE is https://meet.example.org/5%"),
    "line separator": (b"in China", "in\u2028China".encode(), "SUMMARY holds a control character"),
    "category twice": (b"smart packaging", b"China", "CATEGORIES has a value that is empty or there twice"),
    "no category": (b"China,smart", b"China,,smart", "CATEGORIES has a value that is empty or there twice"),
    "category": (b"smart packaging", b"smart;packaging", "CATEGORIES has an unescaped semicolon"),
    "one L": (b"STATUS:CONFIRMED", b"STATUS:CANCELED", "STATUS is CANCELED"),
    "stray backslash": (b"Register\\; soon", b"C:\\data", "DESCRIPTION has a stray backslash"),
    "comma": (b"Smart packaging\\,", b"Smart packaging,", "SUMMARY has an unescaped comma or semicolon"),
}  # fmt: skip


def test_lint_is_content_with_a_good_calendar() -> None:
    assert lint(GOOD) == []


@pytest.mark.parametrize(("good", "bad", "complaint"), BROKEN.values(), ids=BROKEN.keys())
def test_lint_reports(good: bytes, bad: bytes, complaint: str) -> None:
    assert GOOD.count(good) == 1 or good in (b"BEGIN:VCALENDAR", b"DTSTAMP:20270107T090000Z\r\n")

    assert complaint in lint(GOOD.replace(good, bad, 1))


def test_lint_reports_what_was_not_closed() -> None:
    assert "END:VEVENT closes nothing" in lint(GOOD.replace(b"BEGIN:VEVENT\r\n", b""))
