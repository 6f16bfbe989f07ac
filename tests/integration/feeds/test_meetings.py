"""Meetings of organisers: no address that a stranger can open tells one world from another in which there is one."""

from datetime import timedelta

import httpx
import pytest
from icalendar import Calendar
from starlette.routing import Route

from domain import links, team
from feeds.addresses import meetings_page_path, meetings_path
from storage import Circle, RegistrationStatus, Role, RoleKind, Session, WebinarStatus
from storage import team as roles
from tests.rfc5545 import lint
from tests.web import NOW, PERSON, SECRET, Web, join_url

MARK = "numbat"
CODE = "numbat22"

ADDRESSES = {
    "/": ("/", "/?q=quokka", f"/?q={CODE}", "/?market=china", "/?language=fr&month=2027-01", "/?partnership=adpack2"),
    "/calendar": ("/calendar", "/calendar?language=fr"),
    "/programme.png": ("/programme.png", "/programme.png?partnership=adpack2", "/programme.png?language=fr"),
    "/calendar.png": ("/calendar.png",),
    "/webinars/{id}": ("/webinars/pack", f"/webinars/{CODE}"),
    "/webinars/{id}.ics": ("/webinars/pack.ics", f"/webinars/{CODE}.ics"),
    "/webinars/{id}.png": ("/webinars/pack.png", f"/webinars/{CODE}.png"),
    "/feeds/all.ics": ("/feeds/all.ics",),
    "/feeds/custom.ics": ("/feeds/custom.ics", "/feeds/custom.ics?topic=china&partnership=adpack2&language=fr"),
    "/feeds/{id}.ics": ("/feeds/adpack2.ics", "/feeds/organisers.ics", f"/feeds/{CODE}.ics"),
    "/feeds/topics/{id}.ics": ("/feeds/topics/china.ics",),
    "/feeds/personal/{token}.ics": (f"/feeds/personal/{links.personal_token(SECRET, PERSON, 1)}.ics",),
    "/feeds/personal/{token}": (f"/feeds/personal/{links.personal_token(SECRET, PERSON, 1)}",),
    "/feeds/organisers/{token}.ics": (
        meetings_path(links.meetings_token(SECRET, PERSON, 1)),
        meetings_path(links.personal_token(SECRET, PERSON, 1)),
        "/feeds/organisers/all.ics",
    ),
    "/feeds/organisers/{token}": (meetings_page_path(links.meetings_token(SECRET, PERSON, 1)),),
    "/join/{token}": tuple(f"/join/{links.join_token(SECRET, PERSON, webinar_id)}" for webinar_id in (1, 2, 3, 4)),
    "/robots.txt": ("/robots.txt",),
    "/static/{name}": ("/static/page.js",),
}
"""By route, what a company opens that has its own calendar link, and makes up others."""


async def opened(web: Web) -> dict[str, tuple[int, httpx.Headers, bytes]]:
    found = {}
    for address in [address for addresses in ADDRESSES.values() for address in addresses]:
        for accept in ("text/html", "*/*"):
            response = await web.get(address, accept=accept)
            found[f"{address} for {accept}"] = response.status_code, response.headers, response.content
    return found


def test_every_route_is_opened(web: Web) -> None:
    assert {route.path for route in web.app.routes if isinstance(route, Route)} == set(ADDRESSES)


async def add_meeting(web: Web, code: str = CODE, **changes: object) -> None:
    values = {"title": f"Our quokka {MARK}", "join_url": join_url(MARK), "uid": f"{MARK}@example.org"}
    await web.add(code, circle=Circle.ORGANISERS, language="fr", topics=["china", "food"], **values | changes)


async def test_nobody_outside_can_tell_that_there_is_a_meeting(web: Web) -> None:
    """Whether it is ahead, moved or cancelled: byte for byte and header for header, in a new process too."""
    await web.add("pack")
    await web.add("past", start="2027-01-08T10:00", description="Over.")
    before = await opened(web)

    await add_meeting(web)
    await add_meeting(web, "numbat33", uid="numbat33", start="2027-01-07T10:00")
    for change in ({}, {"title": f"The {MARK}"}, {"status": WebinarStatus.CANCELLED}):
        web.clock.forward(timedelta(minutes=1))
        await web.change(CODE, **change)
        assert await opened(web) == before
    assert await opened(Web(web.database, web.clock)) == before


def appoint(session: Session, partnership_id: str = "adpack2") -> None:
    session.add(Role(person_id=PERSON, kind=RoleKind.ORGANISER, partnership_id=partnership_id, granted_at=NOW))


def dismiss(session: Session) -> None:
    role = roles.role_of(session, PERSON, "adpack2")
    assert role
    team.remove(session, PERSON, role.id, now=NOW + timedelta(hours=1))


def secret(path: object = meetings_path, generation: int = 1) -> str:
    token = links.meetings_token(SECRET, PERSON, generation)
    return meetings_path(token) if path is meetings_path else meetings_page_path(token)


