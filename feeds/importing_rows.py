"""The rows of a table (CSV) as webinars; what does not fit is named."""

import csv
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cache
from io import StringIO
from zoneinfo import ZoneInfo

from babel import Locale

from domain.drafts import LANGUAGES
from domain.importing_values import (
    Contents,
    Event,
    FileRefusedError,
    Limits,
    Refusal,
    Remark,
    Trouble,
    once_each,
)
from domain.reading import draft_values, when
from domain.reading.draft_values import FieldError
from domain.reading.when import WhenError, WhenFault
from feeds.importing_fields import Raw, TroubleError, event
from feeds.importing_zones import zone_called

_COLUMNS = {
    "title": "title name summary subject webinar",
    "start": "start starts begin when datetime",
    "date": "date startdate day",
    "time": "time starttime",
    "timezone": "timezone zone tz",
    "duration": "duration length minutes",
    "end": "end ends endtime",
    "link": "link url join joinurl joinlink location",
    "description": "description details text",
    "language": "language lang",
    "seats": "seats capacity places",
    "topics": "topics topic tags categories",
    "uid": "uid id",
    "status": "status",
}
_BY_NAME = {name: column for column, names in _COLUMNS.items() for name in names.split()}
_DELIMITERS = ",;\t"
_MOST_COLUMNS = 100
_LONGEST_WORD = 40
_YEAR = re.compile(r"\d{4}")
_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})(?::\d{2})?")
_FAULTS = {
    WhenFault.PAST: Trouble.PAST,
    WhenFault.UNKNOWN_ZONE: Trouble.UNKNOWN_ZONE,
    WhenFault.SKIPPED: Trouble.SKIPPED_TIME,
    WhenFault.TWO_DATES: Trouble.TWO_DATES,
}

Row = dict[str, str]


class Rows:
    """Reads one table. Rows without a zone are in `timezone`."""

    def __init__(self, text: str, limits: Limits, *, timezone: str, now: datetime) -> None:
        self._text = text
        self._limits = limits
        self._timezone = timezone
        self._now = now
        self._remarks: list[Remark] = []
        self._taken: list[Event] = []
        self._uids: set[str] = set()
        self._floating = 0

    def read(self, progress: Callable[[int, int], None]) -> Contents:
        """Raises FileRefusedError for what is no table of webinars."""
        rows = list(self._rows())
        for number, (line, row) in enumerate(rows, start=1):
            self._take(line, row)
            progress(number, len(rows))
        return Contents(tuple(self._taken), once_each(self._remarks), self._floating, self._timezone)

    def _rows(self) -> Iterator[tuple[int, Row]]:
        """Each row with the line it begins on; empty ones are left out."""
        reader = csv.reader(StringIO(self._text, newline=""), delimiter=_delimiter(self._text))
        header: list[str | None] = []
        line, count = 1, 0
        try:
            for values in reader:
                first, line = line, reader.line_num + 1
                if not any(value.strip() for value in values):
                    continue
                if not header:
                    header = _header(values)
                    continue
                count += 1
                if count > self._limits.events:
                    raise FileRefusedError(Refusal.TOO_MANY_EVENTS, limit=self._limits.events)
                yield first, _row(header, values)
        except csv.Error:
            raise FileRefusedError(Refusal.BROKEN_TABLE, line=line) from None
        if not header:
            raise FileRefusedError(Refusal.EMPTY)

    def _take(self, line: int, row: Row) -> None:
        raw = Raw(
            uid=row.get("uid"),
            line=line,
            title=row.get("title", ""),
            local_start=datetime.min,  # noqa: DTZ901 -- a wall time, read next
            timezone=self._timezone,
            length=None,
            description=row.get("description", ""),
            links=[row["link"]] if row.get("link") else (),
            topics=tuple(filter(None, (topic.strip() for topic in re.split(r"[,;|]", row.get("topics", ""))))),
            status=row.get("status", ""),
        )
        try:
            zoned = self._read_times(raw, row)
            self._read_choices(raw, row)
            found = self._only(event(raw, now=self._now))
        except TroubleError as error:
            raw.note(error.trouble, error.part)
        else:
            self._taken.append(found)
            self._floating += not zoned
        self._remarks += raw.remarks

    def _only(self, found: Event) -> Event:
        if found.uid in self._uids:
            raise TroubleError(Trouble.DUPLICATE, found.uid)
        self._uids |= {found.uid} if found.uid else set()
        return found

    def _read_times(self, raw: Raw, row: Row) -> bool:
        """Returns whether the row says its zone."""
        named = row.get("timezone", "")
        zone = zone_called(named) if named else self._timezone
        if zone is None:
            raise TroubleError(Trouble.UNKNOWN_ZONE, named)
        text = row.get("start") or f"{row.get('date', '')} {row.get('time', '')}".strip()
        if not text:
            raise TroubleError(Trouble.NO_START)
        if not _YEAR.search(text):
            raise TroubleError(Trouble.NO_YEAR, text)
        raw.local_start, raw.timezone, raw.length, zoned = _start(text, zone, self._now)
        raw.length = _length(row, raw, self._now) or raw.length
        return zoned or bool(named)

    def _read_choices(self, raw: Raw, row: Row) -> None:
        if row.get("language"):
            raw.language = _languages().get(row["language"].strip().lower()[:_LONGEST_WORD])
            if raw.language is None:
                raw.note(Trouble.UNKNOWN_LANGUAGE, row["language"])
        if row.get("seats"):
            try:
                raw.capacity = draft_values.capacity(row["seats"])
            except FieldError:
                raw.note(Trouble.BAD_SEATS, row["seats"])


