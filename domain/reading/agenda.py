"""An agenda as organisers type it: `10:00 Welcome - Ana Ruiz`, `15 min Buyers in Shanghai, Li Wei (SCS)`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time
from itertools import pairwise

from domain.cards import AgendaLine
from domain.reading import clock_times
from domain.reading.day_names import fold
from domain.reading.draft_values import TITLE_LENGTH, FieldError, FieldFault, clean, within
from domain.reading.when_faults import WhenError

MOST_LINES = 30
_NONE = frozenset({"-", "none", "no", "aucun", "aucune"})
_DAY = 24 * 60
_LONGEST = 12 * 60  # what is longer between two times is an order that was mixed up
_ROUGH = 3 * TITLE_LENGTH  # more than any line may have

_BULLET = re.compile(r"(?:[-*•·‣▪◦>]|\d{1,2}[.)](?=\s))\s*")
_UNIT = r"(?:min(?:ute)?s?\b\.?|mn\b|['\u2032\u2019]|m\b)"
_LENGTH = re.compile(
    rf"(?:(?P<hours>\d)\s?h(?:ours?)?(?![^\W\d_])\s?)?(?:(?P<minutes>\d{{1,3}})\s?{_UNIT})"
    r"|(?P<whole>[1-3])\s?h(?:ours?)?(?![^\W\d_])\s?(?P<more>[0-5]\d)?\b",
    re.IGNORECASE,
)
_AROUND = re.compile(r"^[\s:,;.|)\]-]+|[\s:,;|(\[-]+$")
_DASH = re.compile(r"\s+[-\u2013\u2014]+\s+|\s*\|\s*")
_NAME_PART = re.compile(r"[(\"'\u201c]?(?:[^\W\d_a-z]|[A-Z])[\w.'\u2019-]*[)\",.\u201d]?\Z")
_PARTICLES = frozenset(
    {"de", "da", "di", "del", "della", "der", "den", "des", "do", "dos", "du", "e", "el", "la", "le", "les"}
    | {"of", "van", "von", "ten", "ter", "y", "et", "und", "and", "&", "zu", "af"}
)
_FEWEST_WORDS, _MOST_WORDS = 2, 8


@dataclass(frozen=True, slots=True)
class _Line:
    start: time | None
    item: AgendaLine


def read(text: str, *, duration_minutes: int) -> tuple[AgendaLine, ...]:
    """One item a line. Of those that begin at a time the length is known from when the next begins, or from the end.

    Raises FieldError: nothing in it, too many lines, or one that is too long.
    """
    lines = [line for line in map(str.strip, clean(text).splitlines()) if line]
    if len(lines) == 1 and lines[0].lower() in _NONE:
        return ()
    if len(lines) > MOST_LINES:
        raise FieldError(FieldFault.TOO_MANY_LINES, MOST_LINES)
    if not lines:
        raise FieldError(FieldFault.EMPTY)
    return _timed([_line(line) for line in lines], duration_minutes)


def is_item(line: str) -> bool:
    """Whether a line of any text is certainly part of an agenda: it begins with a time or a length, or ends in one."""
    if len(line) > _ROUGH:
        return False
    bare = _without_bullet(line.strip())
    start, length, rest = _start(bare)
    around = (found for found in _LENGTH.finditer(bare) if found.start() == 0 or found.end() >= len(bare) - 1)
    return bool(_trimmed(rest)) and (start is not None or length is not None or any(around))


def title(line: str) -> str:
    """What is left of an item without its time, its length and its speaker; nothing if it can't be one."""
    try:
        return _line(line).item.title
    except FieldError:
        return ""


def minutes(items: Sequence[AgendaLine]) -> int:
    return sum(item.minutes or 0 for item in items)


def _line(line: str) -> _Line:
    if len(line) > _ROUGH:
        raise FieldError(FieldFault.TOO_LONG, TITLE_LENGTH)
    start, length, rest = _start(_without_bullet(line))
    if length is None:
        length, rest = _length(rest)
    title, speaker = _parted(_trimmed(rest))
    return _Line(
        start, AgendaLine(within(title, TITLE_LENGTH), within(speaker, TITLE_LENGTH) if speaker else "", length)
    )


def _without_bullet(line: str) -> str:
    found = _BULLET.match(line)
    return line[found.end() :] if found else line


def _start(line: str) -> tuple[time | None, int | None, str]:
    """When it begins, how long it lasts if until when was said, and the rest of the line."""
    try:
        clock = clock_times.at(fold(line), 0, line)
    except WhenError:
        return None, None, line
    return (clock.moment, clock.minutes, line[clock.end :]) if clock and not _LENGTH.match(line) else (None, None, line)


def _length(line: str) -> tuple[int | None, str]:
    """The length at the beginning or the end of a line, or in brackets, and the line without it."""
    for found in _LENGTH.finditer(line):
        before, after = line[: found.start()].rstrip(), line[found.end() :].lstrip()
        if not before or not after or (before[-1] in "([" and after[0] in ")]"):
            whole = int(found["hours"] or found["whole"] or 0) * 60 + int(found["minutes"] or found["more"] or 0)
            rest = f"{before.rstrip('([')} {after.lstrip(')]')}"
            return (whole or None), rest
    return None, line


def _parted(text: str) -> tuple[str, str]:
    """Title and speaker: the speaker is what looks like a name behind the last dash or comma."""
    for found in reversed(list(_DASH.finditer(text))):
        if "|" in found[0] or _is_name(text[found.end() :]):
            return _trimmed(text[: found.start()]), _trimmed(text[found.end() :])
    title, comma, name = text.rpartition(", ")
    if comma and not title.endswith(")") and _is_name(name):
        return title, name
    return text, ""


def _is_name(text: str) -> bool:
    """`Ana Ruiz`, `Li Wei (SCS)`, `Dr. Jan van der Berg, Wagralim`, `李伟`: several words, all with a capital."""
    words = text.split()
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS:
        return bool(re.fullmatch(r"[\u4e00-\u9fff]{2,4}(?:\s?[\uff08(].{1,60}[)\uff09])?", text))
    return all(word in _PARTICLES or _NAME_PART.match(word) for word in words)


def _trimmed(text: str) -> str:
    return _AROUND.sub("", " ".join(text.split()))


def _timed(lines: Sequence[_Line], duration: int) -> tuple[AgendaLine, ...]:
    """With the lengths that follow from the times at which the items begin.

    Only of the last it depends on how long all lasts, which an agenda with hours may know better.
    """
    first = next((line.start for line in lines if line.start), None)
    end = _Line(_later(first, duration), AgendaLine("", "", None))
    found = []
    for line, following in pairwise((*lines, end)):
        length = line.item.minutes
        if length is None and line.start and following.start:
            length = _between(line.start, following.start)
        most = duration if following is end else _LONGEST
        found.append(replace(line.item, minutes=length if length and length <= most else line.item.minutes))
    return tuple(found)


def _later(start: time | None, minutes: int) -> time | None:
    return time(*divmod((_of_day(start) + minutes) % _DAY, 60)) if start else None


def _between(start: time, end: time) -> int:
    return (_of_day(end) - _of_day(start)) % _DAY


def _of_day(moment: time) -> int:
    return 60 * moment.hour + moment.minute
