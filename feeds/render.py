"""Entries become bytes. The same entries always become the same bytes: nothing here knows what time it is."""

import gzip
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from icalendar import Calendar, Event, vDuration

from domain.calendar import About, Entry, Everything, HostedBy, Participation, Personal, Selection, Single, Snapshot
from feeds import ical
from feeds.addresses import calendar_path, webinar_path
from feeds.description import describe
from feeds.options import FeedOptions
from feeds.representation import Representation, represent
from storage import WebinarStatus
from texts.feeds import FeedPhrases

_END = b"END:VCALENDAR\r\n"
_PRODID = "-//Convoke//Joint webinars//EN"
_LOOK_AGAIN = timedelta(hours=1)
_BLOCKS_KEPT = 10_000
_TOO_LARGE = 900_000  # Google drops events without a word from calendars of more than 1 MB

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Feed:
    identity: Representation
    gzip: Representation
    last_modified: datetime


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
        raw = b"".join([self._header(selection, snapshot), *map(self._block, snapshot.entries), _END])
        if before and before.identity.body == raw:
            return Feed(before.identity, before.gzip, snapshot.state.changed_at)
        if len(raw) > _TOO_LARGE:
            _log.warning("%s has %d bytes: Google loses events over 1 MB", type(selection).__name__, len(raw))
        return Feed(represent(raw), represent(gzip.compress(raw, 6, mtime=0)), snapshot.state.changed_at)

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
        whole: bytes = calendar.to_ical()
        return whole.removesuffix(_END)

    def _title(self, selection: Selection, snapshot: Snapshot) -> tuple[str, str]:
        words, consortium, state = self._words, self._options.consortium_name, snapshot.state
        match selection:
            case Everything():
                return words.everything(consortium), words.public_calendar(consortium)
            case HostedBy():
                return words.hosted_by(state.name), words.public_calendar(state.full_name)
            case About():
                return words.about(state.name), words.public_calendar(consortium)
            case Single():
                return snapshot.entries[0].summary, words.public_calendar(consortium)
            case Personal():
                return words.own(consortium), words.own_calendar()

    def _event(self, entry: Entry) -> bytes:
        page = self._options.url(webinar_path(entry.code))
        cancelled = entry.status is WebinarStatus.CANCELLED
        event = Event()
        event.add("uid", ical.line(entry.uid))
        event.add("summary", ical.line(self._words.cancelled_title(entry.summary) if cancelled else entry.summary))
        event.add("dtstart", ical.instant(entry.dtstart))
        event.add("dtend", ical.instant(entry.dtend))
        event.add("location", ical.line(entry.join_url or page))
        event.add("description", ical.text(describe(entry, self._options, self._words)))
        event.add("url", ical.uri(page))
        if names := [*entry.topics, *entry.hosts]:
            event.add("categories", ical.categories(names))
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


def _status(entry: Entry) -> str:
    if entry.status is WebinarStatus.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if entry.participation is Participation.WAITLISTED else "CONFIRMED"


def _takes_time(entry: Entry) -> bool:
    """Whether the reader means to be there: a list of everything on offer must not make them look busy."""
    return entry.status is not WebinarStatus.CANCELLED and entry.participation is not Participation.PUBLIC
