import gzip
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from domain.calendar import About, Entry, Everything, HostedBy, Participation, Personal, Selection, Single, Snapshot
from domain.cards import AgendaLine
from feeds import ical
from feeds.render import Renderer
from storage import WebinarStatus
from tests.entries import OPTIONS, entry, snapshot
from tests.rfc5545 import lint

GOLDEN = Path(__file__).parent / "golden"
JOIN = "https://meet.example.org/j/123?pwd=x,y;z"

PUBLIC = entry()
MANY_SCRIPTS = entry(
    uid="scripts@webinars.example.org",
    code="scripts",
    sequence=12,
    dtstart=datetime(2027, 3, 30, 7, 30, tzinfo=UTC),
    dtend=datetime(2027, 3, 30, 9, tzinfo=UTC),
    timezone="Asia/Shanghai",
    summary="智能包装：标签规则、物流和两个公司案例，面向中小企业的联合网络研讨会 "  # noqa: RUF001 -- Chinese punctuation
    "😀👩🏽\u200d🔬; часть 1, Μέρος 2",
    description='Tab\there, bell\x07 gone, "quoted", C:\\New\\notes\r\n\r\n  indented; and, escaped  \n'
    + "långt " * 20,
    hosts=("NF4",),
    topics=("food, drink", "China"),
    language="zh",
    agenda=(AgendaLine("Welcome", "Anna Lindqvist", 5), AgendaLine("Questions", "", None)),
)
CANCELLED = entry(
    uid="off@webinars.example.org",
    code="off",
    sequence=3,
    status=WebinarStatus.CANCELLED,
    description="",
    topics=(),
    hosts=(),
)
REGISTERED = entry(participation=Participation.REGISTERED, join_url=JOIN, sequence=2)
WAITING = entry(uid="wait@webinars.example.org", code="wait", participation=Participation.WAITLISTED)
CALLED_OFF = replace(CANCELLED, participation=Participation.REGISTERED)

FEEDS = {
    "all": (Everything(), snapshot(PUBLIC, MANY_SCRIPTS, CANCELLED)),
    "partnership": (HostedBy("nf4"), snapshot(name="NF4", full_name="New Frontiers in Food - Fast Forward (NF4)")),
    "topic": (About("china"), snapshot(PUBLIC, name="China", full_name="China")),
    "single": (Single("pack1"), snapshot(PUBLIC, name=PUBLIC.summary)),
    "personal": (Personal(7, 1), snapshot(REGISTERED, WAITING, CALLED_OFF)),
}
every_feed = pytest.mark.parametrize(("name", "selection", "found"), [(name, *feed) for name, feed in FEEDS.items()])


def render(selection: Selection, *entries: Entry) -> bytes:
    return Renderer(OPTIONS).feed(selection, snapshot(*entries), None).identity.body


@every_feed
def test_feed_is_as_it_always_was(name: str, selection: Selection, found: Snapshot) -> None:
    assert Renderer(OPTIONS).feed(selection, found, None).identity.body == (GOLDEN / f"{name}.ics").read_bytes()


@every_feed
def test_feed_keeps_to_the_standards(name: str, selection: Selection, found: Snapshot) -> None:
    assert lint(Renderer(OPTIONS).feed(selection, found, None).identity.body) == []


@every_feed
def test_feed_is_the_same_as_when_icalendar_writes_it_whole(name: str, selection: Selection, found: Snapshot) -> None:
    raw = Renderer(OPTIONS).feed(selection, found, None).identity.body
    read = Calendar.from_ical(raw)

    assert [event["uid"] for event in read.events] == [entry.uid for entry in found.entries]
    assert [str(event["summary"]) for event in Calendar.from_ical(read.to_ical()).events] == [
        str(event["summary"]) for event in read.events
    ]


def test_renderer_renders_only_what_is_new() -> None:
    renderer = Renderer(OPTIONS)
    renderer.feed(Everything(), snapshot(PUBLIC, CANCELLED), None)
    renderer.feed(HostedBy("nf4"), snapshot(PUBLIC, WAITING, name="NF4"), None)

    assert renderer.blocks_rendered == 3


