"""A series of a calendar file taken apart into its dates."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar
from icalendar import Event as Entry
from icalendar.prop import vDDDTypes

from domain.importing_values import Trouble
from domain.reading.draft_values import LONGEST_MINUTES
from feeds.importing_entries import EXCLUDED, length, moment, original
from feeds.importing_fields import TroubleError
from feeds.importing_rules import HORIZON

_BEYOND = timedelta(days=62)
"""Looked at further, to say that a series goes on."""

_FARTHEST_MOVE = timedelta(days=400)
_LONGEST = timedelta(minutes=LONGEST_MINUTES)


def repeats(entry: Entry) -> bool:
    return "RRULE" in entry or "RDATE" in entry


def changes_one(entry: Entry) -> bool:
    """Whether it says how one date of a series differs from the others."""
    return "RECURRENCE-ID" in entry


def dates(core: Entry | None, changed: Sequence[Entry], now: datetime) -> tuple[dict[str, Entry], bool]:
    """What tells each date apart, and the event on it, from now to the horizon; and whether there are more.

    Raises TroubleError, and whatever the library makes of damaged values.
    """
    entries = [*filter(None, [core]), *changed]
    for entry in entries:
        _check(entry)
    end = now + HORIZON + _BEYOND
    calendar = Calendar()
    calendar.subcomponents.extend(entries)
    found = recurring_ical_events.of(calendar).between(now, end)
    coming = sorted((each for each in found if moment(each) > now), key=moment)
    if not coming:
        raise TroubleError(Trouble.PAST)
    kept: dict[str, Entry] = {}
    for each in coming:
        if moment(each) <= now + HORIZON:
            kept[_suffix(each, kept)] = each
    return kept | _excluded(core, kept, now), len(kept) < len(coming)


def _check(entry: Entry) -> None:
    """What would make the library look at far more of the calendar than it brings."""
    size = length(entry) or timedelta()
    if size > _LONGEST:
        raise TroubleError(Trouble.TOO_LONG, str(LONGEST_MINUTES // 60))
    if size < timedelta():
        raise TroubleError(Trouble.BACKWARDS)
    if not changes_one(entry):
        return
    if "RANGE" in getattr(entry["RECURRENCE-ID"], "params", {}):
        raise TroubleError(Trouble.BAD_RULE, "RANGE")
    if abs(moment(entry).date() - _day(original(entry))) > _FARTHEST_MOVE:
        raise TroubleError(Trouble.UNREADABLE)


def _suffix(entry: Entry, taken: dict[str, Entry]) -> str:
    """The day on which the rule puts it: a series that moves to another hour keeps its dates.

    Of several on one day the later ones are told apart by their time.
    """
    there = original(entry)
    day = f"-{there:%Y%m%d}"
    return day if day not in taken else f"-{there:%Y%m%dT%H%M%S}"


def _excluded(core: Entry | None, there: dict[str, Entry], now: datetime) -> dict[str, Entry]:
    """Dates that were taken out of the series: cancelled, where they were taken before."""
    gone: dict[str, Entry] = {}
    if core is None:
        return gone
    for excluded in _exdates(core, now):
        key = f"-{excluded:%Y%m%d}"
        if key not in there:
            copy = core.copy()
            copy["DTSTART"] = vDDDTypes(excluded)
            copy["DTEND"] = vDDDTypes(excluded + (length(core) or timedelta(hours=1)))
            copy[EXCLUDED] = "1"
            gone[key] = copy
    return gone


def _exdates(core: Entry, now: datetime) -> Iterator[datetime]:
    """Those to come. Compared before they are put into the series' zone: the last year of all has no later hour."""
    found: Any = core.get("EXDATE", [])
    zone = moment(core).tzinfo
    for values in found if isinstance(found, list) else [found]:
        for value in values.dts:
            if isinstance(value.dt, datetime) and value.dt.tzinfo and now < value.dt <= now + HORIZON:
                yield value.dt.astimezone(zone)


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
