"""Public holidays of whole countries; what only a part of a country has is not looked at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from domain import offices

MARKETS = ("CN", "US")
"""Countries (ISO 3166) whose holidays count whoever hosts."""

_DAY = timedelta(days=1)
_ENGLISH = "en_US"


@dataclass(frozen=True, slots=True)
class DayOff:
    """`day` is a public holiday in `country` (ISO 3166). `name` is in the reader's language if there is one."""

    country: str
    day: date
    name: str


DaysOff = Mapping[tuple[str, date], tuple[DayOff, ...]]
"""By the zone of a place and the date there."""


def countries(hosts: Iterable[str]) -> tuple[str, ...]:
    """The hosts' countries, each once, and those that always count."""
    return tuple(dict.fromkeys([*hosts, *MARKETS]))


def between(countries: Sequence[str], zones: Sequence[str], first: datetime, last: datetime, language: str) -> DaysOff:
    """All days off of these countries from `first` to `last`.

    A country's date is the one in its zone among `zones`, or in the first zone if it has none there.
    """
    found: dict[tuple[str, date], tuple[DayOff, ...]] = {}
    for country in countries:
        zone = offices.zone_of(country, zones)
        day, until = (moment.astimezone(ZoneInfo(zone)).date() for moment in (first, last))
        while day <= until:
            if name := of_year(country, day.year, language).get(day):
                found[zone, day] = (*found.get((zone, day), ()), DayOff(country, day, name))
            day += _DAY
    return found


def on(days_off: DaysOff, places: Iterable[offices.LocalTime]) -> tuple[DayOff, ...]:
    """The days off on which a webinar would be held that starts at these local times."""
    return tuple(day for place in places for day in days_off.get((place.zone, place.local.date()), ()))


@lru_cache(maxsize=1024)
def of_year(country: str, year: int, language: str) -> Mapping[date, str]:
    """Nothing for countries and years that nobody has written down."""
    try:
        offered = holidays.country_holidays(country).supported_languages
        return dict(holidays.country_holidays(country, years=year, language=_closest(language, offered)))
    except NotImplementedError:
        return {}


def _closest(language: str, offered: Sequence[str]) -> str | None:
    """The reader's language, else English; None is the country's own."""
    own = next((name for name in offered if name.split("_")[0] == language), None)
    return own or (_ENGLISH if _ENGLISH in offered else None)
