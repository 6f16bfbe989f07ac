"""Weeks in which clocks there and here differ from usual: one of the two has changed, the other has not yet."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from domain.offices import LocalTime

_DAYS = 365
_RARE_DAYS = 60
"""A difference that holds on more days of the year is usual too: Shanghai's winter and summer from Brussels."""


@dataclass(frozen=True, slots=True)
class Shift:
    """In `zone` clocks show `by` more than usual for the same time at home; less where it is negative."""

    zone: str
    by: timedelta


def shifts(places: Sequence[LocalTime]) -> tuple[Shift, ...]:
    """The places whose difference to the first one is unusual at this time."""
    home, *others = places
    found = ((place.zone, unusual(home, place)) for place in others)
    return tuple(Shift(zone, by) for zone, by in found if by)


def unusual(home: LocalTime, there: LocalTime) -> timedelta:
    """How much the difference at this time is more than the usual one; nothing if it is usual."""
    difference = _offset(there.local) - _offset(home.local)
    days = _days_of_difference(home.zone, there.zone, home.local.year)
    if days[difference] > _RARE_DAYS:
        return timedelta()
    (usual, _), *_ = days.most_common(1)
    return difference - usual


@lru_cache(maxsize=256)
def _days_of_difference(home: str, zone: str, year: int) -> Counter[timedelta]:
    """On how many days of a year each difference holds, from the zones' own rules."""
    here, there = ZoneInfo(home), ZoneInfo(zone)
    days = (datetime(year, 1, 1, 12, tzinfo=UTC) + timedelta(days=day) for day in range(_DAYS))
    return Counter(_offset(day.astimezone(there)) - _offset(day.astimezone(here)) for day in days)


def _offset(local: datetime) -> timedelta:
    return local.utcoffset() or timedelta()
