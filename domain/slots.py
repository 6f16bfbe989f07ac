"""Which times are good for a webinar: every time is given points, and the best of each day compete.

All points are taken away but the last two, so that a time without any fault has none:

    early or evening              2  times the weight of the place
    night                         8  times the weight of the place
    a public holiday              4  for each country
    a clash                      10  each
    clocks differ from usual      1
    in less than a week           3
    not on the full hour          0.5
    a weekday that people like   +2  times how much they do, from 0 to 1
    an hour that people like     +2  times how much they do, from 0 to 1

The consortium's own place weighs 3, each continent of the others 1, and 2 if one of the markets is there; places of one
continent share its weight.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from statistics import fmean
from zoneinfo import ZoneInfo

from domain import clocks, days_off, offices, wall_time
from domain.clashes import Busy, Span
from domain.clocks import Shift
from domain.days_off import DayOff, DaysOff
from domain.offices import DayPart, LocalTime

BEST = 5
SHORT_NOTICE = timedelta(days=7)

_PART_POINTS = {DayPart.OFFICE: 0, DayPart.EARLY: 2, DayPart.EVENING: 2, DayPart.NIGHT: 8}
_HOME_WEIGHT, _MARKET_WEIGHT, _OTHER_WEIGHT = 3, 2, 1
_HOLIDAY, _CLASH, _ODD_CLOCKS, _SOON, _NOT_FULL_HOUR = 4, 10, 1, 3, 0.5
_LIKED_WEEKDAY, _LIKED_HOUR = 2, 2

_DAY, _STEP = timedelta(days=1), timedelta(minutes=30)
_FIRST, _LAST = time(7), time(21)
"""When hosts may begin, on their own clock."""
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Habits:
    """How much people like weekdays (Monday is 0) and hours at home, from 0 to 1; what is not there they don't."""

    weekdays: Mapping[int, float] = field(default_factory=dict)
    hours: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What is known before a time is looked at. `zones` are where people sit, the consortium's own first."""

    zones: tuple[str, ...]
    markets: frozenset[str] = frozenset()
    busy: Busy
    days_off: DaysOff
    habits: Habits = Habits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A time, with what speaks for it and against it. `liked_*` are from 0 to 1."""

    starts_at: datetime
    places: tuple[LocalTime, ...]
    clashes: int
    days_off: tuple[DayOff, ...]
    shifts: tuple[Shift, ...]
    liked_weekday: float
    liked_hour: float
    soon: bool
    full_hour: bool


def best(
    ground: Ground,
    timezone: str,
    minutes: int,
    *,
    days: int,
    weekends: bool,
    since: datetime | None = None,
    now: datetime,
) -> list[Slot]:
    """The best times in the days to come, or after `since`, at most one a day, the best first; of equals the sooner.

    `minutes` is how long the webinar is, `timezone` (IANA) whose clock and weekends count.
    """
    by_day: dict[date, tuple[float, datetime, Slot]] = {}
    weight = weights(ground)
    for starts_at, local in starts(timezone, days=days, weekends=weekends, since=since or now):
        slot = look(ground, starts_at, minutes, full_hour=not local.minute, now=now)
        rated = (-points(slot, weight), starts_at, slot)
        if local.date() not in by_day or rated[:2] < by_day[local.date()][:2]:
            by_day[local.date()] = rated
    return [slot for _, _, slot in sorted(by_day.values(), key=lambda rated: rated[:2])[:BEST]]


def starts(timezone: str, *, days: int, weekends: bool, since: datetime) -> Iterator[tuple[datetime, datetime]]:
    """All times that come into question, from the day after `since` on, as instants and on the wall (naive)."""
    today = since.astimezone(ZoneInfo(timezone)).date()
    for day in (today + _DAY * number for number in range(1, days + 1)):
        local, last = datetime.combine(day, _FIRST), datetime.combine(day, _LAST)
        while local <= last and (weekends or day.weekday() < _SATURDAY):
            yield wall_time.derived(local, timezone), local
            local += _STEP


def look(ground: Ground, starts_at: datetime, minutes: int, *, full_hour: bool, now: datetime) -> Slot:
    places = offices.local_times(ground.zones, starts_at, minutes)
    home = places[0].local
    return Slot(
        starts_at=starts_at,
        places=places,
        clashes=ground.busy.count(Span(starts_at, wall_time.end(starts_at, minutes))),
        days_off=days_off.on(ground.days_off, places),
        shifts=clocks.shifts(places),
        liked_weekday=ground.habits.weekdays.get(home.weekday(), 0),
        liked_hour=ground.habits.hours.get(home.hour, 0),
        soon=starts_at - now < SHORT_NOTICE,
        full_hour=full_hour,
    )


def points(slot: Slot, weight: Mapping[str, float]) -> float:
    """How good a time is: the table above. `weight` is that of each place, by its zone."""
    faults = (
        sum(_PART_POINTS[place.part] * weight[place.zone] for place in slot.places),
        _HOLIDAY * len(slot.days_off),
        _CLASH * slot.clashes,
        _ODD_CLOCKS * bool(slot.shifts),
        _SOON * slot.soon,
        _NOT_FULL_HOUR * (not slot.full_hour),
    )
    return _LIKED_WEEKDAY * slot.liked_weekday + _LIKED_HOUR * slot.liked_hour - sum(faults)


def weights(ground: Ground) -> dict[str, float]:
    home, *others = ground.zones
    places = Counter(map(_continent, others))
    wanted = {_continent(zone) for zone in others if offices.country_of(zone) in ground.markets}
    weight = {
        zone: (_MARKET_WEIGHT if _continent(zone) in wanted else _OTHER_WEIGHT) / places[_continent(zone)]
        for zone in others
    }
    return weight | {home: _HOME_WEIGHT}


def _continent(zone: str) -> str:
    return zone.split("/", maxsplit=1)[0]


def habits(past: Sequence[tuple[datetime, int | None, int]], registered_at: Sequence[datetime], home: str) -> Habits:
    """From past webinars (start, seats, registered), as how full they were, and from when people registered.

    Both count the same. Where seats were unlimited, full is as many as ever came.
    """
    zone = ZoneInfo(home)
    most = max((registered for _, _, registered in past), default=0) or 1
    came = [(start.astimezone(zone), min(registered / (seats or most), 1)) for start, seats, registered in past]
    wrote = [moment.astimezone(zone) for moment in registered_at]
    return Habits(
        _mixed(_mean((at.weekday(), full) for at, full in came), _share(at.weekday() for at in wrote)),
        _mixed(_mean((at.hour, full) for at, full in came), _share(at.hour for at in wrote)),
    )


def _mean(found: Iterable[tuple[int, float]]) -> dict[int, float]:
    values = defaultdict[int, list[float]](list)
    for key, value in found:
        values[key].append(value)
    return {key: fmean(each) for key, each in values.items()}


def _share(found: Iterable[int]) -> dict[int, float]:
    """Against the one that is found most."""
    number = Counter(found)
    most = max(number.values(), default=1)
    return {key: count / most for key, count in number.items()}


def _mixed(one: Mapping[int, float], other: Mapping[int, float]) -> dict[int, float]:
    return {key: (one.get(key, 0) + other.get(key, 0)) / 2 for key in {*one, *other}}
