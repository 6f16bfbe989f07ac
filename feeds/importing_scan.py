"""A calendar file cut into its events, line by line, before any library sees it.

Everything is bounded here: how long a line, how deep the components, how many events and dates. Only the properties
that a webinar is made of are kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.importing_values import FileRefusedError, Limits, Refusal

LONGEST_LINE = 65_536
"""Unfolded. Of longer text the rest is left out; a longer property that is no text is refused."""

_DEEPEST = 5
_TEXTS = frozenset(
    {"SUMMARY", "DESCRIPTION", "LOCATION", "URL", "CONFERENCE", "CATEGORIES", "STATUS"}
    | {"X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK"}
)
_DATES = frozenset({"DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID"})
_OTHERS = frozenset({"UID", "DURATION", "RRULE", "EXRULE", "SEQUENCE"})
_OF_ZONES = frozenset({"TZID", "X-LIC-LOCATION", "DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO"})
_KEPT = _TEXTS | _DATES | _OTHERS | _OF_ZONES | {"METHOD"}
_HEAD = re.compile(r'((?:[^":]|"[^"]*")*):(.*)', re.DOTALL)
_PARAMETER = re.compile(r';\s*([^=;]+?)\s*=\s*("[^"]*"|[^;]*)')
_OBSERVANCES = frozenset({"STANDARD", "DAYLIGHT"})
_READ = _OBSERVANCES | {"VEVENT", "VTIMEZONE"}
_SILENT = frozenset({"VTIMEZONE", "VALARM", "VCALENDAR"})


@dataclass(frozen=True, slots=True)
class Property:
    name: str
    parameters: dict[str, str]
    value: str

    @property
    def is_date(self) -> bool:
        return self.name in _DATES

    @property
    def is_text(self) -> bool:
        return self.name in _TEXTS


@dataclass(slots=True)
class Component:
    """`line` is where it begins. It is `whole` if it ended, `broken` if a line in it has no value."""

    name: str
    line: int
    properties: list[Property] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)
    whole: bool = False
    broken: bool = False

    def value(self, name: str) -> str:
        """The first value of a property, or nothing."""
        found = self.find(name)
        return found.value if found else ""

    def find(self, name: str) -> Property | None:
        return next((found for found in self.properties if found.name == name), None)

    def values(self, name: str) -> list[str]:
        return [found.value for found in self.properties if found.name == name]


@dataclass(slots=True)
class Scanned:
    events: list[Component] = field(default_factory=list)
    zones: list[Component] = field(default_factory=list)
    others: list[Component] = field(default_factory=list)
    cancels: bool = False
    """The whole file is a cancellation: METHOD:CANCEL of RFC 5546."""


def scan(text: str, limits: Limits) -> Scanned:
    """Raises FileRefusedError for what is no calendar, or a larger one than can be meant."""
    scanner = _Scanner(limits)
    for number, line in _unfolded(text):
        scanner.take(number, line)
    if not scanner.calendars:
        raise FileRefusedError(Refusal.NOT_CALENDAR)
    return scanner.found


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Each content line with the number of its first line. RFC 5545, 3.1."""
    parts: list[str] = []
    first, length = 0, 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line[:1] in {" ", "\t"} and parts:
            rest = line[1:].removesuffix("\r")
            if length <= LONGEST_LINE:
                parts.append(rest)
            length += len(rest)
            continue
        if parts:
            yield first, "".join(parts)
        plain = line.removesuffix("\r")
        parts, first, length = [plain], number, len(plain)
    if parts:
        yield first, "".join(parts)


class _Scanner:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._open: list[Component] = []
        self._dates = 0
        self.found = Scanned()
        self.calendars = 0

    def take(self, number: int, line: str) -> None:
        name = line[:40].partition(":")[0].partition(";")[0].strip().upper()
        if name == "BEGIN":
            self._begin(number, line.partition(":")[2].strip().upper()[:40])
        elif name == "END":
            self._end(line.partition(":")[2].strip().upper())
        elif name in _KEPT and self._open:
            self._keep(number, name, line)

    def _begin(self, number: int, name: str) -> None:
        if name == "VEVENT":
            while self._open and self._open[-1].name != "VCALENDAR":
                self._open.pop()  # it never ended, so it is not whole
        if not self._open and name != "VCALENDAR":
            raise FileRefusedError(Refusal.NOT_CALENDAR, line=number)
        if len(self._open) >= _DEEPEST:
            raise FileRefusedError(Refusal.TOO_DEEP, limit=_DEEPEST, line=number)
        component = Component(name, number)
        self._file(component)
        self._open.append(component)

    def _file(self, component: Component) -> None:
        match component.name:
            case "VCALENDAR":
                self.calendars += 1
            case "VEVENT":
                self.found.events.append(component)
            case "VTIMEZONE":
                self.found.zones.append(component)
            case name if name in _OBSERVANCES and self._open[-1].name == "VTIMEZONE":
                self._open[-1].parts.append(component)
            case name if name not in _SILENT and self._open[-1].name == "VCALENDAR":
                self.found.others.append(component)
        if max(len(self.found.events), len(self.found.zones), len(self.found.others)) > self._limits.events:
            raise FileRefusedError(Refusal.TOO_MANY_EVENTS, limit=self._limits.events)

    def _end(self, name: str) -> None:
        """Close a component, and with it those inside that were not closed. An end of nothing is ignored."""
        if any(component.name == name for component in self._open):
            closed = self._open.pop()
            while closed.name != name:
                closed = self._open.pop()
            closed.whole = True

    def _keep(self, number: int, name: str, line: str) -> None:
        component = self._open[-1]
        if component.name == "VCALENDAR":
            self.found.cancels |= name == "METHOD" and line.partition(":")[2].strip().upper() == "CANCEL"
        elif component.name in _READ:
            self._add(component, number, name, line)

    def _add(self, component: Component, number: int, name: str, line: str) -> None:
        if len(line) > LONGEST_LINE and name not in _TEXTS:
            raise FileRefusedError(Refusal.LINE_TOO_LONG, limit=LONGEST_LINE, line=number)
        split = _HEAD.match(line[:LONGEST_LINE])
        if split is None:
            component.broken = True
            return
        parameters = {key.upper(): value.strip('"') for key, value in _PARAMETER.findall(split[1])}
        if name in {"RDATE", "EXDATE"}:
            self._dates += split[2].count(",") + 1
            if self._dates > self._limits.dates:
                raise FileRefusedError(Refusal.TOO_MANY_DATES, limit=self._limits.dates, line=number)
        component.properties.append(Property(name, parameters, split[2].strip()))
