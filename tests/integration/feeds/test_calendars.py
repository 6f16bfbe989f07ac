"""What each calendar holds."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from domain import following, own_calendar
from domain.links import personal_token
from storage import RegistrationStatus, WebinarStatus
from tests.rfc5545 import lint
from tests.web import NOW, PERSON, SECRET, Web, join_url


async def events(web: Web, path: str) -> dict[str, Event]:
    response = await web.get(path)
    assert response.status_code == 200
    assert lint(response.content) == []
    return {event["uid"].partition("@")[0]: event for event in Calendar.from_ical(response.content).events}


@pytest.mark.parametrize(
    ("start", "timezone"),
    [
        ("2027-01-19T10:00", "Europe/Brussels"),
        ("2027-03-29T10:00", "Europe/Brussels"),
        ("2027-03-15T09:30", "America/New_York"),
        ("2027-03-15T16:00", "Asia/Shanghai"),
        ("2027-07-01T12:15", "Asia/Kolkata"),
    ],
)
async def test_event_is_at_the_hosts_wall_time(web: Web, start: str, timezone: str) -> None:
    await web.add("pack", start=start, timezone=timezone, minutes=90)

    event = (await events(web, "/feeds/all.ics"))["pack"]

    expected = datetime.fromisoformat(start).replace(tzinfo=ZoneInfo(timezone))
    assert (event.start, event.end) == (expected, expected.astimezone(UTC) + timedelta(minutes=90))
    assert event.start.utcoffset() == timedelta()


async def test_calendars_of_hosts_and_topics(web: Web) -> None:
    await web.add("both", hosts=["adpack2", "nf4"], topics=["china", "food"], start="2027-01-19T10:00")
    await web.add("asked", hosts=["adpack2"], invited=["nf4"], topics=["food"], start="2027-01-20T10:00")
    await web.add("old", hosts=["gone"], topics=["past"], start="2027-01-21T10:00")

    found = {path: list(await events(web, f"/feeds/{path}.ics")) for path in PATHS}

    assert found == {
        "all": ["both", "asked", "old"],
        "adpack2": ["both", "asked"],
        "nf4": ["both"],
        "gone": ["old"],
        "topics/china": ["both"],
        "topics/food": ["both", "asked"],
        "topics/past": ["old"],
    }


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["a", "b", "c", "d"]),
        ("partnership=nf4", ["b", "c"]),
        ("partnership=nf4&partnership=adpack2", ["a", "b", "c"]),
        ("partnership=gone", ["d"]),
        ("topic=china", ["a", "b"]),
        ("topic=china&topic=food", ["b"]),
        ("topic=food&topic=past", ["b", "c", "d"]),
        ("language=fr", ["c"]),
        ("language=fr&language=en", ["a", "b", "c", "d"]),
        ("partnership=adpack2&topic=food", []),
        ("partnership=nf4&topic=food&language=en", ["b"]),
        ("topic=food&partnership=nf4&topic=food&language=en", ["b"]),
    ],
)
async def test_calendar_of_one_s_own_choice(web: Web, query: str, shown: list[str]) -> None:
    await web.add("a", hosts=["adpack2"], topics=["china"], start="2027-01-19T10:00")
    await web.add("b", hosts=["nf4"], topics=["china", "food"], start="2027-01-20T10:00")
    await web.add("c", hosts=["nf4"], topics=["food"], language="fr", start="2027-01-21T10:00")
    await web.add("d", hosts=["gone"], topics=["past"], start="2027-01-22T10:00")

    assert list(await events(web, f"/feeds/custom.ics?{query}")) == shown


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("custom.ics?partnership=ec2i", 'There is no partnership "ec2i". Known: adpack2, nf4, gone.'),
        ("custom.ics?partnership=nf4&partnership=", 'There is no partnership "". Known: adpack2, nf4, gone.'),
        ("custom.ics?topic=CHINA", 'There is no topic "CHINA". Known: china, food, past.'),
        (
            "custom.ics?language=tlh",
            'There is no language "tlh". Known: en, fr, de, es, it, pt, nl, cs, da, sv, zh.',
        ),
        ("custom.ics?market=china", 'There is no choice "market". Known: partnership, topic, language.'),
        (f"custom.ics?topic={'x' * 99}", f'There is no topic "{"x" * 40}". Known: china, food, past.'),
        ("{personal}?cancelled=no", 'There is no cancelled "no". Known: hide, show.'),
    ],
)
async def test_unknown_choice_names_the_known_ones(web: Web, path: str, sentence: str) -> None:
    response = await web.get(f"/feeds/{path}".replace("/feeds/{personal}", web.personal()))

    assert (response.status_code, response.text) == (400, f"{sentence}\n")


PATHS = ["all", "adpack2", "nf4", "gone", "topics/china", "topics/food", "topics/past"]


@pytest.mark.parametrize("path", PATHS)
async def test_calendar_without_webinars_is_a_calendar(web: Web, path: str) -> None:
    response = await web.get(f"/feeds/{path}.ics")

    assert (response.status_code, lint(response.content)) == (200, [])
    assert Calendar.from_ical(response.content).events == []


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("all", "Going International: all webinars"),
        ("adpack2", "AdPack² webinars"),
        ("topics/china", "Webinars on China"),
    ],
)
async def test_calendar_has_a_name_and_says_where_it_is(web: Web, path: str, name: str) -> None:
    calendar = Calendar.from_ical((await web.get(f"/feeds/{path}.ics")).content)

    assert calendar["name"] == calendar["x-wr-calname"] == name
    assert calendar["source"] == f"https://webinars.example.org/feeds/{path}.ics"


@pytest.mark.parametrize(
    ("start", "status", "shown"),
    [
        ("2026-10-11T23:00", WebinarStatus.PUBLISHED, False),
        ("2026-10-12T00:00", WebinarStatus.PUBLISHED, True),
        ("2028-07-10T23:59", WebinarStatus.PUBLISHED, True),
        ("2028-07-11T00:00", WebinarStatus.PUBLISHED, False),
        ("2027-01-02T23:59", WebinarStatus.CANCELLED, False),
        ("2027-01-03T00:00", WebinarStatus.CANCELLED, True),
    ],
)
async def test_window(web: Web, start: str, status: WebinarStatus, *, shown: bool) -> None:
    await web.add("edge", start=start, timezone="UTC", minutes=59, status=status)
    await web.register("edge")

    for path in ("/feeds/all.ics", "/feeds/adpack2.ics", "/feeds/topics/china.ics", web.personal()):
        assert ("edge" in await events(web, path)) is shown


async def test_single_webinar_is_there_however_long_ago(web: Web) -> None:
    await web.add("old", start="2020-01-01T10:00")
    await web.add("new")

    assert list(await events(web, "/webinars/old.ics")) == ["old"]


async def test_public_event_leads_to_its_page(web: Web) -> None:
    await web.add("pack", description="What buyers expect.", agenda=["Welcome", "Questions"])

    event = (await events(web, "/feeds/all.ics"))["pack"]

    page = "https://webinars.example.org/webinars/pack"
    assert event["location"] == event["url"] == page
    assert event["description"].splitlines()[0] == f"Register: {page}"
    assert "conference" not in event
    assert event["categories"].cats == ["China", "AdPack²"]


async def test_personal_calendar_has_what_the_person_takes_part_in(web: Web) -> None:
    for code, start in [("in", "2027-01-19T10:00"), ("wait", "2027-01-20T10:00"), ("left", "2027-01-21T10:00")]:
        await web.add(code, start=start)
    await web.add("other")
    await web.register("in")
    await web.register("wait", RegistrationStatus.WAITLISTED)
    await web.register("left")
    await web.register("left", RegistrationStatus.CANCELLED)

    found = await events(web, web.personal())

    assert {code: (event["status"], event["location"]) for code, event in found.items()} == {
        "in": ("CONFIRMED", join_url("in")),
        "wait": ("TENTATIVE", "https://webinars.example.org/webinars/wait"),
    }


async def test_cancelled_webinar_stays_marked_without_a_way_in(web: Web) -> None:
    await web.add("off")
    await web.register("off")
    await web.change("off", status=WebinarStatus.CANCELLED)

    for path in (web.personal(), "/feeds/all.ics"):
        event = (await events(web, path))["off"]
        assert (event["status"], event["summary"]) == ("CANCELLED", "CANCELLED: Webinar off")
        assert (event["transp"], event["location"]) == ("TRANSPARENT", "https://webinars.example.org/webinars/off")


async def test_personal_stamps_are_those_of_webinar_and_registration(web: Web) -> None:
    await web.add("in")
    moments = []
    for change in (
        lambda: web.register("in", RegistrationStatus.WAITLISTED),
        lambda: web.change("in", title="New title"),
        lambda: web.register("in", RegistrationStatus.REGISTERED),
        lambda: web.register("in", RegistrationStatus.WAITLISTED),
    ):
        web.clock.forward(timedelta(hours=1))
        await change()
        event = (await events(web, web.personal()))["in"]
        moments.append((event["sequence"], event["last-modified"].dt, event["dtstamp"].dt))

    hours = [NOW + timedelta(hours=hour) for hour in (1, 2, 3, 4)]
    assert moments == [(number, hour, hour) for number, hour in enumerate(hours)]


async def test_personal_calendar_may_hide_what_is_cancelled(web: Web) -> None:
    for code in ("on", "off"):
        await web.add(code)
        await web.register(code)
    await web.change("off", status=WebinarStatus.CANCELLED)

    assert [
        sorted(await events(web, web.personal() + query)) for query in ("", "?cancelled=show", "?cancelled=hide")
    ] == [["off", "on"], ["off", "on"], ["on"]]


async def test_personal_calendar_shows_what_the_person_follows_if_they_wish(web: Web) -> None:
    for number, (code, host, topic) in enumerate(
        [("in", "nf4", "food"), ("left", "nf4", "china"), ("host", "nf4", "past"), ("about", "adpack2", "china")]
    ):
        await web.add(code, hosts=[host], topics=[topic], start=f"2027-01-{20 + number}T10:00")
    await web.add("neither", topics=["food"])
    await web.register("in")
    await web.register("left")
    await web.register("left", RegistrationStatus.CANCELLED)
    await web.database.write(following.toggle_partnership, PERSON, "nf4", now=web.clock.now)
    await web.database.write(following.toggle_topic, PERSON, "china", now=web.clock.now)
    before = await web.get(web.personal())

    await web.database.write(own_calendar.show_follows, PERSON, on=True, now=web.clock.now)
    found = await events(web, web.personal())

    assert [event["summary"] for event in Calendar.from_ical(before.content).events] == ["Webinar in"]
    assert {code: (event["transp"], event["location"]) for code, event in found.items()} == {
        "in": ("OPAQUE", join_url("in")),
        "host": ("TRANSPARENT", "https://webinars.example.org/webinars/host"),
        "about": ("TRANSPARENT", "https://webinars.example.org/webinars/about"),
    }


async def test_who_asks_only_for_a_date_sees_what_is_followed_no_longer(web: Web) -> None:
    await web.add("host", hosts=["nf4"])
    await web.database.write(following.toggle_partnership, PERSON, "nf4", now=web.clock.now)
    moments, shown = [], []
    for change in (
        lambda: web.database.write(own_calendar.show_follows, PERSON, on=True, now=web.clock.now),
        lambda: web.database.write(following.toggle_partnership, PERSON, "nf4", now=web.clock.now),
        lambda: web.database.write(following.follow_like, PERSON, "host", now=web.clock.now),
        lambda: web.database.write(following.toggle_topic, PERSON, "china", now=web.clock.now),
        lambda: web.database.write(own_calendar.show_follows, PERSON, on=False, now=web.clock.now),
        lambda: web.database.write(own_calendar.show_follows, PERSON, on=False, now=web.clock.now),
    ):
        web.clock.forward(timedelta(hours=1))
        await change()
        shown.append(list(await events(web, web.personal())))
        moments.append((await web.get(web.personal())).headers["last-modified"][17:22])

    assert shown == [["host"], [], ["host"], ["host"], [], []]
    assert moments == ["10:00", "11:00", "12:00", "13:00", "14:00", "14:00"]


@pytest.mark.parametrize(
    ("token", "status"),
    [
        (personal_token(SECRET, 7, 3), 200),
        (personal_token(SECRET, 7, 2), 410),
        (personal_token(SECRET, 7, 1), 410),
        (personal_token(SECRET, 7, 4), 404),
        (personal_token(SECRET, 8, 1), 404),
        (personal_token(SECRET, 2**31 - 1, 1), 404),
        (personal_token(b"another secret", 7, 3), 404),
        ("A" * 40, 404),
        ("all", 404),
        ("%00", 404),
        ("x" * 1900, 404),
    ],
)
async def test_personal_link(web: Web, token: str, status: int) -> None:
    await web.replace_link(generation=3)

    assert (await web.get(f"/feeds/personal/{token}.ics")).status_code == status


async def test_replaced_link_stops_at_once(web: Web) -> None:
    assert (await web.get(web.personal(1))).status_code == 200

    await web.replace_link(generation=2)

    assert (await web.get(web.personal(1))).status_code == 410
    assert (await web.get(web.personal(2))).status_code == 200
