"""Dates and times as organisers type them: `3 Feb 9:30`, `2027-02-03 09:30 Shanghai`, `tomorrow 10:00 CET`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain import places, wall_time
from storage import ConvokeError

_YEARS_AHEAD = 10
"""A year beyond is a slip of the finger; and 29 February comes at least every eight years."""

_SHOWN = 60


class WhenFault(StrEnum):
    UNREADABLE = "unreadable"
    NO_SUCH_DATE = "no_such_date"
    NO_SUCH_TIME = "no_such_time"
    WRONG_WEEKDAY = "wrong_weekday"
    SKIPPED = "skipped"
    PAST = "past"
    UNKNOWN_ZONE = "unknown_zone"


class WhenError(ConvokeError):
    """What was typed is no moment to hold a webinar. `part` is the piece of it that is at fault, cut if long."""

    def __init__(self, fault: WhenFault, part: str) -> None:
        self.fault = fault
        self.part = part if len(part) <= _SHOWN else f"{part[:_SHOWN]}…"
        super().__init__(f"{fault}: {self.part}")


@dataclass(frozen=True, slots=True)
class WallTime:
    """`local` is naive, `timezone` an IANA name."""

    local: datetime
    timezone: str


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_WEEKDAY = r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_DATES = tuple(
    re.compile(_WEEKDAY + pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})(?:[./](?P<year>\d{4})?)?(?=[\s,T]|$)",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?\s+(?P<name>[a-z]{3,9})\.?,?(?:\s+(?P<year>\d{4}))?(?![\d:])",
        r"(?P<name>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(?P<year>\d{4}))?(?![\d:])",
        r"(?P<relative>today|tomorrow)",
    )
)
_TIME = re.compile(
    r"[\s,T]*(?:at\s+)?(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*(?P<half>[ap]\.?m\b\.?)?", re.IGNORECASE
)


def parse(text: str, *, timezone: str, now: datetime) -> WallTime:
    """Read a moment in the future. Without a zone it is in `timezone`; without a year it is the next such day."""
    clean = " ".join(text.split())
    found, rest = _match_date(clean)
    clock = _TIME.match(rest)
    if clock is None or not (clock["minute"] or clock["half"]):
        raise WhenError(WhenFault.UNREADABLE, clean)
    zone = _zone(rest[clock.end() :], timezone)
    moment = _time(clock)
    today = now.astimezone(ZoneInfo(zone)).date()
    for day in _days(found, today):
        local = datetime.combine(day, moment)
        if day >= today and _instant(local, zone) > now:
            return _checked(WallTime(local, zone), found, clean)
    raise WhenError(WhenFault.PAST, clean)


def from_instant(moment: datetime, *, timezone: str, now: datetime) -> WallTime:
    """A moment picked in the chat app, as the clock in `timezone` shows it."""
    if moment <= now:
        raise WhenError(WhenFault.PAST, "")
    if moment.year > now.year + _YEARS_AHEAD:
        raise WhenError(WhenFault.NO_SUCH_DATE, str(moment.year))
    return WallTime(moment.astimezone(ZoneInfo(timezone)).replace(tzinfo=None, second=0, microsecond=0), timezone)


def _match_date(text: str) -> tuple[re.Match[str], str]:
    for pattern in _DATES:
        found = pattern.match(text)
        if found and _month(found) is not None:
            return found, text[found.end() :]
    raise WhenError(WhenFault.UNREADABLE, text)


def _month(found: re.Match[str]) -> int | None:
    parts = found.groupdict()
    if parts.get("relative"):
        return 0
    return _MONTHS.get(parts["name"].lower()) if "name" in parts else int(parts["month"])


def _days(found: re.Match[str], today: date) -> Iterator[date]:
    """The days it could mean, in order: one where the year is given, else this year's and those after it."""
    parts = found.groupdict()
    relative = parts.get("relative")
    if relative:
        yield today + timedelta(days=relative.lower() == "tomorrow")
        return
    ahead = range(today.year, today.year + _YEARS_AHEAD + 1)
    years = [int(parts["year"])] if parts.get("year") else ahead
    possible = [
        day for year in years if year < ahead.stop and (day := _date(year, _month(found) or 0, int(parts["day"])))
    ]
    if not possible:
        raise WhenError(WhenFault.NO_SUCH_DATE, found[0].strip(" ,"))
    yield from possible


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(clock: re.Match[str]) -> time:
    hour, minute = int(clock["hour"]), int(clock["minute"] or 0)
    if clock["half"]:
        if not 1 <= hour <= 12:  # noqa: PLR2004 -- a twelve-hour clock
            raise WhenError(WhenFault.NO_SUCH_TIME, clock[0].strip(" ,"))
        hour = hour % 12 + (12 if clock["half"].lower().startswith("p") else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise WhenError(WhenFault.NO_SUCH_TIME, clock[0].strip(" ,")) from None


def _instant(local: datetime, zone: str) -> datetime:
    try:
        return wall_time.instant(local, zone)
    except wall_time.SkippedTimeError:
        raise WhenError(WhenFault.SKIPPED, f"{local:%H:%M}") from None


def _checked(found: WallTime, parts: re.Match[str], text: str) -> WallTime:
    weekday = parts.groupdict().get("weekday")
    if weekday and _WEEKDAYS[found.local.weekday()] != weekday.lower():
        raise WhenError(WhenFault.WRONG_WEEKDAY, text)
    return found


def _zone(rest: str, default: str) -> str:
    name = rest.strip(" ,()")
    if not name:
        return default
    try:
        return places.timezone(name)
    except places.PlaceError as error:
        raise WhenError(WhenFault.UNKNOWN_ZONE, error.name) from None
