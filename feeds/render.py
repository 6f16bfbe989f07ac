"""Entries become bytes. The same entries always become the same bytes: nothing here knows what time it is."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

from icalendar import Calendar, Event, vDuration

from domain.calendar import Snapshot
from domain.entries import Entry, Participation
from domain.selections import About, Custom, Everything, HostedBy, Personal, Selection, Single
from feeds import colors, ical
from feeds.addresses import calendar_path, webinar_path
from feeds.description import describe
from feeds.feed import Bytes, Feed
from feeds.options import FeedOptions
from storage import WebinarStatus
from texts.feeds import FeedPhrases

_END = b"END:VCALENDAR\r\n"
_PRODID = "-//Convoke//Joint webinars//EN"
_LOOK_AGAIN = timedelta(hours=1)
_BLOCKS_KEPT = 20_000
_TOO_LARGE = 900_000  # Google drops events without a word from calendars of more than 1 MB
_LENGTHS = (None, 160, 0)
"""How many characters of what organisers wrote there is room for: all, or where a calendar is too large, fewer."""
_LEAST = 400  # bytes of an event without any of them

_log = logging.getLogger(__name__)


class Renderer:
    """Keeps the bytes of each entry: when one webinar of a thousand changes, one is rendered."""

    def __init__(self, options: FeedOptions) -> None:
        self._options = options
        self._words = FeedPhrases(options.language)
        self._block = lru_cache(_BLOCKS_KEPT)(self._event)

    @property
    def blocks_rendered(self) -> int:
        return self._block.cache_info().misses

    def feed(self, selection: Selection, snapshot: Snapshot, before: Feed | None) -> Feed:
        """The whole calendar; what is as it was `before` is not compressed again."""
        header = self._header(selection, snapshot)
        raw = b"".join([header, *self._blocks(selection, snapshot, _TOO_LARGE - len(header) - len(_END)), _END])
        if before and before.bytes.plain == raw:
            return Feed(before.bytes, snapshot.state.changed_at)
        return Feed(Bytes(raw), snapshot.state.changed_at)

    def _blocks(self, selection: Selection, snapshot: Snapshot, room: int) -> list[bytes]:
        """As much of everything as there is room for: first texts become shorter, then the past is left out."""
        blocks: list[bytes] = []
        hopeless = len(snapshot.entries) * _LEAST > room
        for length in _LENGTHS[-1:] if hopeless else _LENGTHS:
            blocks = [self._block(entry, length) for entry in snapshot.entries]
            if _size(blocks) <= room:
                break
        left_out = _past_without(blocks, snapshot, room)
        over = _size(blocks[left_out:]) - room
        if length is not None:
            _log.log(
                logging.WARNING if over > 0 else logging.INFO,
                "%s is too large for some apps: %d characters of each text, without %d past ones, %d bytes too many",
                type(selection).__name__,
                length,
                left_out,
                max(over, 0),
            )
        return blocks[left_out:]

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
        if not isinstance(selection, Personal):  # whose address is a secret
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
            case Personal():
                return words.own(short), words.own_calendar()

    def _event(self, entry: Entry, length: int | None) -> bytes:
        """`length` is how much of the organisers' own text there is room for; None: all of it."""
        page = self._options.url(webinar_path(entry.code))
        cancelled = entry.status is WebinarStatus.CANCELLED
        event = Event()
        event.add("uid", ical.line(entry.uid))
        event.add("summary", ical.line(self._words.cancelled_title(entry.summary) if cancelled else entry.summary))
        event.add("dtstart", ical.instant(entry.dtstart))
        event.add("dtend", ical.instant(entry.dtend))
        event.add("location", ical.line(entry.join_url or page))
        event.add("description", ical.text(describe(entry, self._options, self._words, length)))
        event.add("url", ical.uri(page))
        if names := [*entry.topics, *entry.hosts]:
            event.add("categories", ical.categories(names))
        if entry.color:
            event.add("color", ical.line(colors.nearest(entry.color)))
        event.add("status", _status(entry))
        event.add("transp", "OPAQUE" if _takes_time(entry) else "TRANSPARENT")
        event.add("class", "PUBLIC")
        event.add("created", ical.instant(entry.created))
        event.add("last-modified", ical.instant(entry.last_modified))
        event.add("dtstamp", ical.instant(entry.last_modified))
        event.add("sequence", entry.sequence)
        if entry.join_url:
            event.add("conference", ical.uri(entry.join_url), parameters={"VALUE": "URI"})
        block: bytes = event.to_ical()
        return block


def _past_without(blocks: Sequence[bytes], snapshot: Snapshot, room: int) -> int:
    """How many of the oldest must go to make room: none that is still to come."""
    today = datetime.combine(snapshot.state.day, time(), UTC)
    over, number = _size(blocks) - room, 0
    while over > 0 and number < len(blocks) and snapshot.entries[number].dtend < today:
        over -= len(blocks[number])
        number += 1
    return number


def _size(blocks: Sequence[bytes]) -> int:
    return sum(map(len, blocks))


def _status(entry: Entry) -> str:
    if entry.status is WebinarStatus.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if entry.participation is Participation.WAITLISTED else "CONFIRMED"


def _takes_time(entry: Entry) -> bool:
    """Whether the reader means to be there: a list of everything on offer must not make them look busy."""
    return entry.status is not WebinarStatus.CANCELLED and entry.participation is not Participation.PUBLIC
