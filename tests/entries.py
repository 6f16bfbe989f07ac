"""Entries of calendars for tests: whole ones, of which a test names only what matters to it."""

from datetime import UTC, date, datetime
from typing import Any

from domain.calendar import Entry, Participation, Snapshot, State
from feeds.options import FeedOptions
from storage import WebinarStatus
from storage.calendar import Stamp

OPTIONS = FeedOptions(
    public_url="https://webinars.example.org", secret=b"secret", consortium_name="Going International"
)


def entry(**changes: Any) -> Entry:
    whole: dict[str, Any] = {
        "uid": "pack1@webinars.example.org",
        "code": "pack1",
        "sequence": 0,
        "dtstart": datetime(2027, 1, 19, 9, tzinfo=UTC),
        "dtend": datetime(2027, 1, 19, 10, tzinfo=UTC),
        "timezone": "Europe/Brussels",
        "summary": "Smart packaging for the Chinese market",
        "description": "What buyers in Shanghai expect.",
        "status": WebinarStatus.PUBLISHED,
        "created": datetime(2026, 12, 1, 8, tzinfo=UTC),
        "last_modified": datetime(2026, 12, 20, 8, 30, tzinfo=UTC),
        "hosts": ("AdPack²", "NF4"),
        "host_ids": ("adpack2", "nf4"),
        "topics": ("China", "packaging"),
        "language": "en",
        "agenda": (),
        "participation": Participation.PUBLIC,
        "join_url": None,
    }
    return Entry(**whole | changes)


def snapshot(*entries: Entry, **state: Any) -> Snapshot:
    stamp = Stamp(len(entries), 0, datetime(2027, 1, 9, 12, tzinfo=UTC))
    return Snapshot(State(date(2027, 1, 10), stamp, **state), entries)