async def test_organisers_have_a_calendar_of_their_meetings(web: Web) -> None:
    await web.add("pack")
    await add_meeting(web)
    await web.database.write(appoint)

    response = await web.get(secret())

    (event,) = Calendar.from_ical(response.content).events
    assert lint(response.content) == []
    assert (event["summary"], event["location"]) == (f"Our quokka {MARK}", join_url(MARK))
    assert event["conference"] == f"https://meet.example.net/{MARK}?pwd=a&b=%3Cc%3E"
    assert (event["class"], event["transp"], event["status"]) == ("PRIVATE", "TRANSPARENT", "CONFIRMED")
    assert "url" not in event
    assert CODE not in response.text
    assert response.headers["cache-control"] == "private, max-age=300, must-revalidate"
    assert response.headers["content-disposition"] == 'inline; filename="meetings.ics"'


async def test_cancelled_meeting_is_marked_without_a_way_in(web: Web) -> None:
    await add_meeting(web)
    await web.change(CODE, status=WebinarStatus.CANCELLED)
    await web.database.write(appoint)

    response = await web.get(secret())

    (event,) = Calendar.from_ical(response.content).events
    assert lint(response.content) == []
    assert (event["summary"], event["status"]) == (f"CANCELLED: Our quokka {MARK}", "CANCELLED")
    assert "location" not in event
    assert event["description"].splitlines()[0] == "This meeting is cancelled."


@pytest.mark.parametrize(
    ("token", "status"),
    [
        (links.meetings_token(SECRET, PERSON, 3), 200),
        (links.meetings_token(SECRET, PERSON, 2), 410),
        (links.meetings_token(SECRET, PERSON, 4), 404),
        (links.meetings_token(SECRET, 8, 1), 404),
        (links.meetings_token(b"another secret", PERSON, 3), 404),
        (links.personal_token(SECRET, PERSON, 3), 404),
        ("A" * 40, 404),
        ("%00", 404),
    ],
)
async def test_link_of_the_organisers_calendar(web: Web, token: str, status: int) -> None:
    await web.database.write(appoint)
    await web.replace_link(generation=3)

    assert (await web.get(meetings_path(token))).status_code == status
    assert (await web.get(meetings_page_path(token), accept="text/html")).status_code == status
    assert (await web.get(f"/feeds/personal/{links.meetings_token(SECRET, PERSON, 3)}.ics")).status_code == 404


async def test_who_is_no_organiser_any_more_has_it_no_more(web: Web) -> None:
    """Neither the organisers' calendar nor what stood in their own, and apps that ask for a date learn of it."""
    await web.add("pack")
    await add_meeting(web)
    await web.database.write(appoint)
    for code in ("pack", CODE):
        await web.register(code)
    own = await web.get(web.personal())
    theirs = await web.get(secret())
    assert (MARK in own.text, MARK in theirs.text, "Webinar pack" in own.text) == (True, True, True)

    web.clock.forward(timedelta(hours=1))
    await web.database.write(dismiss)

    assert (await web.get(secret())).status_code == 410
    assert (await web.get(secret(meetings_page_path), accept="text/html")).status_code == 410
    after = await web.get(web.personal(), if_modified_since=own.headers["last-modified"])
    assert (after.status_code, MARK in after.text, "Webinar pack" in after.text) == (200, False, True)
    assert await web.database.read(lambda s: roles.members(s, "adpack2")) == []


async def test_organiser_of_a_partnership_that_has_left_is_none(web: Web) -> None:
    await add_meeting(web)
    await web.database.write(appoint, "gone")
    await web.register(CODE)

    assert (await web.get(secret())).status_code == 410
    assert MARK not in (await web.get(web.personal())).text


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (RegistrationStatus.REGISTERED, ("CONFIRMED", "OPAQUE", True)),
        (RegistrationStatus.WAITLISTED, ("TENTATIVE", "OPAQUE", False)),
    ],
)
async def test_own_calendar_shows_the_meetings_that_the_organiser_comes_to(
    web: Web, status: RegistrationStatus, shown: tuple[str, str, bool]
) -> None:
    await add_meeting(web)
    await web.database.write(appoint)
    await web.register(CODE, status)

    response = await web.get(web.personal())

    (event,) = Calendar.from_ical(response.content).events
    assert lint(response.content) == []
    assert (event["status"], event["transp"], event.get("location") == join_url(MARK)) == shown
    assert CODE not in response.text


async def test_page_says_how_to_subscribe_to_the_meetings(web: Web) -> None:
    await web.database.write(appoint)

    response = await web.get(secret(meetings_page_path), accept="text/html")

    assert response.status_code == 200
    assert "<h1>Meetings of the organisers</h1>" in response.text
    assert secret() in response.text
    assert response.headers["cache-control"] == "private, no-store"
