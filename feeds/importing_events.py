"""The events of a calendar file as webinars; what does not fit is named."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from icalendar import Event as Entry

from domain.importing_values import (
    Contents,
    Event,
    FileRefusedError,
    Limits,
    Refusal,
    Remark,
    Trouble,
    once_each,
    remark,
)
from feeds import importing_entries as entries
from feeds import importing_series as series
from feeds.importing_fields import Raw, TroubleError, event
from feeds.importing_rules import HORIZON, weigh
from feeds.importing_scan import Component, Scanned
from feeds.importing_zones import Zones

Progress = Callable[[int, int], None]
"""Told how much is done of how much."""


class Events:
    """Reads the events of one file."""

    def __init__(self, scanned: Scanned, limits: Limits, *, timezone: str, now: datetime) -> None:
        self._scanned = scanned
        self._limits = limits
        self._timezone = timezone
        self._now = now
        self._zones = Zones(scanned.zones, usual=timezone, now=now)
        self._components = {component.line: component for component in scanned.events}
        self._remarks: list[Remark] = []
        self._taken: list[Event] = []
        self._webinars = 0

    def read(self, progress: Progress) -> Contents:
        """Raises FileRefusedError if the series are more than can be meant."""
        self._remarks += [remark(other.line, other.name, Trouble.NOT_AN_EVENT) for other in self._scanned.others]
        weigh(self._scanned.events, self._limits, self._now)
        groups: dict[str, list[Entry]] = defaultdict(list)
        for number, component in enumerate(self._scanned.events, start=1):
            if entry := self._entry(component):
                groups[component.value("UID") or f"\n{component.line}"].append(entry)
            progress(number, 2 * len(self._scanned.events))
        for number, group in enumerate(groups.values(), start=1):
            self._take(group)
            progress(len(groups) + number, 2 * len(groups))
        events = sorted(self._taken, key=lambda each: (each.line, each.local_start))
        floating = {each.line for each in events if entries.is_floating(self._components[each.line])}
        return Contents(tuple(events), once_each(self._remarks), len(floating), self._timezone)

    def _entry(self, component: Component) -> Entry | None:
        try:
            return entries.entry_of(component, self._zones, self._timezone)
        except TroubleError as error:
            self._name(component, error.trouble, error.part)
        except Exception:  # noqa: BLE001 -- whatever the library makes of a damaged event: it is not taken, and named
            self._name(component, Trouble.UNREADABLE)
        return None

    def _take(self, group: list[Entry]) -> None:
        try:
            raws = self._raws(group)
        except FileRefusedError:
            raise
        except TroubleError as error:
            self._name(self._component(group[0]), error.trouble, error.part)
            return
        except Exception:  # noqa: BLE001 -- the same
            self._name(self._component(group[0]), Trouble.UNREADABLE)
            return
        for raw in raws:
            self._add(raw)
        self._webinars += sum(not raw.excluded for raw in raws)
        if self._webinars > self._limits.events:
            raise FileRefusedError(Refusal.TOO_MANY_EVENTS, limit=self._limits.events)

    def _raws(self, group: list[Entry]) -> list[Raw]:
        changed = [entry for entry in group if series.changes_one(entry)]
        cores = sorted((entry for entry in group if not series.changes_one(entry)), key=entries.sequence)
        for entry in cores[:-1]:
            self._name(self._component(entry), Trouble.DUPLICATE, entries.text(entry, "UID"))
        core = cores[-1] if cores else None
        if core is not None and not changed and not series.repeats(core):
            return [self._raw(core, "")]
        dates, more = series.dates(core, changed, self._now)
        if more:
            self._name(self._component(group[0]), Trouble.HORIZON, f"{self._now + HORIZON:%Y-%m-%d}")
        return [self._raw(entry, suffix) for suffix, entry in dates.items()]

    def _raw(self, entry: Entry, suffix: str) -> Raw:
        return entries.raw(entry, suffix, cancels=self._scanned.cancels)

    def _add(self, raw: Raw) -> None:
        try:
            self._taken.append(event(raw, now=self._now))
        except TroubleError as error:
            raw.note(error.trouble, error.part)
        self._remarks += raw.remarks

    def _component(self, entry: Entry) -> Component:
        return self._components[entries.line_of(entry)]

    def _name(self, component: Component, trouble: Trouble, part: str = "") -> None:
        title = component.value("SUMMARY") or component.value("UID")
        self._remarks.append(remark(component.line, title.replace("\\", ""), trouble, part))
