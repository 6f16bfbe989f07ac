"""A strict reader of calendars: RFC 5545 and 7986 byte by byte, and what Convoke promises beyond them.

Calendar libraries forgive nearly everything that is forbidden here; calendar apps do not.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

_LINE_OCTETS = 75
_CONTENT_LINE = re.compile(
    r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)', re.DOTALL
)
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
_BAD_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\(?![\\;,nN])")
_UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*[;,]")
_BREAK_AT_END = re.compile(r"(?<!\\)(?:\\\\)*\\[nN]$")
_UTC = re.compile(r"\d{8}T\d{6}Z")
_ADDRESS = r"(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9:/?#\[\]@!$&'()*+,;=~._-])+"
_LARGEST = 2**31 - 1

_HEADER = {
    "VERSION", "PRODID", "CALSCALE", "METHOD", "NAME", "X-WR-CALNAME", "DESCRIPTION", "X-WR-CALDESC",
    "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "URL",
}  # fmt: skip
_EVENT = {
    "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "STATUS", "TRANSP", "CLASS",
    "CREATED", "LAST-MODIFIED", "SEQUENCE",
}  # fmt: skip
_REQUIRED = {"VCALENDAR": _HEADER, "VEVENT": _EVENT}
_OPTIONAL = {
    "VCALENDAR": {"SOURCE", "COLOR", "X-APPLE-CALENDAR-COLOR"},
    "VEVENT": {"CATEGORIES", "CONFERENCE", "COLOR"},
}
_TEXT = {
    "NAME", "X-WR-CALNAME", "DESCRIPTION", "X-WR-CALDESC", "SUMMARY", "LOCATION", "UID", "PRODID",
}  # fmt: skip
_INSTANTS = {"DTSTAMP", "DTSTART", "DTEND", "CREATED", "LAST-MODIFIED"}
_SAME = (("NAME", "X-WR-CALNAME"), ("DESCRIPTION", "X-WR-CALDESC"), ("REFRESH-INTERVAL", "X-PUBLISHED-TTL"))
_VALUE_NAMED = {"REFRESH-INTERVAL": "DURATION", "SOURCE": "URI", "CONFERENCE": "URI"}
_WORDS = {
    "VERSION": "2.0",
    "CALSCALE": "GREGORIAN",
    "METHOD": "PUBLISH",
    "STATUS": "TENTATIVE|CONFIRMED|CANCELLED",
    "TRANSP": "OPAQUE|TRANSPARENT",
    "CLASS": "PUBLIC|PRIVATE",
    "SEQUENCE": "[0-9]+",
    "REFRESH-INTERVAL": "P(?:T[0-9]+H|[0-9]+D)",
    "X-PUBLISHED-TTL": "P(?:T[0-9]+H|[0-9]+D)",
    "URL": rf"https?://{_ADDRESS}",
    "SOURCE": rf"https?://{_ADDRESS}",
    "COLOR": "[a-z]+",
    "X-APPLE-CALENDAR-COLOR": "#[0-9A-F]{6}",
    "CONFERENCE": rf"[a-z]+://{_ADDRESS}",
}


@dataclass
class Component:
    name: str
    properties: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, parameters and value, unfolded but not unescaped."""
    children: list["Component"] = field(default_factory=list)

    def value(self, name: str) -> str | None:
        return next((value for found, _, value in self.properties if found == name), None)


def lint(raw: bytes) -> list[str]:
    """All that is wrong with a calendar; nothing if it is as it should be."""
    return [*_lint_lines(raw), *_lint_components(raw)]


def _lint_lines(raw: bytes) -> Iterator[str]:
    if not raw.startswith(b"BEGIN:VCALENDAR\r\n"):
        yield "does not begin with BEGIN:VCALENDAR"
    if not raw.endswith(b"\r\nEND:VCALENDAR\r\n"):
        yield "does not end with END:VCALENDAR"
    if re.search(rb"(?<!\r)\n|\r(?!\n)", raw):
        yield "a line does not end with CRLF"
    for number, line in enumerate(raw.split(b"\r\n"), 1):
        if len(line) > _LINE_OCTETS:
            yield f"line {number} has {len(line)} octets"
        try:
            line.decode()
        except UnicodeDecodeError:
            yield f"line {number} is no UTF-8"


_OF_A_PAGE = {"LOCATION", "URL"}
"""What is private has no page that everybody can read."""


