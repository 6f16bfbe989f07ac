"""Calendars as anybody would write them with a library: every event built and written, each time."""

from collections.abc import Callable, Sequence

import vobject
from ical.calendar import Calendar as HomeCalendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event as HomeEvent
from ical.event import EventStatus
from icalendar import Calendar, Event
from vobject.icalendar import utc

from domain.entries import Entry
from feeds import colors
from feeds.addresses import webinar_path
from feeds.description import describe
from feeds.options import FeedOptions
from texts.feeds import FeedPhrases

OPTIONS = FeedOptions(public_url="https://webinars.example.org", secret=b"", consortium_name="Going International")
_WORDS = FeedPhrases("en")

Writer = Callable[[Sequence[Entry], int | None], bytes]
"""With how much of the organisers' own text, as `describe` takes it."""


def with_icalendar(entries: Sequence[Entry], length: int | None) -> bytes:
    whole = Calendar()
    whole.add("version", "2.0")
    whole.add("prodid", "-//Benchmark//EN")
    for entry in entries:
        whole.add_component(_event(entry, length))
    written: bytes = whole.to_ical()
    return written


def _event(entry: Entry, length: int | None) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("summary", entry.summary)
    event.add("dtstart", entry.dtstart)
    event.add("dtend", entry.dtend)
    event.add("location", _page(entry))
    event.add("description", describe(entry, OPTIONS, _WORDS).within(length))
    event.add("url", _page(entry))
    event.add("categories", [*entry.topics, *entry.hosts])
    event.add("color", colors.nearest(entry.color))
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PUBLIC")
    event.add("created", entry.created)
    event.add("last-modified", entry.last_modified)
    event.add("dtstamp", entry.last_modified)
    event.add("sequence", entry.sequence)
    return event


def with_ical(entries: Sequence[Entry], length: int | None) -> bytes:
    whole = HomeCalendar()
    whole.events.extend(_home_event(entry, length) for entry in entries)
    return IcsCalendarStream.calendar_to_ics(whole).encode()


def _home_event(entry: Entry, length: int | None) -> HomeEvent:
    return HomeEvent(
        uid=entry.uid,
        summary=entry.summary,
        dtstart=entry.dtstart,
        dtend=entry.dtend,
        location=_page(entry),
        description=describe(entry, OPTIONS, _WORDS).within(length),
        url=_page(entry),
        categories=[*entry.topics, *entry.hosts],
        color=colors.nearest(entry.color),
        status=EventStatus.CONFIRMED,
        transp="TRANSPARENT",
        created=entry.created,
        last_modified=entry.last_modified,
        dtstamp=entry.last_modified,
        sequence=entry.sequence,
    )


def with_vobject(entries: Sequence[Entry], length: int | None) -> bytes:
    whole = vobject.iCalendar()
    for entry in entries:
        event = whole.add("vevent")
        for name, value in _values(entry, length).items():
            event.add(name).value = value
    written: str = whole.serialize()
    return written.encode()


def _values(entry: Entry, length: int | None) -> dict[str, object]:
    return {
        "uid": entry.uid,
        "summary": entry.summary,
        "dtstart": entry.dtstart.astimezone(utc),
        "dtend": entry.dtend.astimezone(utc),
        "location": _page(entry),
        "description": describe(entry, OPTIONS, _WORDS).within(length),
        "url": _page(entry),
        "categories": [*entry.topics, *entry.hosts],
        "color": colors.nearest(entry.color),
        "status": "CONFIRMED",
        "transp": "TRANSPARENT",
        "class": "PUBLIC",
        "created": entry.created.astimezone(utc),
        "last-modified": entry.last_modified.astimezone(utc),
        "dtstamp": entry.last_modified.astimezone(utc),
        "sequence": str(entry.sequence),
    }


def _page(entry: Entry) -> str:
    return OPTIONS.url(webinar_path(entry.code))
