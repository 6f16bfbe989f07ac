"""Whole months that are counted over, on the consortium's clocks: `2026`, `09/2018 - 08/2020`."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from domain import wall_time
from domain.errors import ConvokeError

_MONTH = re.compile(
    r"(?P<year>20\d\d)(?:\s?[/.-]\s?(?P<month>\d\d?)(?!\d))?|(?P<month_first>\d\d?)\s?[/.-]\s?(?P<year_last>20\d\d)"
)
_CODE = re.compile(r"(20\d\d)(0[1-9]|1[0-2])-(20\d\d)(0[1-9]|1[0-2])")
_EVER = "ever"
_LONGEST = 60
_YEAR = 12


class PeriodError(ConvokeError):
    """No months can be read from this, or they end before they begin."""


@dataclass(frozen=True, slots=True)
class Period:
    """From the first of the month of `first` to the end of the month of `last`; without them, all there is."""

    first: date | None = None
    last: date | None = None

    @property
    def code(self) -> str:
        """As buttons carry it."""
        if self.first is None or self.last is None:
            return _EVER
        return f"{self.first:%Y%m}-{self.last:%Y%m}"

    @classmethod
    def of_code(cls, code: str) -> Self:
        """Raises PeriodError for what `code` never says: buttons can be forged."""
        if code == _EVER:
            return cls()
        found = _CODE.fullmatch(code)
        if found is None:
            raise PeriodError(code)
        first_year, first_month, last_year, last_month = map(int, found.groups())
        return cls._between(date(first_year, first_month, 1), date(last_year, last_month, 1))

    @classmethod
    def year(cls, year: int) -> Self:
        return cls(date(year, 1, 1), date(year, _YEAR, 1))

    @classmethod
    def read(cls, text: str) -> Self:
        """What somebody typed: one month or year, or the first and the last. Raises PeriodError."""
        found = list(_MONTH.finditer(text[:_LONGEST]))
        if len(found) not in {1, 2}:
            raise PeriodError(text)
        return cls._between(_month(found[0], 1), _month(found[-1], _YEAR))

    @classmethod
    def _between(cls, first: date, last: date) -> Self:
        if last < first:
            raise PeriodError
        return cls(first, last)

    def bounds(self, timezone: str) -> tuple[datetime | None, datetime | None]:
        """The instants at which it begins and after which it is over, on the clocks of an IANA zone."""
        if self.first is None or self.last is None:
            return None, None
        after = date(self.last.year + self.last.month // _YEAR, self.last.month % _YEAR + 1, 1)
        return _midnight(self.first, timezone), _midnight(after, timezone)


def _month(found: re.Match[str], otherwise: int) -> date:
    month = int(found["month"] or found["month_first"] or otherwise)
    if not 1 <= month <= _YEAR:
        raise PeriodError(found[0])
    return date(int(found["year"] or found["year_last"]), month, 1)


def _midnight(day: date, timezone: str) -> datetime:
    return wall_time.instant(datetime(day.year, day.month, day.day), timezone)  # noqa: DTZ001 -- a wall time