def _lint_components(raw: bytes) -> Iterator[str]:
    root = Component("")
    yield from _read(raw, root)
    if [child.name for child in root.children] != ["VCALENDAR"]:
        yield "is not one VCALENDAR"
    for calendar in root.children:
        yield from _lint_component(calendar)
        yield from (f"{one} is not {other}" for one, other in _SAME if calendar.value(one) != calendar.value(other))
        yield from _lint_events(calendar)


def _read(raw: bytes, root: Component) -> Iterator[str]:
    """Puts everything where it belongs and says what belongs nowhere."""
    open_ones = [root]
    for line in re.sub(r"\r\n[ \t]", "", raw.decode(errors="replace")).removesuffix("\r\n").split("\r\n"):
        found = _CONTENT_LINE.fullmatch(line)
        if not found:
            yield f"no content line: {line}"
            continue
        name, parameters, value = found.groups()
        if name == "BEGIN":
            open_ones.append(Component(value))
            open_ones[-2].children.append(open_ones[-1])
        elif name == "END":
            if len(open_ones) == 1 or open_ones.pop().name != value:
                yield f"END:{value} closes nothing"
        else:
            if open_ones[-1].children:
                yield f"{name} stands behind a component"
            open_ones[-1].properties.append((name, parameters, value))


def _lint_events(calendar: Component) -> Iterator[str]:
    for event in calendar.children:
        if event.name != "VEVENT" or event.children:
            yield f"holds more than plain events: {event.name}"
        yield from _lint_component(event)
        if (event.value("DTEND") or "") <= (event.value("DTSTART") or ""):
            yield "an event ends before it has begun"
        if event.value("DTSTAMP") != event.value("LAST-MODIFIED"):
            yield "DTSTAMP is not the time of the last change"
    uids = Counter(event.value("UID") for event in calendar.children)
    yield from (f"UID {uid} is there {count} times" for uid, count in uids.items() if count > 1)


def _lint_component(component: Component) -> Iterator[str]:
    required, optional = _REQUIRED.get(component.name, set()), _OPTIONAL.get(component.name, set())
    if component.value("CLASS") == "PRIVATE":
        required, optional = required - _OF_A_PAGE, optional | _OF_A_PAGE
    counts = Counter(name for name, _, _ in component.properties)
    yield from (f"{name} is missing" for name in sorted(required - counts.keys()))
    yield from (f"{name} is not expected" for name in sorted(counts.keys() - required - optional))
    yield from (f"{name} is there {count} times" for name, count in counts.items() if count > 1)
    for name, parameters, value in component.properties:
        yield from (f"{name} {complaint}" for complaint in _lint_value(name, parameters, value))


def _lint_value(name: str, parameters: str, value: str) -> Iterator[str]:
    named = f";VALUE={_VALUE_NAMED[name]}" if name in _VALUE_NAMED else ""
    if parameters != named:
        yield f"has the parameters {parameters!r}, not {named!r}"
    if _CONTROL.search(value):
        yield "holds a control character"
    if not value or value != value.rstrip() or _BREAK_AT_END.search(value):
        yield "is empty or ends in white space"
    if name in _TEXT:
        yield from _lint_text(value)
    elif name == "CATEGORIES":
        yield from _lint_list(value)
    else:
        yield from _lint_word(name, value)


def _lint_word(name: str, value: str) -> Iterator[str]:
    if name in _WORDS and not re.fullmatch(_WORDS[name], value):
        yield f"is {value}"
    if name == "SEQUENCE" and value.isdigit() and int(value) > _LARGEST:
        yield f"is {value}"
    if name in _INSTANTS and not _is_instant(value):
        yield f"is not in UTC: {value}"


def _lint_text(value: str) -> Iterator[str]:
    if _BAD_ESCAPE.search(value):
        yield "has a stray backslash"
    if _UNESCAPED.search(value):
        yield "has an unescaped comma or semicolon"


def _lint_list(value: str) -> Iterator[str]:
    if _BAD_ESCAPE.search(value):
        yield "has a stray backslash"
    values = value.replace(r"\\", "\0").replace(r"\,", "\1").replace(r"\;", "\2").split(",")
    if any(";" in value for value in values):
        yield "has an unescaped semicolon"
    if "" in values or len(values) != len(set(values)):
        yield "has a value that is empty or there twice"


def _is_instant(value: str) -> bool:
    if not _UTC.fullmatch(value):
        return False
    try:
        datetime.strptime(value, "%Y%m%dT%H%M%S%z")
    except ValueError:
        return False
    return True
