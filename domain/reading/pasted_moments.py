"""The moment at which a webinar begins, found in a pasted text that may name others too."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from domain.reading import clock_times, dates, places, when, zones
from domain.reading import invitation_words as words
from domain.reading.clock_times import Clock
from domain.reading.dates import Day
from domain.reading.day_names import fold
from domain.reading.invitation_lines import Line, Role
from domain.reading.invitation_words import Label
from domain.reading.when import Reading, WhenError, WhenFault
from domain.reading.zones import Zone

_NEAR = 40
_MOST_DAYS = 10  # in a line
_MOST_WORDS = 6
_LINES_BELOW = 2
_ZONE_ENDS = re.compile(r"[·|;•]|\s/|/(?=[\s\d])|\. |\s[-\u2013\u2014]\s|(?<![+\d-])\d{1,2}[:h.]\d{2}")


@dataclass(frozen=True, slots=True)
class Moments:
    """`sure`, or one of `several`, or why the one that is there can't be taken. `lines` are where they stand."""

    sure: Reading | None = None
    several: tuple[Reading, ...] = ()
    fault: WhenError | None = None
    lines: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Seen:
    lines: frozenset[int]
    labelled: bool
    reading: Reading | None = None
    fault: WhenError | None = None


def find(lines: Sequence[Line], picked: Sequence[datetime], *, timezone: str, now: datetime) -> Moments:
    """`picked` are dates that the chat app knows as such: a single one is certain."""
    usual = next((zone for line in lines if line.label is Label.ZONE and (zone := _whole_zone(line.value))), None)
    seen = [
        found for number in range(len(lines)) for found in _in_line(lines, number, usual, timezone=timezone, now=now)
    ]
    used = frozenset(number for found in seen for number in found.lines)
    if len({*picked}) == 1:
        return replace(_picked(picked[0], seen, timezone=timezone, now=now), lines=used)
    return replace(_chosen(seen), lines=used)


def _chosen(seen: Sequence[_Seen]) -> Moments:
    """Those with a label, if there are any. The same moment in several zones is one."""
    labelled = [found for found in seen if found.labelled]
    readings = [found.reading for found in labelled or seen if found.reading]
    first = {reading.starts_at: reading for reading in reversed(readings)}
    if len(first) == 1:
        return Moments(sure=readings[0])
    if first:
        return Moments(several=tuple(first[moment] for moment in sorted(first)))
    return Moments(fault=next((found.fault for found in labelled or seen if found.fault), None))


def _picked(moment: datetime, seen: Sequence[_Seen], *, timezone: str, now: datetime) -> Moments:
    same = (found.reading for found in seen if found.reading and found.reading.starts_at == moment)
    try:
        known = Reading(when.from_instant(moment, timezone=timezone, now=now), zoned=True)
        return Moments(sure=next(same, known))
    except WhenError as error:
        return Moments(fault=error)


def _in_line(
    lines: Sequence[Line], number: int, usual: Zone | None, *, timezone: str, now: datetime
) -> Iterator[_Seen]:
    line = lines[number]
    if line.role is Role.NOISE or words.tells_of_another_moment(line.folded):
        return
    folded = fold(line.value)
    for day in islice(dates.days(folded), _MOST_DAYS):
        if day.relative:
            continue
        clock, at = _clock(lines, number, day, folded)
        if clock is None:
            continue
        used, labelled = frozenset({number, at}), line.label is Label.WHEN
        try:
            zone = _zone(_behind(lines, number, at, day, clock)) or _zone_below(lines, at) or usual
            text = line.value[day.start : clock.end] if at == number else line.value[day.start :]
            yield _Seen(used, labelled, reading=when.resolve(day, clock, text, zone, timezone=timezone, now=now))
        except WhenError as error:
            yield _Seen(used, labelled, fault=error)


def _clock(lines: Sequence[Line], number: int, day: Day, folded: str) -> tuple[Clock | None, int]:
    """The time behind the day, before it, or at the beginning of one of the next lines; and in which line."""
    text = lines[number].value
    behind = _first_clock(folded[: day.end + _NEAR], text, when.behind(day, folded))
    clock = behind or _first_clock(folded[: day.start], text, max(0, day.start - _NEAR))
    if clock:
        return clock, number
    below = [at for at in range(number + 1, len(lines)) if lines[at].role is not Role.BLANK][:_LINES_BELOW]
    for at in below:
        value = lines[at].value
        if lines[at].role is Role.NOISE or next(dates.days(fold(value)), None):
            break
        clock = _first_clock(fold(value)[:_NEAR], value, 0)
        if clock:
            return clock, at
    return None, number


def _first_clock(folded: str, text: str, start: int) -> Clock | None:
    for place in range(start, len(folded)):
        if place > start and folded[place - 1].isalnum() and folded[place].isalnum():
            continue
        try:
            clock = clock_times.at(folded, place, text)
        except WhenError:
            continue
        if clock:
            return clock
    return None


def _behind(lines: Sequence[Line], number: int, at: int, day: Day, clock: Clock) -> str:
    """What may name the zone: what follows the time, up to the day if that comes later."""
    text = lines[at].value
    return text[clock.end : day.start] if at == number and clock.end <= day.start else text[clock.end :]


def _zone_below(lines: Sequence[Line], number: int) -> Zone | None:
    """A zone alone on the next line."""
    below = lines[number + 1] if number + 1 < len(lines) else None
    return _whole_zone(below.text.replace(" - ", ", ")) if below and below.role is Role.PROSE else None


def _whole_zone(text: str) -> Zone | None:
    try:
        return zones.named(text)
    except WhenError:
        return None


def _zone(text: str) -> Zone | None:
    """The zone at the beginning of a text that goes on. Raises WhenError for one that can be two."""
    chunk = _ZONE_ENDS.split(text, maxsplit=1)[0]
    phrases = chunk.split()[:_MOST_WORDS]
    for count in range(len(phrases), 0, -1):
        phrase = " ".join(phrases[:count])
        if not _may_be_zone(phrase):
            continue
        try:
            return zones.named(phrase)
        except WhenError as error:
            if error.fault is WhenFault.TWO_ZONES:
                raise
    return None


def _may_be_zone(phrase: str) -> bool:
    """`et` is a word in French, `ET` a zone: in a text only capitals and names count."""
    bare = phrase.strip("()[],. ")
    small = bare.upper() != bare and places.abbreviates(bare.upper())
    return bool(bare) and not small and not bare.isdigit() and any(sign.isupper() or sign > "\u2e80" for sign in bare)
