"""A calendar that changes is made of what has not: the same bytes and tag as if all of it were made again."""

import gzip
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import brotli
import pytest

from domain.entries import Entry
from domain.selections import Everything
from feeds.feed import Feed
from feeds.negotiation import Coding
from feeds.render import Renderer
from tests.entries import OPTIONS, entry, snapshot

HOUR = timedelta(hours=1)
WEBINARS = [
    entry(uid=f"{number}@webinars.example.org", code=f"w{number}", dtstart=start, dtend=start + HOUR)
    for number in range(1_700)
    for start in (entry().dtstart + number * HOUR,)
]
RENDERER = Renderer(OPTIONS)
BEFORE = RENDERER.feed(Everything(), snapshot(*WEBINARS), None)

MOVED = replace(WEBINARS[800], sequence=1, dtstart=WEBINARS[1_200].dtstart, dtend=WEBINARS[1_200].dtend)
CHANGES = {
    "nothing": WEBINARS,
    "one renamed": [*WEBINARS[:800], replace(WEBINARS[800], sequence=1, summary="Another"), *WEBINARS[801:]],
    "one moved": [*WEBINARS[:800], *WEBINARS[801:1_200], MOVED, *WEBINARS[1_200:]],
    "one gone": [*WEBINARS[:800], *WEBINARS[801:]],
    "the first gone": WEBINARS[1:],
    "the last gone": WEBINARS[:-1],
    "one more": [*WEBINARS[:800], entry(uid="new", dtstart=WEBINARS[800].dtstart), *WEBINARS[800:]],
    "one more behind all": [*WEBINARS, entry(uid="new", dtstart=WEBINARS[-1].dtstart + HOUR)],
    "most gone": WEBINARS[:300],
    "all gone": [],
}


@pytest.mark.parametrize("entries", CHANGES.values(), ids=CHANGES)
def test_what_is_made_of_the_calendar_before_is_as_if_made_new(entries: Sequence[Entry]) -> None:
    after = RENDERER.feed(Everything(), snapshot(*entries), BEFORE)
    fresh = RENDERER.feed(Everything(), snapshot(*entries), None)

    assert after.identity == fresh.identity
    for coding, read in ((Coding.GZIP, gzip.decompress), (Coding.BROTLI, brotli.decompress)):
        assert after.bytes.make(coding) == fresh.bytes.make(coding)
        assert read(after.bytes.make(coding)) == after.identity.body


@pytest.mark.parametrize(
    ("change", "made"),
    [("nothing", 0), ("one renamed", 1), ("one moved", 2), ("one gone", 1), ("the first gone", 1), ("one more", 1)],
)
def test_only_parts_in_which_something_has_changed_are_made(change: str, made: int) -> None:
    after = RENDERER.feed(Everything(), snapshot(*CHANGES[change]), BEFORE)

    assert len(BEFORE.bytes.parts) > 5
    assert len(set(events(after)) - set(events(BEFORE))) == made


def events(feed: Feed) -> list[object]:
    """Its parts, but for the lines around them."""
    return list(feed.bytes.parts[1:-1])
