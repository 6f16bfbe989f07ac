import gzip
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import brotli
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from icalendar import Calendar

from domain.calendar import Snapshot
from domain.cards import AgendaLine
from domain.entries import Entry, Participation
from domain.selections import About, Custom, Everything, HostedBy, Meetings, Personal, Selection, Single
from feeds import ical
from feeds.negotiation import Coding
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

MEETING = entry(
    uid="meeting@webinars.example.org",
    code="meeting",
    summary="Next steps in China",
    description="",
    participation=Participation.ORGANISER,
    join_url=JOIN,
    meeting=True,
)
MEETING_OFF = replace(MEETING, uid="not@webinars.example.org", status=WebinarStatus.CANCELLED, join_url=None)
MEETING_MINE = replace(MEETING, participation=Participation.REGISTERED, sequence=1)

FEEDS = {
    "all": (Everything(), snapshot(PUBLIC, MANY_SCRIPTS, CANCELLED)),
    "partnership": (HostedBy("nf4"), snapshot(name="NF4", full_name="New Frontiers in Food - Fast Forward (NF4)")),
    "topic": (About("china"), snapshot(PUBLIC, name="China", full_name="China")),
    "single": (Single("pack1"), snapshot(PUBLIC, name=PUBLIC.summary)),
    "personal": (Personal(7, 1), snapshot(REGISTERED, WAITING, CALLED_OFF, MEETING_MINE)),
    "organisers": (Meetings(7, 1), snapshot(MEETING, MEETING_OFF)),
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

    assert renderer.events_rendered == 3


def test_feed_that_reads_the_same_is_not_compressed_again() -> None:
    renderer = Renderer(OPTIONS)
    before = renderer.feed(Everything(), snapshot(PUBLIC), None)
    after = renderer.feed(Everything(), snapshot(replace(PUBLIC)), before)

    assert after.bytes is before.bytes


def test_feed_is_compressed_without_a_time() -> None:
    made = Renderer(OPTIONS).feed(Everything(), snapshot(PUBLIC), None).bytes
    plain, compressed = made.make(Coding.IDENTITY), made.make(Coding.GZIP)

    assert gzip.decompress(compressed) == plain == brotli.decompress(made.make(Coding.BROTLI))
    assert compressed[4:8] == b"\0\0\0\0"
    assert len({made.etag(coding) for coding in Coding}) == len(Coding)


def test_each_coding_is_made_once_and_when_it_is_asked_for() -> None:
    made = Renderer(OPTIONS).feed(Everything(), snapshot(PUBLIC), None).bytes

    assert [made.made(coding) for coding in Coding] == [None, None, None]
    assert made.make(Coding.GZIP) is made.make(Coding.GZIP) is made.made(Coding.GZIP)


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


LIMIT = 900_000


def many(number: int, *, ended: int = 0, text: int = 1_000) -> list[Entry]:
    """So many a day, `ended` of them before the day on which the calendar is made."""
    first = datetime(2027, 1, 10, 9, tzinfo=UTC) - timedelta(days=ended)
    return [
        entry(
            uid=f"{day}@webinars.example.org",
            code=f"w{day}",
            dtstart=first + timedelta(days=day),
            dtend=first + timedelta(days=day, hours=1),
            description="Q" * text,
            agenda=(AgendaLine("Welcome", "", None),),
        )
        for day in range(number)
    ]


@pytest.mark.parametrize(
    ("number", "ended", "left", "text", "agenda", "level"),
    [
        (300, 90, 300, 1_000, True, None),
        (700, 90, 700, 160, False, "INFO"),
        (1_100, 90, 1_100, 0, False, "INFO"),
        (1_350, 90, 1_279, 0, False, "INFO"),
        (1_500, 90, 1_410, 0, False, "WARNING"),
    ],
)
def test_too_large_a_calendar_loses_texts_then_the_past_and_never_what_is_to_come(
    number: int, ended: int, left: int, text: int, *, agenda: bool, level: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        raw = render(Everything(), *many(number, ended=ended))
    events = raw[raw.index(b"BEGIN:VEVENT") :]  # icalendar would read so many for seconds
    lines = events.replace(b"\r\n ", b"").decode().splitlines()
    descriptions = [line for line in lines if line.startswith("DESCRIPTION:")]

    assert (len(raw) <= LIMIT) is (level != "WARNING")
    assert [line for line in lines if line.startswith("UID:")] == [
        f"UID:{day}@webinars.example.org" for day in range(number - left, number)
    ]
    assert {(line.count("Q"), "Agenda:" in line) for line in descriptions} == {(text, agenda)}
    assert len(descriptions) == left
    assert [record.levelname for record in caplog.records] == ([level] if level else [])


def test_calendar_that_is_too_large_is_not_rendered_for_each_length() -> None:
    renderer = Renderer(OPTIONS)
    renderer.feed(Everything(), snapshot(*many(1_100)), None)

    assert renderer.events_rendered == 1_100


def test_partnership_has_its_colour() -> None:
    mine = replace(PUBLIC, color="#1f7a4d")
    whole = Renderer(OPTIONS).feed(HostedBy("nf4"), snapshot(mine, name="NF4", color="#1f7a4d"), None)
    calendar = Calendar.from_ical(whole.identity.body)

    assert (calendar["color"], calendar["x-apple-calendar-color"]) == ("seagreen", "#1F7A4D")
    assert [event["color"] for event in calendar.events] == ["seagreen"]
    assert lint(whole.identity.body) == []


def test_calendar_of_one_s_own_choice_says_what_was_chosen() -> None:
    chosen = Custom(frozenset({"nf4"}), frozenset({"china"}), frozenset({"fr", "en"}))
    whole = Renderer(OPTIONS).feed(chosen, snapshot(PUBLIC, names=("NF4", "China")), None)
    calendar = Calendar.from_ical(whole.identity.body)

    assert calendar["name"] == r"Going International: NF4\, China\, English\, French"
    assert calendar["source"] == (
        "https://webinars.example.org/feeds/custom.ics?partnership=nf4&topic=china&language=en&language=fr"
    )


def test_name_is_short_where_the_consortium_has_a_short_one() -> None:
    options = replace(OPTIONS, consortium_short_name="GI")
    calendar = Calendar.from_ical(Renderer(options).feed(Everything(), snapshot(), None).identity.body)

    assert (calendar["name"], calendar["x-wr-calname"]) == ("GI: all webinars", "GI: all webinars")


def test_cancelled_webinar_says_why() -> None:
    (event,) = Calendar.from_ical(render(Everything(), replace(CANCELLED, cancel_reason="The speaker is ill."))).events

    assert event["description"].splitlines()[:2] == ["This webinar is cancelled.", "Reason: The speaker is ill."]


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
@example(entry(summary="\\" * 200, description="^" * 200))
@example(entry(summary="界" * 70, description="a" + "é" * 300, topics=("😀" * 30,)))
@example(MANY_SCRIPTS)
@example(REGISTERED)
def test_events_are_written_as_icalendar_would(one: Entry) -> None:
    raw = render(Everything(), one)
    (event,) = Calendar.from_ical(raw).events
    assume(rb"\\N" not in raw.replace(b"\r\n ", b""))  # which icalendar takes for a line break

    assert event.to_ical() in raw


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
