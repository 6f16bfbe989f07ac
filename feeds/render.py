"""Entries become bytes. The same entries always become the same bytes: nothing here knows what time it is."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

from icalendar import Calendar, vDuration

from domain.calendar import Snapshot
from domain.entries import Entry
from domain.selections import About, Custom, Everything, HostedBy, Meetings, Personal, Secret, Selection, Single
from feeds import colors, ical
from feeds.addresses import calendar_path
from feeds.event import LEAST, Frame, frame
from feeds.feed import Bytes, Feed
from feeds.negotiation import Coding
from feeds.options import FeedOptions
from feeds.parts import Part, run
from texts.feeds import FeedPhrases

_END = b"END:VCALENDAR\r\n"
_PRODID = "-//Convoke//Joint webinars//EN"
_LOOK_AGAIN = timedelta(hours=1)
_BLOCKS_KEPT = 20_000
_TOO_LARGE = 900_000  # Google drops events without a word from calendars of more than 1 MB
_LENGTHS = (None, 160, 0)
"""How many characters of what organisers wrote there is room for: all, or where a calendar is too large, fewer."""

_log = logging.getLogger(__name__)


class Renderer:
    """Keeps the bytes of each entry: when one webinar of a thousand changes, one is rendered."""

    def __init__(self, options: FeedOptions) -> None:
        self._options = options
        self._words = FeedPhrases(options.language)
        self._block = lru_cache(_BLOCKS_KEPT)(self._filled)
        self._frame = lru_cache(_TOO_LARGE // LEAST)(self._framed)  # for more of them only one length is tried

    @property
    def events_rendered(self) -> int:
        return self._frame.cache_info().misses

    def feed(self, selection: Selection, snapshot: Snapshot, before: Feed | None) -> Feed:
        """The whole calendar; what is as it was `before` is neither put together nor compressed again."""
        head, end = Part(self._header(selection, snapshot)), Part(_END)
        room = _TOO_LARGE - len(head.plain) - len(end.plain)
        events = self._events(selection, snapshot, room, before.bytes.parts if before else ())
        made = Bytes([head, *events, end])
        if before and before.bytes.etag(Coding.IDENTITY) == made.etag(Coding.IDENTITY):
            made = before.bytes
        return Feed(made, snapshot.state.changed_at)

    def _events(self, selection: Selection, snapshot: Snapshot, room: int, before: Sequence[Part]) -> list[Part]:
        """As much of everything as there is room for: first texts become shorter, then the past is left out."""
        length, parts = self._shortened(snapshot.entries, room, before)
        left_out = self._past_without(snapshot, length, _size(parts) - room)
        if left_out:
            parts = self._parts(snapshot.entries[left_out:], length, before)
        over = _size(parts) - room
        if length is not None:
            _log.log(
                logging.WARNING if over > 0 else logging.INFO,
                "%s is too large for some apps: %d characters of each text, without %d past ones, %d bytes too many",
                type(selection).__name__,
                length,
                left_out,
                max(over, 0),
            )
        return parts

    def _shortened(self, entries: Sequence[Entry], room: int, before: Sequence[Part]) -> tuple[int | None, list[Part]]:
        """With texts of the first length with which all have room, or else of the last."""
        length, parts = None, list[Part]()
        hopeless = len(entries) * LEAST > room
        for length in _LENGTHS[-1:] if hopeless else _LENGTHS:
            parts = self._parts(entries, length, before)
            if _size(parts) <= room:
                break
        return length, parts

    def _parts(self, entries: Sequence[Entry], length: int | None, before: Sequence[Part]) -> list[Part]:
        known = {part.entries[0].uid: part for part in before if part.entries and part.length == length}
        found, begin = list[Part](), 0
        while begin < len(entries):
            part = known.get(entries[begin].uid)
            if part is None or not part.is_at(entries, begin):
                those = run(entries, begin)
                part = Part(b"".join(self._block(entry, length) for entry in those), those, length)
            found.append(part)
            begin += len(part.entries)
        return found

    def _past_without(self, snapshot: Snapshot, length: int | None, over: int) -> int:
        """How many of the oldest must go to make room: none that is still to come."""
        today = datetime.combine(snapshot.state.day, time(), UTC)
        number = 0
        for entry in snapshot.entries:
            if over <= 0 or entry.dtend >= today:
                break
            over -= len(self._block(entry, length))
            number += 1
        return number

    def _filled(self, entry: Entry, length: int | None) -> bytes:
        return self._frame(entry).filled(length)

    def _framed(self, entry: Entry) -> Frame:
        return frame(entry, self._options, self._words)

    def _header(self, selection: Selection, snapshot: Snapshot) -> bytes:
        name, description = self._title(selection, snapshot)
        calendar = Calendar()
        calendar.add("version", "2.0")
        calendar.add("prodid", _PRODID)
        calendar.add("calscale", "GREGORIAN")
        calendar.add("method", "PUBLISH")
        for key in ("name", "x-wr-calname"):
            calendar.add(key, ical.line(name))
        for key in ("description", "x-wr-caldesc"):
            calendar.add(key, ical.text(description))
        calendar.add("refresh-interval", _LOOK_AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(_LOOK_AGAIN))
        if not isinstance(selection, Secret):
            address = self._options.url(calendar_path(selection))
            calendar.add("source", ical.uri(address), parameters={"VALUE": "URI"})
        calendar.add("url", ical.uri(self._options.url("/")))
        if color := snapshot.state.color:
            calendar.add("color", ical.line(colors.nearest(color)))
            calendar.add("x-apple-calendar-color", ical.line(color.upper()))
        whole: bytes = calendar.to_ical()
        return whole.removesuffix(_END)

    def _title(self, selection: Selection, snapshot: Snapshot) -> tuple[str, str]:
        words, consortium, state = self._words, self._options.consortium_name, snapshot.state
        short = self._options.consortium_short_name or consortium
        if isinstance(selection, Secret):
            return self._own_title(selection, short)
        match selection:
            case Everything():
                return words.everything(short), words.public_calendar(consortium)
            case HostedBy():
                return words.hosted_by(state.name), words.public_calendar(state.full_name)
            case About():
                return words.about(state.name), words.public_calendar(consortium)
            case Custom(languages=languages):
                names = [*words.names(state.names), *map(words.language_name, sorted(languages))]
                return words.chosen(short, names), words.public_calendar(consortium)
            case Single():
                return snapshot.entries[0].summary, words.public_calendar(consortium)

    def _own_title(self, selection: Secret, short: str) -> tuple[str, str]:
        match selection:
            case Personal():
                return self._words.own(short), self._words.own_calendar()
            case Meetings():
                return self._words.meetings(short), self._words.meetings_calendar()


def _size(parts: Sequence[Part]) -> int:
    return sum(len(part.plain) for part in parts)
