"""A day as people write it: `3 Feb`, `2027-02-03`, `mercredi 3 février`, `15.01.2027`, `2月3日`, `tomorrow`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from domain.reading import day_names
from domain.reading.when_faults import WhenError, WhenFault

_YEARS_AHEAD = 10
"""A year beyond is a slip of the finger; and 29 February comes at least every eight years."""

_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Day:
    """A day found in a text, from `start` to `end`. Without a month it is `ahead` days from today, or the next weekday.

    With `swapped` the two figures may as well mean month and day. `weekdays` are those it was said to be.
    """

    start: int
    end: int
    day: int = 0
    month: int | None = None
    year: int | None = None
    ahead: int | None = None
    swapped: bool = False
    weekdays: frozenset[int] = frozenset()

    @property
    def relative(self) -> bool:
        """Whether it means another day tomorrow."""
        return self.month is None


def last_year(today: date) -> int:
    return today.year + _YEARS_AHEAD


@dataclass(frozen=True, slots=True)
class _Patterns:
    """`figures` begin with a figure, `words` with a word, of which `first` is one."""

    figures: tuple[re.Pattern[str], ...]
    words: tuple[re.Pattern[str], ...]
    first: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    weekday = day_names.pattern(day_names.weekdays())
    name = day_names.pattern(day_names.months())
    relative = day_names.pattern(day_names.days_ahead())
    before = rf"(?P<weekday>{weekday})[\s.,(]*(?:den |le |the |el |il |de )?"
    after = rf"(?:[\s,(]*(?P<later>{weekday})\.?\)?)?"
    ordinal = r"(?:st|nd|rd|th|er|e|º|°|\.)?"
    day_and_name = rf"(?P<day>\d{{1,2}}){ordinal}(?: of | de | d'| ?- ?| )?(?P<name>{name})\.?"
    figures = (
        r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)",
        r"(?:(?P<year>\d{4}) ?年 ?)?(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?[日号號]",
        r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})(?:\. ?(?P<year>\d{4})|\.(?P<short>\d{2})|\.)?(?=[\s,;)t]|$)",
        r"(?P<first>\d{1,2})(?P<sep>[/-])(?P<second>\d{1,2})(?P=sep)(?P<year>\d{4})(?!\d)",
        r"(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<short>\d{2})?)?(?=[\s,;)]|$)",
        day_and_name + r"(?:(?:,? (?:de |del )?|[ -]?)(?P<year>\d{4})(?![\d:.h]))?(?![\d:])",
    )
    words = (
        rf"(?P<name>{name})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.h])(?:,? (?P<year>\d{{4}})(?![\d:.h]))?",
        rf"(?P<relative>{relative})",
    )
    return _Patterns(
        tuple(re.compile(form + after) for form in figures),
        (
            *(re.compile(before + form + after) for form in (*figures, *words)),
            *(re.compile(form + after) for form in words),
            re.compile(rf"(?P<weekday>{weekday})\.?"),
        ),
        re.compile(f"{weekday}|{name}|{relative}"),
    )


def days(folded: str) -> Iterator[Day]:
    """Those in a folded text (`day_names.fold`), one after the other, with single spaces only."""
    place = 0
    while place < len(folded):
        found = _at(folded, place)
        if found:
            yield found
        place = found.end if found else place + 1


def _at(folded: str, place: int) -> Day | None:
    """The longest of the forms: `mar 3` may be the beginning of `mar 3 feb`."""
    if place and folded[place].isalnum() and folded[place - 1].isalnum() and folded[place] < "\u2e80":
        return None
    forms = _patterns()
    if folded[place].isdigit():
        possible = forms.figures
    elif forms.first.match(folded, place):
        possible = forms.words
    else:
        return None
    every = (_read(form.match(folded, place)) for form in possible)
    return max((found for found in every if found), key=lambda found: found.end, default=None)


def _read(found: re.Match[str] | None) -> Day | None:
    if found is None:
        return None
    parts = {name: part for name, part in found.groupdict().items() if part}
    start, end = found.span()
    weekdays = day_names.weekdays().get(parts.get("weekday") or parts.get("later", ""), frozenset())
    year = int(parts["year"]) if "year" in parts else _CENTURY + int(parts["short"]) if "short" in parts else None
    if "relative" in parts:
        return Day(start, end, ahead=day_names.days_ahead()[parts["relative"]], weekdays=weekdays)
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        if first <= 12 < second:  # noqa: PLR2004 -- months
            first, second = second, first
        swapped = first != second and max(first, second) <= 12  # noqa: PLR2004 -- the same
        return Day(start, end, first, second, year, swapped=swapped, weekdays=weekdays)
    if "day" not in parts:
        plain = parts["weekday"] not in day_names.months() and len(weekdays) == 1
        return Day(start, end, weekdays=weekdays) if plain else None
    month = day_names.months()[parts["name"]] if "name" in parts else int(parts["month"])
    clock = year is None and "name" not in parts and not 1 <= month <= 12  # noqa: PLR2004 -- 10.30 is a time
    return None if clock else Day(start, end, int(parts["day"]), month, year, weekdays=weekdays)


def meant(found: Day, text: str, today: date) -> list[date]:
    """The days it could mean, soonest first: one where the year is given, else this year's and those after it.

    `text` is how it was written. Raises WhenError where there is no such day, or two that are meant as likely.
    """
    if found.ahead is not None:
        return [today + timedelta(days=found.ahead)]
    if found.month is None:
        return [day for more in range(8) if (day := today + timedelta(days=more)).weekday() in found.weekdays]
    possible = _dates(found.day, found.month, found.year, today)
    if found.swapped:
        possible = _unmistakable(found, possible, text, today)
    if not possible:
        raise WhenError(WhenFault.NO_SUCH_DATE, text)
    return possible


def _unmistakable(found: Day, possible: list[date], text: str, today: date) -> list[date]:
    """Only the weekday can tell which of two figures is the month."""
    other = _dates(found.month or 0, found.day, found.year, today)
    fitting = [days for days in (possible, other) if days and days[0].weekday() in found.weekdays]
    if len(fitting) != 1 or found.year is None:
        raise WhenError(WhenFault.TWO_DATES, text)
    return fitting[0]


def _dates(day: int, month: int, year: int | None, today: date) -> list[date]:
    years = range(today.year, last_year(today) + 1) if year is None else [year]
    return [found for each in years if each <= last_year(today) and (found := _date(each, month, day))]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
