"""Lengths of time as people type them: `2 days`, `90 min`, `1h 30`, `45`."""

import re
from datetime import timedelta

_UNITS = {
    "d": timedelta(days=1),
    "j": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
}
_NUMBER = r"(\d{1,5})"
_UNIT = r"(d|days?|j|jours?|h|hrs?|hours?|heures?|m|mins?|minutes?)\.?"
_SPAN = re.compile(rf"{_NUMBER}(?:\s*{_UNIT}(?:\s*{_NUMBER}(?:\s*{_UNIT})?)?)?", re.IGNORECASE)


def parse(text: str) -> timedelta | None:
    """A number without a unit is minutes. Nothing: it is no length of time."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        return None
    first, first_unit, second, second_unit = found.groups()
    return _length(first, first_unit) + _length(second or "0", second_unit)


def _length(number: str, unit: str | None) -> timedelta:
    return int(number) * _UNITS[unit[0].lower() if unit else "m"]