def test_feed_that_reads_the_same_is_not_compressed_again() -> None:
    renderer = Renderer(OPTIONS)
    before = renderer.feed(Everything(), snapshot(PUBLIC), None)
    after = renderer.feed(Everything(), snapshot(replace(PUBLIC)), before)

    assert after.gzip is before.gzip
    assert after.identity is before.identity


def test_feed_is_compressed_without_a_time() -> None:
    feed = Renderer(OPTIONS).feed(Everything(), snapshot(PUBLIC), None)

    assert gzip.decompress(feed.gzip.body) == feed.identity.body
    assert feed.gzip.body[4:8] == b"\0\0\0\0"
    assert feed.gzip.etag != feed.identity.etag


def test_entity_tag_is_another_for_other_bytes() -> None:
    feeds = [Renderer(OPTIONS).feed(Everything(), snapshot(one), None) for one in (PUBLIC, WAITING, PUBLIC)]

    assert [feed.identity.etag == feeds[0].identity.etag for feed in feeds] == [True, False, True]


def test_join_link_is_where_calendar_apps_look_for_it() -> None:
    (event,) = Calendar.from_ical(render(Personal(7, 1), REGISTERED)).events

    assert event["location"] == event["conference"] == JOIN
    assert event["description"].splitlines()[0] == f"Join: {JOIN}"


@pytest.mark.parametrize(
    ("one", "status", "transp"),
    [
        (PUBLIC, "CONFIRMED", "TRANSPARENT"),
        (REGISTERED, "CONFIRMED", "OPAQUE"),
        (WAITING, "TENTATIVE", "OPAQUE"),
        (CANCELLED, "CANCELLED", "TRANSPARENT"),
        (CALLED_OFF, "CANCELLED", "TRANSPARENT"),
    ],
)
def test_status_and_transparency(one: Entry, status: str, transp: str) -> None:
    (event,) = Calendar.from_ical(render(Everything(), one)).events

    assert (event["status"], event["transp"]) == (status, transp)


def test_personal_calendar_does_not_say_where_it_is() -> None:
    assert b"SOURCE" not in render(Personal(7, 1), REGISTERED)


def test_calendar_that_google_would_cut_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    long = [entry(uid=str(number), description=f"{number}" * 80_000) for number in range(10, 20)]
    with caplog.at_level(logging.WARNING):
        render(Everything(), *long)

    assert [record.levelname for record in caplog.records] == ["WARNING"]


def seconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- see timezones
texts = st.text(max_size=200)
entries = st.builds(
    lambda start, length, **values: entry(dtstart=start, dtend=start + length, **values),
    start=moments,
    length=st.timedeltas(timedelta(minutes=1), timedelta(hours=12)),
    uid=st.from_regex(r"[a-z0-9]{1,80}@example\.org", fullmatch=True),
    sequence=st.integers(0, 2**31 - 1),
    summary=texts.filter(ical.line),
    description=texts,
    timezone=st.sampled_from(["Europe/Brussels", "Asia/Shanghai", "America/New_York", "Asia/Kolkata"]),
    topics=st.lists(texts.filter(ical.line), max_size=3).map(tuple),
    created=moments,
    last_modified=moments,
    participation=st.sampled_from(Participation),
    status=st.sampled_from(WebinarStatus),
)


@given(entries)
def test_entry_is_read_back_by_icalendar(one: Entry) -> None:
    raw = render(Everything(), one)
    (event,) = Calendar.from_ical(raw).events
    prefix = "CANCELLED: " if one.status is WebinarStatus.CANCELLED else ""

    assert lint(raw) == []
    assert event["uid"] == one.uid
    assert event["summary"] == str(ical.line(f"{prefix}{one.summary}"))
    assert str(ical.text(one.description)) in event["description"]
    assert (event.start, event.end) == (seconds(one.dtstart), seconds(one.dtend))
    assert event.start.astimezone(ZoneInfo(one.timezone)) == seconds(one.dtstart.astimezone(ZoneInfo(one.timezone)))
    assert event["sequence"] == one.sequence
    assert event["created"].dt == seconds(one.created)
    assert event["last-modified"].dt == event["dtstamp"].dt == seconds(one.last_modified)
