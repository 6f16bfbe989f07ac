"""One webinar as a VEVENT."""

from dataclasses import dataclass

from domain.entries import Entry, Participation
from feeds import colors, ical
from feeds.addresses import webinar_path
from feeds.description import Description, describe
from feeds.options import FeedOptions
from storage import WebinarStatus
from texts.feeds import FeedPhrases

LEAST = 400
"""Bytes of an event without a word of its organisers."""


@dataclass(frozen=True, slots=True)
class Frame:
    """An event but for its description, of which there may be room for more or less."""

    before: bytes
    description: Description
    after: bytes

    def filled(self, length: int | None) -> bytes:
        """`length` is how much of the organisers' own text there is room for; None: all of it."""
        text = ical.text(self.description.within(length))
        return self.before + ical.lines({"DESCRIPTION": text.to_ical()}) + self.after


def frame(entry: Entry, options: FeedOptions, words: FeedPhrases) -> Frame:
    """In the order in which icalendar writes the lines."""
    page = None if entry.meeting else options.url(webinar_path(entry.code))
    place = entry.join_url or page
    changed = ical.instant(entry.last_modified)
    named = [*entry.topics, *entry.hosts]
    before = {
        "BEGIN": b"VEVENT",
        "SUMMARY": ical.line(_summary(entry, words)).to_ical(),
        "DTSTART": ical.instant(entry.dtstart),
        "DTEND": ical.instant(entry.dtend),
        "DTSTAMP": changed,
        "UID": ical.line(entry.uid).to_ical(),
        "SEQUENCE": b"%d" % entry.sequence,
        "CATEGORIES": ical.categories(named).to_ical() if named else None,
        "CLASS": b"PRIVATE" if entry.meeting else b"PUBLIC",
        "COLOR": ical.line(colors.nearest(entry.color)).to_ical() if entry.color else None,
        "CONFERENCE;VALUE=URI": ical.uri(entry.join_url).to_ical() if entry.join_url else None,
        "CREATED": ical.instant(entry.created),
    }
    after = {
        "LAST-MODIFIED": changed,
        "LOCATION": ical.line(place).to_ical() if place else None,
        "STATUS": _status(entry),
        "TRANSP": b"OPAQUE" if _takes_time(entry) else b"TRANSPARENT",
        "URL": ical.uri(page).to_ical() if page else None,
        "END": b"VEVENT",
    }
    return Frame(ical.lines(before), describe(entry, options, words), ical.lines(after))


def _summary(entry: Entry, words: FeedPhrases) -> str:
    return words.cancelled_title(entry.summary) if entry.status is WebinarStatus.CANCELLED else entry.summary


def _status(entry: Entry) -> bytes:
    if entry.status is WebinarStatus.CANCELLED:
        return b"CANCELLED"
    return b"TENTATIVE" if entry.participation is Participation.WAITLISTED else b"CONFIRMED"


def _takes_time(entry: Entry) -> bool:
    """Whether the reader means to be there: a list of everything on offer must not make them look busy."""
    takes_part = entry.participation in (Participation.REGISTERED, Participation.WAITLISTED)
    return takes_part and entry.status is not WebinarStatus.CANCELLED
