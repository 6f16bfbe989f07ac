"""What time of day a webinar is, where people sit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.core import get_global

_DAY_MINUTES = 24 * 60
_SATURDAY = 5

PLACES = ("Europe/Brussels", "Asia/Shanghai", "America/New_York", "America/Los_Angeles")
"""Where people sit unless the configuration says otherwise: zones (IANA), the consortium's own first."""


class DayPart(Enum):
    """The better comes first. Nights are those of the quiet hours that hold for whoever chose none."""

    OFFICE = 0
    EARLY = 1
    EVENING = 2
    NIGHT = 3


_BY_HOUR = (
    *(DayPart.NIGHT,) * 7,
    *(DayPart.EARLY,) * 2,
    *(DayPart.OFFICE,) * 9,
    *(DayPart.EVENING,) * 4,
    *(DayPart.NIGHT,) * 2,
)
"""Which part of the day each hour is in, from 0:00 to 23:59: office hours are from 9 to 18."""


@dataclass(frozen=True, slots=True)
class LocalTime:
    """`local` is the start in `zone`; `part` is the worst part of the day from start to end."""

    zone: str
    local: datetime
    part: DayPart

    @property
    def weekend(self) -> bool:
        return self.local.weekday() >= _SATURDAY

    @property
    def in_office(self) -> bool:
        return self.part is DayPart.OFFICE and not self.weekend


def local_time(zone: str, starts_at: datetime, minutes: int) -> LocalTime:
    local = starts_at.astimezone(ZoneInfo(zone))
    return LocalTime(zone, local, part_of_day(local.hour * 60 + local.minute, minutes))


def local_times(zones: Sequence[str], starts_at: datetime, minutes: int) -> tuple[LocalTime, ...]:
    return tuple(local_time(zone, starts_at, minutes) for zone in zones)


@lru_cache(maxsize=4096)
def part_of_day(starts: int, minutes: int) -> DayPart:
    """The worst part of the day in so many minutes from `starts`, which counts from midnight."""
    ends = starts + min(max(minutes, 1), _DAY_MINUTES) - 1
    touched = {_BY_HOUR[hour % 24] for hour in range(starts // 60, ends // 60 + 1)}
    return max(touched, key=lambda part: part.value)


def country_of(zone: str) -> str | None:
    """The country (ISO 3166) that a zone belongs to; None for zones such as UTC."""
    found = get_global("zone_territories").get(zone)
    return str(found) if found else None


def zone_of(country: str, zones: Sequence[str]) -> str:
    """The first of these zones that lies in the country, else the first of all: they must not be empty."""
    return next((zone for zone in zones if country_of(zone) == country), zones[0])
