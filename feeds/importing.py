"""A file of webinars, read: iCalendar or a table. Nothing that is not bounded reaches a library."""

from collections.abc import Callable
from datetime import datetime

from domain.importing_values import Contents, FileRefusedError, Limits, Refusal
from feeds.importing_events import Events
from feeds.importing_rows import Rows
from feeds.importing_scan import scan

SUFFIXES = (".ics", ".ical", ".csv", ".tsv")
_CALENDAR = "BEGIN:VCALENDAR"
_TABLES = (".csv", ".tsv", ".txt")

Progress = Callable[[int, int], None]


def read(
    content: bytes,
    name: str,
    limits: Limits,
    *,
    timezone: str,
    now: datetime,
    progress: Progress = lambda done, total: None,
) -> Contents:
    """What the file holds. `timezone` is that of times without one. Raises FileRefusedError."""
    if len(content) > limits.size:
        raise FileRefusedError(Refusal.TOO_LARGE, limit=limits.size)
    if max(content.count(b"\n"), content.count(b"\r")) > limits.lines:
        raise FileRefusedError(Refusal.TOO_MANY_LINES, limit=limits.lines)
    text = _text(content)
    if text.lstrip()[: len(_CALENDAR)].upper() == _CALENDAR:
        return Events(scan(text, limits), limits, timezone=timezone, now=now).read(progress)
    if name.lower().endswith(_TABLES):
        return Rows(text, limits, timezone=timezone, now=now).read(progress)
    raise FileRefusedError(Refusal.NOT_CALENDAR if name.lower().endswith(SUFFIXES) else Refusal.NOT_KNOWN)


def _text(content: bytes) -> str:
    """UTF-8, with a byte order mark or without, or what spreadsheets on Windows write."""
    if not content.strip():
        raise FileRefusedError(Refusal.EMPTY)
    if b"\0" in content:
        raise FileRefusedError(Refusal.NOT_TEXT)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefusedError(Refusal.NOT_TEXT)
