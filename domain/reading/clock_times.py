"""A time of day as people write it: `9:30`, `9h30`, `3pm`, `15 Uhr`, `下午3:00`, and from when to when."""

import re
from dataclasses import dataclass
from datetime import time

from domain.reading.when_faults import WhenError, WhenFault

_ONE = re.compile(
    r"(?P<part>上午|早上|下午|晚上)? ?(?P<hour>\d{1,2})(?!\d)"
    r"(?:(?:[:.]| ?h ?| uhr |[点點时時])(?P<minute>\d{2})(?!\d)(?::\d{2}(?:\.\d{1,6})?)?分?"
    r"|(?P<full> ?(?:h|hrs|uhr|uur|heures|hod)(?![^\W\d_])|[点點时時]))?"
    r"(?: ?(?P<half>[ap]\.? ?m)(?![^\W\d_])\.?)?"
    r"(?: ?(?:h|hrs|uhr|uur|heures|hod)(?![^\W\d_])\.?)?"
)
_TO = re.compile(r" ?(?:[-\u2013\u2014\u2212~至到]|(?:to|until|till|bis|a|alle|las|tot|til|do|et|and)(?![^\W\d_])) ?")
_HALVES = {"上午": "am", "早上": "am", "下午": "pm", "晚上": "pm"}
_NOON = 12
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Clock:
    """A time found in a text, from `start` to `end`. `minutes` is how long it lasts, where that was said."""

    start: int
    end: int
    moment: time
    minutes: int | None = None


def at(folded: str, place: int, text: str) -> Clock | None:
    """The time that stands there in a folded text; a bare figure is none. `text` is how it was written.

    Raises WhenError for a time that no clock shows.
    """
    first = _ONE.match(folded, place)
    if first is None or folded[: first.start("hour")][-1:].isdigit():
        return None
    to = _TO.match(folded, first.end())
    last = _ONE.match(folded, to.end()) if to else None
    if last is None or not _is_time(last):
        return Clock(place, first.end(), _time(first, text)) if _is_time(first) else None
    until = _time(last, text)
    since = _since(first, last, until, text)
    if _half(first) == "pm" and not _half(last) and until <= since and until.hour < _NOON:
        until = until.replace(hour=until.hour + _NOON)
    return Clock(place, last.end(), since, _minutes(since, until))


def _since(first: re.Match[str], last: re.Match[str], until: time, text: str) -> time:
    """`9 - 10:30 am` begins in the morning too, and `11:30 - 1 pm` before noon."""
    half = _half(last)
    if _half(first) or not half or int(first["hour"]) > _NOON:
        return _time(first, text)
    same = _time(first, text, half)
    return same if same < until else _time(first, text, "am" if half == "pm" else "pm")


def _is_time(found: re.Match[str]) -> bool:
    return bool(found["minute"] or found["full"] or found["half"] or found["part"])


def _half(found: re.Match[str]) -> str:
    """`am`, `pm` or nothing."""
    if found["part"]:
        return _HALVES[found["part"]] if int(found["hour"]) <= _NOON else ""
    return f"{found['half'][0]}m" if found["half"] else ""


def _time(found: re.Match[str], text: str, half: str = "") -> time:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = half or _half(found)
    written = text[found.start() : found.end()].strip()
    if half:
        if not 1 <= hour <= _NOON:
            raise WhenError(WhenFault.NO_SUCH_TIME, written)
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise WhenError(WhenFault.NO_SUCH_TIME, written) from None


def _minutes(since: time, until: time) -> int:
    """Into the next day, if it ends before it begins."""
    return 60 * (until.hour - since.hour) + until.minute - since.minute + (0 if until > since else _DAY)
