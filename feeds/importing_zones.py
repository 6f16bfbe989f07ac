"""Which IANA zone a calendar file means: by its name, by Microsoft's name for it, or by the rules the file brings."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from domain.reading import places
from feeds.importing_scan import Component

_WELL_KNOWN = (
    "UTC",
    "Europe/Brussels",
    "Europe/London",
    "Europe/Lisbon",
    "Europe/Athens",
    "Asia/Shanghai",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
)
"""Looked at first among those whose clocks agree: what people in Europe, China and America mean."""

_UTC = frozenset({"UTC", "Z", "ETC/UTC"})
_MOST_BY_RULES = 20
_MOST_PARTS = 100
_MOST_PREFIXES = 6
_EARLIEST = 1900
_YEARS = 3
_STEP = timedelta(days=3, hours=7)
_OFFSET = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?")
_BYDAY = re.compile(r"([+-]?[0-5])?(MO|TU|WE|TH|FR|SA|SU)")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MONTHS = 12


class Zones:
    """The zones of one file. `usual` is preferred where the file's own rules fit several."""

    def __init__(self, components: Iterable[Component], *, usual: str, now: datetime) -> None:
        self._components = {component.value("TZID"): component for component in components}
        self._usual = usual
        self._now = now
        self._years = range(now.year - 1, now.year + _YEARS + 2)
        self._known: dict[str, str | None] = {}
        self._by_rules = 0

    def named(self, tzid: str) -> str | None:
        """The IANA zone, or nothing if neither name nor rules tell which it is."""
        if tzid not in self._known:
            self._known[tzid] = self._find(tzid)
        return self._known[tzid]

    def _find(self, tzid: str) -> str | None:
        component = self._components.get(tzid)
        by_name = zone_called(tzid) or (component and zone_called(component.value("X-LIC-LOCATION")))
        if by_name or component is None:
            return by_name or None
        self._by_rules += 1
        if self._by_rules > _MOST_BY_RULES:
            return None
        return _zone_with(_Rules.read(component, self._years), self._usual, self._now)


def zone_called(name: str) -> str | None:
    """By IANA's name, also behind a vendor's prefix (`/mozilla.org/20050126_1/Europe/Berlin`), or by Microsoft's."""
    plain = name.strip().strip("/")
    if plain.upper() in _UTC:
        return "UTC"
    if plain in WINDOWS_TO_OLSON:
        return WINDOWS_TO_OLSON[plain]
    if "/" not in plain:
        return _as_people_say(plain) or _zones().get(plain.lower())
    parts = plain.split("/")[-_MOST_PREFIXES:]
    tails = ["/".join(parts[start:]) for start in range(len(parts) if name.startswith("/") else 1)]
    return next((zone for tail in tails if (zone := _zones().get(tail.lower()))), None)


def _as_people_say(name: str) -> str | None:
    try:
        return places.timezone(name) if name else None
    except places.PlaceError:
        return None


@cache
def _zones() -> dict[str, str]:
    return {zone.lower(): zone for zone in available_timezones() if zone not in {"localtime", "Factory"}}


def _zone_with(rules: "_Rules | None", usual: str, now: datetime) -> str | None:
    """The first zone whose clocks agree with the rules for the years that matter."""
    if rules is None:
        return None
    moments = [now + step * _STEP for step in range(_YEARS * 365 // 4)]
    wanted = [rules.offset(moment) for moment in moments]
    candidates = (usual, *_WELL_KNOWN, *sorted(set(WINDOWS_TO_OLSON.values())), *sorted(_zones().values()))
    return next((zone for zone in candidates if _agrees(zone, moments, wanted)), None)


def _agrees(zone: str, moments: list[datetime], wanted: list[timedelta]) -> bool:
    tz = ZoneInfo(zone)
    return all(moment.astimezone(tz).utcoffset() == offset for moment, offset in zip(moments, wanted, strict=True))


@dataclass(frozen=True, slots=True)
class _Rules:
    """From which moments (UTC) which offset holds, in order; `first` is what held before."""

    first: timedelta
    onsets: tuple[tuple[datetime, timedelta], ...]

    @classmethod
    def read(cls, component: Component, years: range) -> "_Rules | None":
        """Nothing if no part of it can be read."""
        found = sorted(onset for part in component.parts[:_MOST_PARTS] for onset in _onsets(part, years))
        if not found:
            return None
        return cls(found[0][1], tuple((moment, offset) for moment, _, offset in found))

    def offset(self, moment: datetime) -> timedelta:
        return next((offset for onset, offset in reversed(self.onsets) if onset <= moment), self.first)


def _onsets(component: Component, years: range) -> Iterator[tuple[datetime, timedelta, timedelta]]:
    """The moments at which standard or daylight time begins, with the offsets before and after."""
    before, after = _offset(component.value("TZOFFSETFROM")), _offset(component.value("TZOFFSETTO"))
    start = _local(component.value("DTSTART"))
    if before is None or after is None or start is None:
        return
    added = (_local(value) for values in component.values("RDATE") for value in values.split(","))
    for local in {start, *filter(None, added), *_yearly(component.value("RRULE"), start, years)}:
        if local.year >= _EARLIEST:
            yield (local - before).replace(tzinfo=UTC), before, after


def _yearly(rule: str, start: datetime, years: range) -> Iterator[datetime]:
    """The days of a rule of the kinds that clocks follow: a weekday of a month, or a day of it."""
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    month = parts.get("BYMONTH", str(start.month))
    until = _local(parts.get("UNTIL", ""))
    if parts.get("FREQ") != "YEARLY" or not month.isascii() or not month.isdigit() or not 1 <= int(month) <= _MONTHS:
        return
    for year in years:
        day = _day(year, int(month), parts, start)
        if day and year >= start.year and (until is None or day <= until.date()):
            yield datetime.combine(day, start.time())


def _day(year: int, month: int, parts: dict[str, str], start: datetime) -> date | None:
    days = [date(year, month, number) for number in range(1, monthrange(year, month)[1] + 1)]
    weekday = _BYDAY.fullmatch(parts.get("BYDAY", ""))
    if weekday is None:
        numbers = parts.get("BYMONTHDAY", str(start.day)).split(",")
        return next((day for day in days if str(day.day) in numbers), None)
    on_weekday = [day for day in days if day.weekday() == _WEEKDAYS.index(weekday[2])]
    if "BYMONTHDAY" in parts:
        on_weekday = [day for day in on_weekday if str(day.day) in parts["BYMONTHDAY"].split(",")]
    position = int(weekday[1] or 1)
    index = position - 1 if position > 0 else position
    return on_weekday[index] if -len(on_weekday) <= index < len(on_weekday) else None


def _offset(text: str) -> timedelta | None:
    found = _OFFSET.fullmatch(text)
    if found is None:
        return None
    size = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    return -size if found[1] == "-" else size


def _local(text: str) -> datetime | None:
    """A wall time such as 20261025T030000."""
    try:
        return datetime.strptime(text[:15], "%Y%m%dT%H%M%S")  # noqa: DTZ007 -- a wall time
    except ValueError:
        return None
