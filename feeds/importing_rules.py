"""Which rules of repetition are taken: those that can be followed to the end of what matters in bounded time.

A rule must repeat by days or longer, use only parts that people's calendars use, and include its own first date, as
RFC 5545 asks (3.8.5.3): then it has another date soon, and looking for it ends.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from domain.importing_values import FileRefusedError, Limits, Refusal
from feeds.importing_scan import Component

HORIZON = timedelta(days=548)
"""Series are taken this far: as far as calendars show."""

_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_PARTS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"})
_NUMBER = re.compile(r"[1-9][0-9]{0,4}")
_UNTIL = re.compile(r"[0-9]{8}(T[0-9]{6}Z?)?")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BYDAY = re.compile(rf"([+-]?[1-5])?({'|'.join(_WEEKDAYS)})")
_BYMONTHDAY = re.compile(r"[+-]?([1-9]|[12][0-9]|3[01])")
_BYMONTH = re.compile(r"0?[1-9]|1[0-2]")
_BYSETPOS = re.compile(r"[+-]?[1-4]")
_DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}
_SHAPES = {"BYDAY": _BYDAY, "BYMONTHDAY": _BYMONTHDAY, "BYMONTH": _BYMONTH, "BYSETPOS": _BYSETPOS}
_SHAPES |= {"INTERVAL": _NUMBER, "COUNT": _NUMBER, "UNTIL": _UNTIL, "WKST": re.compile("|".join(_WEEKDAYS))}


class BadRuleError(ValueError):
    """The rule is not one of those that are taken."""


def weigh(events: Iterable[Component], limits: Limits, now: datetime) -> None:
    """Raises FileRefusedError if the series make us look at more days, or become more webinars, than can be meant.

    Judged by the rules alone, before anything follows them. Rules that are not taken weigh nothing.
    """
    horizon = (now + HORIZON).date()
    days, webinars = 0, 0
    for event in events:
        try:
            start = first_day(event.value("DTSTART"))
            parts = checked(event.value("RRULE"), start)
        except ValueError:
            continue
        interval = int(parts.get("INTERVAL", "1"))
        days += max((horizon - start).days, 0) // interval + 1
        webinars += _at_least(parts, max(start, now.date()), horizon)
        if days > limits.days:
            raise FileRefusedError(Refusal.TOO_MUCH_REPETITION, limit=limits.days)
        if webinars > limits.events:
            raise FileRefusedError(Refusal.TOO_MANY_EVENTS, limit=limits.events)


def _at_least(parts: dict[str, str], start: date, horizon: date) -> int:
    """How many dates an endless rule surely has from here to the horizon."""
    if "COUNT" in parts or "UNTIL" in parts or parts.keys() & {"BYMONTH", "BYMONTHDAY", "BYSETPOS"}:
        return 0
    period = _DAYS[parts["FREQ"]] * int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] == "DAILY" and "BYDAY" in parts:
        return 0
    return max((horizon - start).days, 0) // period


def first_day(dtstart: str) -> date:
    """Raises ValueError for what is no date."""
    return datetime.strptime(dtstart[:8], "%Y%m%d").date()  # noqa: DTZ007 -- a day


def checked(rule: str, first: date) -> dict[str, str]:
    """The parts of the rule. Raises BadRuleError."""
    pieces = [piece.partition("=") for piece in rule.upper().strip(" ;").split(";")]
    parts = {name.strip(): value.strip() for name, _, value in pieces}
    if len(parts) != len(pieces) or not parts.keys() <= _PARTS or parts.get("FREQ") not in _FREQUENCIES:
        raise BadRuleError(rule)
    for name, shape in _SHAPES.items():
        if name in parts and not all(shape.fullmatch(value) for value in parts[name].split(",")):
            raise BadRuleError(rule)
    if not _has_a_shape(parts) or not _includes(parts, first):
        raise BadRuleError(rule)
    return parts


def _has_a_shape(parts: dict[str, str]) -> bool:
    """No parts together that might never agree on a day."""
    by_day = parts.get("BYDAY", "")
    numbered = any(character.isdigit() for character in by_day)
    monthly = parts["FREQ"] == "MONTHLY" or (parts["FREQ"] == "YEARLY" and "BYMONTH" in parts)
    if numbered and (not monthly or "BYMONTHDAY" in parts):
        return False
    if "BYSETPOS" in parts and (not monthly or not by_day or numbered or "BYMONTHDAY" in parts):
        return False
    return "BYMONTHDAY" not in parts or parts["FREQ"] != "WEEKLY"


def _includes(parts: dict[str, str], day: date) -> bool:
    months = parts.get("BYMONTH")
    if months and day.month not in map(int, months.split(",")):
        return False
    length = monthrange(day.year, day.month)[1]
    numbers = parts.get("BYMONTHDAY")
    if numbers and not {day.day, day.day - length - 1} & set(map(int, numbers.split(","))):
        return False
    return "BYDAY" not in parts or any(_on(value, day, length) for value in parts["BYDAY"].split(","))


def _on(value: str, day: date, length: int) -> bool:
    """Whether a day is, say, a Tuesday (`TU`), the second of its month (`2TU`), or the last (`-1TU`)."""
    found = _BYDAY.fullmatch(value)
    if found is None or _WEEKDAYS.index(found[2]) != day.weekday():
        return False
    from_start, from_end = (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1)
    return not found[1] or int(found[1]) in {from_start, from_end}
