"""Dates and times as organisers type them: `3 Feb 9:30`, `2027-02-03 09:30 Shanghai`, `demain 10h`, `Thursday 3pm`."""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from domain import wall_time
from domain.reading import clock_times, dates, zones
from domain.reading.clock_times import Clock
from domain.reading.dates import Day
from domain.reading.day_names import fold
from domain.reading.when_faults import WhenError, WhenFault
from domain.reading.zones import Zone

__all__ = ["Reading", "WallTime", "WhenError", "WhenFault", "from_instant", "parse", "read"]

_LONGEST = 200
_BETWEEN = re.compile(
    r"(?:[\s,;:·|@()\u2013\u2014-]|t(?=\d)"
    r"|\b(?:at|from|um|ab|von|a|de|des|entre|kl|klockan|ore|alle|dalle|om|van|las|as|v|ve|od|fra|fran)\b\.?)*"
)


@dataclass(frozen=True, slots=True)
class WallTime:
    """`local` is naive, `timezone` an IANA name."""

    local: datetime
    timezone: str


@dataclass(frozen=True, slots=True)
class Reading:
    """`minutes` is how long it lasts, where an end was named; `zoned`: a zone was named too."""

    start: WallTime
    minutes: int | None = None
    zoned: bool = False

    @property
    def starts_at(self) -> datetime:
        return wall_time.derived(self.start.local, self.start.timezone)


def parse(text: str, *, timezone: str, now: datetime) -> WallTime:
    """Read a moment in the future. Without a zone it is in `timezone`; without a year it is the next such day."""
    return read(text, timezone=timezone, now=now).start


def read(text: str, *, timezone: str, now: datetime) -> Reading:
    """The same, with the end if one is named. Any text is read or raises WhenError, in a time that is bounded."""
    clean = " ".join(text.split())
    if len(clean) > _LONGEST:
        raise WhenError(WhenFault.UNREADABLE, clean)
    folded = fold(clean)
    for day in dates.days(folded):
        clock, rest = _beside(day, folded, clean)
        if clock:
            return resolve(day, clock, clean, zones.named(rest), timezone=timezone, now=now)
        if day.end - day.start == len(folded):
            dates.meant(day, clean, now.astimezone(ZoneInfo(timezone)).date())  # raises where there is no such day
            raise WhenError(WhenFault.NO_TIME, clean)
    raise WhenError(WhenFault.UNREADABLE, clean)


def resolve(day: Day, clock: Clock, text: str, zone: Zone | None, *, timezone: str, now: datetime) -> Reading:
    """The moment that a day, a time and a zone in this text make. Raises WhenError."""
    name = zone.name if zone else timezone
    written = text[day.start : day.end].strip(" ,(")
    today = now.astimezone(ZoneInfo(name)).date()
    for possible in dates.meant(day, written, today):
        local = datetime.combine(possible, clock.moment)
        if possible >= today and _instant(local, name) > now:
            if day.weekdays and possible.weekday() not in day.weekdays:
                raise WhenError(WhenFault.WRONG_WEEKDAY, text)
            return Reading(WallTime(local, _settled(local, zone, timezone)), clock.minutes, zone is not None)
    raise WhenError(WhenFault.PAST, text)


def from_instant(moment: datetime, *, timezone: str, now: datetime) -> WallTime:
    """A moment picked in the chat app, as the clock in `timezone` shows it."""
    if moment <= now:
        raise WhenError(WhenFault.PAST, "")
    if moment.year > dates.last_year(now.date()):
        raise WhenError(WhenFault.NO_SUCH_DATE, str(moment.year))
    return WallTime(moment.astimezone(ZoneInfo(timezone)).replace(tzinfo=None, second=0, microsecond=0), timezone)


def behind(day: Day, folded: str) -> int:
    """Where a time that belongs to the day may begin: behind commas, and words such as `at`."""
    between = _BETWEEN.match(folded, day.end)
    return between.end() if between else day.end


def _beside(day: Day, folded: str, text: str) -> tuple[Clock | None, str]:
    """The time behind the day, or before it, and whatever else there is, which must be the zone."""
    clock = clock_times.at(folded, behind(day, folded), text) if zones.is_filled(folded[: day.start]) else None
    if clock:
        return clock, text[clock.end :]
    start = _BETWEEN.match(folded)
    clock = clock_times.at(folded[: day.start], start.end() if start else 0, text)
    if clock is None:
        return None, ""
    between = text[clock.end : day.start]
    return clock, f"{'' if zones.is_filled(between) else _without_end(between)} {text[day.end :]}"


def _without_end(between: str) -> str:
    return re.sub(r"[\s,]*\b(?:on|the|le|am|den)?\s*\Z", "", between)


def _instant(local: datetime, zone: str) -> datetime:
    try:
        return wall_time.instant(local, zone)
    except wall_time.SkippedTimeError:
        raise WhenError(WhenFault.SKIPPED, f"{local:%H:%M}") from None


def _settled(local: datetime, zone: Zone | None, usual: str) -> str:
    """The zone to keep: a place rather than an offset that is the same there. Two that don't agree are refused."""
    if zone is None:
        return usual
    moment = wall_time.derived(local, zone.name)
    if zone.check and wall_time.derived(local, zone.check) != moment:
        raise WhenError(WhenFault.TWO_ZONES, zone.written)
    return usual if zone.offset and wall_time.derived(local, usual) == moment else zone.name
