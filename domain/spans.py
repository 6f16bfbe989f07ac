"""Lengths of time as people type them: `2 days`, `90 min`, `1h 30`, `45`."""

import re
from datetime import timedelta

_UNITS = {
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
    "": timedelta(minutes=1),
}
_PART = r"(\d{1,5})\s*(d|h|m|)[a-z]*\.?\s*"
_SPAN = re.compile(f"(?:{_PART})(?:{_PART})?", re.IGNORECASE)


def parse(text: str) -> timedelta | None:
    """A number without a unit is minutes. Nothing: it is no length of time."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        return None
    first, first_unit, second, second_unit = found.groups()
    span = int(first) * _UNITS[first_unit.lower()]
    return span + int(second) * _UNITS[second_unit.lower()] if second else span
