"""Whatever organisers type: what is taken from them is what readers find, and in every zone it is when they said."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import assume, example, given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from domain import wall_time
from domain.entries import Entry, Participation
from domain.reading import draft_values
from domain.reading.draft_values import FieldError
from domain.selections import Everything
from domain.wall_time import SkippedTimeError
from feeds.render import Renderer
from tests.calendar_readers import IN_PYTHON, Seen
from tests.entries import OPTIONS, entry, snapshot
from tests.factories import wall
from tests.rfc5545 import lint

ODD = "\\\\\\nN,;:\"'\t\n\r é界😀\u2028\u200d=-"
TYPED = st.text(max_size=150) | st.text(st.sampled_from(ODD), max_size=150)
LINKS = st.builds(
    "https://{}.example.org{}".format,
    st.sampled_from(["meet", "münchen", "a-b"]),
    st.text(max_size=60),
)
ZONES = sorted(available_timezones() - {"localtime"})


def taken(read: Callable[[str], str], typed: str) -> str:
    """What becomes of it, if an organiser may say that at all."""
    try:
        return read(typed)
    except FieldError:
        assume(condition=False)
        raise


def render(one: Entry) -> bytes:
    raw = Renderer(OPTIONS).feed(Everything(), snapshot(one), None).identity.body
    assert lint(raw) == []
    return raw


def found(raw: bytes) -> list[Seen]:
    """The one event, as each of them reads it."""
    return [event for read in IN_PYTHON.values() for events in read([raw], Path()) for event in events]


@given(TYPED)
@example(r"C:\new, \n; \\ \, BEGIN:VEVENT")
@example("👩‍🔬" * 15)
def test_title(typed: str) -> None:
    title = taken(draft_values.title, typed)

    assert [event.title for event in found(render(entry(summary=title)))] == [title] * len(IN_PYTHON)


@given(TYPED)
@example("one\r\ntwo\u2028three\x85four \t \n five")
def test_description(typed: str) -> None:
    description = taken(draft_values.description, typed)
    raw = render(entry(description=description))
    texts = [
        str(Calendar.from_ical(raw).events[0]["description"]),
        IcsCalendarStream.calendar_from_ics(raw.decode()).events[0].description,
    ]
    lines = [line.replace("\t", " ").rstrip() for line in description.replace("\u2028", "\n").split("\n")]

    assert [text is not None and "\n".join(lines).strip() in text for text in texts] == [True, True]


@given(LINKS)
@example("https://meet.example.org/a?b=c&d=%20#e;f,g\\h")
def test_link(typed: str) -> None:
    link = taken(draft_values.join_url, typed)
    raw = render(entry(participation=Participation.REGISTERED, join_url=link))
    (event,) = Calendar.from_ical(raw).events

    assert (event["location"], unquote(event["conference"])) == (
        link,
        unquote(re.sub("%(?![0-9A-Fa-f]{2})", "%25", link)),
    )
    assert event["description"].splitlines()[0] == f"Join: {link}"


@given(st.sampled_from(ZONES), st.datetimes(wall(2020, 1, 1), wall(2037, 12, 31)), st.integers(1, 24 * 60))
@example("Africa/Casablanca", wall(2027, 2, 7, 2, 59), 60)
@example("Australia/Lord_Howe", wall(2027, 4, 4, 1, 45), 30)
@example("Europe/Dublin", wall(2027, 3, 28, 0, 59), 2)
def test_time(timezone: str, local_start: datetime, minutes: int) -> None:
    local_start = local_start.replace(microsecond=0)
    try:
        starts_at = wall_time.instant(local_start, timezone)
    except SkippedTimeError:
        assume(condition=False)
        raise
    one = entry(dtstart=starts_at, dtend=wall_time.end(starts_at, minutes), timezone=timezone)
    clock = local_start.replace(tzinfo=ZoneInfo(timezone)).astimezone(UTC)

    times = [(event.start, event.end) for event in found(render(one))]

    assert times == [(clock, clock + timedelta(minutes=minutes))] * len(IN_PYTHON)