def _delimiter(text: str) -> str:
    """The one that parts the first line into the most names that we know."""
    first = next((line for line in text[:10_000].splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=lambda sign: sum(_column(name) is not None for name in first.split(sign)))


def _header(values: list[str]) -> list[str | None]:
    columns = [_column(value) for value in values[:_MOST_COLUMNS]]
    if "title" not in columns or not {"start", "date"} & set(columns) or len(values) > _MOST_COLUMNS:
        raise FileRefusedError(Refusal.NO_HEADER)
    return columns


def _column(name: str) -> str | None:
    return _BY_NAME.get("".join(letter for letter in name[:_LONGEST_WORD].lower() if letter.isalpha()))


def _row(header: list[str | None], values: list[str]) -> Row:
    """Where two columns mean the same, the first that says something counts."""
    row: Row = {}
    for column, value in zip(header, values, strict=False):
        if column and value.strip():
            row.setdefault(column, value.strip())
    return row


def _start(text: str, zone: str, now: datetime) -> tuple[datetime, str, timedelta | None, bool]:
    """The wall time, its zone, the length if the text names an end, and whether the text names the zone."""
    moment = _iso(text)
    if moment is not None:
        if moment.tzinfo is None:
            return moment, zone, None, False
        return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None), zone, None, True
    try:
        found = when.read(draft_values.clean(text), timezone=zone, now=now)
    except WhenError as error:
        raise TroubleError(_FAULTS.get(error.fault, Trouble.UNREADABLE_START), error.part or text) from None
    length = timedelta(minutes=found.minutes) if found.minutes else None
    return found.start.local, found.start.timezone, length, found.zoned


def _iso(text: str) -> datetime | None:
    """2027-01-15T10:00:00+01:00, and what spreadsheets make of it."""
    if ":" not in text:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _length(row: Row, raw: Raw, now: datetime) -> timedelta | None:
    if row.get("duration"):
        try:
            return timedelta(minutes=draft_values.duration(row["duration"]))
        except FieldError:
            raise TroubleError(Trouble.UNREADABLE_LENGTH, row["duration"]) from None
    if not row.get("end"):
        return None
    clock = _CLOCK.fullmatch(row["end"])
    if clock is None:
        return _start(row["end"], raw.timezone, now)[0] - raw.local_start
    try:
        end = raw.local_start.replace(hour=int(clock[1]), minute=int(clock[2]), second=0)
    except ValueError:
        raise TroubleError(Trouble.UNREADABLE_LENGTH, row["end"]) from None
    return end - raw.local_start if end > raw.local_start else end + timedelta(days=1) - raw.local_start


@cache
def _languages() -> dict[str, str]:
    """By code, by the English name and by its own."""
    names: dict[str, str] = {}
    for code in LANGUAGES:
        own = Locale.parse(code)
        names |= {code: code, str(own.get_display_name("en")).lower(): code, str(own.get_display_name()).lower(): code}
    return names
