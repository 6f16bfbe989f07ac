"""What others find in a calendar: libraries that calendar apps are built on, none of them the one it is written with.

`recurring_ical_events` stands on that one, but says what a calendar shows between two days, as apps do.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import recurring_ical_events
import vobject
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

_INSTALLED = Path(sys.prefix, "readers")
_SCRIPT = Path(__file__).parent / "readers" / "read.cjs"
_LONGEST_S = 60


@dataclass(frozen=True, slots=True, order=True)
class Seen:
    """One event as its reader shows it. The times are in UTC."""

    uid: str
    start: datetime
    end: datetime
    title: str
    status: str


Reader = Callable[[Sequence[bytes], Path], list[list[Seen]]]
"""Reads calendars, and may use an empty folder for it."""


def no_javascript() -> str:
    """Why those in JavaScript can't be asked; empty if they can."""
    if not shutil.which("node"):
        return "Node.js is not installed"
    installed = (_INSTALLED / "installed").is_file()
    return "" if installed else "`make install` has not installed the readers in JavaScript: it needs npm"


def _ical(raw: bytes) -> list[Seen]:
    calendar = IcsCalendarStream.calendar_from_ics(raw.decode())
    return [
        Seen(event.uid, event.start_datetime, event.end_datetime, event.summary or "", event.status or "")
        for event in calendar.events
    ]


def _vobject(raw: bytes) -> list[Seen]:
    calendar = vobject.readOne(raw.decode())
    return [
        Seen(
            event.uid.value,
            event.dtstart.value.astimezone(UTC),
            event.dtend.value.astimezone(UTC),
            event.summary.value,
            event.status.value,
        )
        for event in calendar.contents.get("vevent", ())
    ]


def _recurring(raw: bytes) -> list[Seen]:
    shown = recurring_ical_events.of(Calendar.from_ical(raw)).between(
        datetime(2019, 1, 1, tzinfo=UTC), timedelta(9_999)
    )
    return [
        Seen(str(event["uid"]), event.start, event.end, str(event["summary"]), str(event["status"])) for event in shown
    ]


def _in_python(read: Callable[[bytes], list[Seen]]) -> Reader:
    return lambda calendars, _: [read(raw) for raw in calendars]


def _in_javascript(library: str) -> Reader:
    """All calendars in one process of Node.js."""

    def read(calendars: Sequence[bytes], folder: Path) -> list[list[Seen]]:
        files = [folder / f"{number}.ics" for number in range(len(calendars))]
        for file, raw in zip(files, calendars, strict=True):
            file.write_bytes(raw)
        done = subprocess.run(
            ["node", _SCRIPT, library, *files],
            env={"PATH": os.environ["PATH"], "NODE_PATH": str(_INSTALLED / "node_modules")},
            check=True,
            stdout=subprocess.PIPE,
            timeout=_LONGEST_S,
        )
        return [[_seen(*event) for event in found] for found in json.loads(done.stdout)]

    return read


def _seen(uid: str, start: float, end: float, title: str, status: str) -> Seen:
    return Seen(uid, datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC), title, status)


IN_PYTHON = {
    "ical": _in_python(_ical),
    "vobject": _in_python(_vobject),
    "recurring-ical-events": _in_python(_recurring),
}
IN_JAVASCRIPT = {library: _in_javascript(library) for library in ("ical.js", "node-ical")}
