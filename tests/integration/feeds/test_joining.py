"""The link behind `Join now`: for each state of the webinar a page, and for an open room the way in."""

import asyncio
import logging
import threading
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from starlette.applications import Starlette

from domain import privacy
from domain.coming import Coming
from domain.links import join_token
from feeds.files import Files
from feeds.joining import Joining
from feeds.pages import Pages
from storage import Attendance, Circle, Database, MaterialKind, RegistrationStatus, Session, WebinarStatus, attendance
from storage import people as person_rows
from tests.factories import add_role, rows
from tests.web import OPTIONS, PERSON, SECRET, Clock, Web, add_material, join_url

START = datetime(2027, 1, 19, 9, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TOKEN = join_token(SECRET, PERSON, 1)
PATH = f"/join/{TOKEN}"
ROOM = "https://meet.example.net/pack?pwd=a&b=%3Cc%3E"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
BROWSER = {"user_agent": PHONE, "accept": "text/html"}
SEATED, WAITING, LEFT = RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED, RegistrationStatus.CANCELLED


@pytest.fixture
async def seated(web: Web, clock: Clock) -> Web:
    await web.add("pack", title="Smart <packaging>")
    await web.register("pack")
    clock.now = START
    return web


async def came(web: Web) -> int:
    return len(await web.database.read(rows, Attendance, "person_id"))


async def page(web: Web, path: str = PATH, **headers: str) -> str:
    """Text and addresses of a page that is nobody else's business, and leads nowhere by itself."""
    answer = await web.get(path, **BROWSER | headers)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "location" not in answer.headers
    assert "refresh" not in answer.text
    assert "meet.example.net" not in answer.text
    return unescape(answer.text)


async def test_while_it_is_open_it_leads_into_the_room_and_counts(seated: Web, clock: Clock) -> None:
    for moment in (START - 15 * MINUTE, START + 59 * MINUTE):
        clock.now = moment
        answer = await seated.get(PATH, **BROWSER)

        assert (answer.status_code, answer.headers["location"], answer.content) == (302, ROOM, b"")
        assert answer.headers["cache-control"] == "private, no-store"
        assert answer.headers["x-robots-tag"] == "noindex"
        assert answer.headers["referrer-policy"] == "no-referrer"
    [row] = await seated.database.read(rows, Attendance, "person_id")
    assert (row.person_id, row.first_at, row.last_at, row.said) == (
        PERSON,
        START - 15 * MINUTE,
        START + 59 * MINUTE,
        False,
    )


async def test_too_early_it_tells_when_in_the_reader_s_zone(seated: Web, clock: Clock) -> None:
    def go_to_china(session: Session) -> None:
        person_rows.get(session, PERSON).timezone = "Asia/Shanghai"

    await seated.database.write(go_to_china)
    clock.now = START - 16 * MINUTE

    shown = await page(seated)

    assert "Smart <packaging>" in shown
    assert "Tue 19 January 2027, 17:00 Shanghai time" in shown
    assert 'datetime="2027-01-19T09:00:00Z" data-zone="Asia/Shanghai"' in shown
    assert "from 15 minutes before" in shown
    assert 'href="/webinars/pack.ics"' in shown
    assert 'href="https://t.me/example_bot?start=w_pack"' in shown
    assert await came(seated) == 0


async def test_it_speaks_the_reader_s_language(seated: Web, clock: Clock) -> None:
    clock.now = START - HOUR

    shown = await page(seated, accept_language="fr-BE")

    assert "Le webinaire commence" in shown
    assert f'href="{PATH}?lang=en"' in shown


async def test_moved_it_tells_the_new_time_and_the_old(seated: Web, clock: Clock) -> None:
    clock.now = START - HOUR
    await seated.move("pack", "2027-01-21T15:00")

    shown = await page(seated)

    assert "This webinar was moved. Old time: Tue 19 January 2027, 10:00 CET (Brussels)." in shown.replace(
        "<b>", ""
    ).replace("</b>", "")
    assert "Thu 21 January 2027, 15:00 CET (Brussels)" in shown


async def test_cancelled_it_tells_why(seated: Web) -> None:
    await seated.change("pack", status=WebinarStatus.CANCELLED, cancel_reason=f"The speaker is ill. {join_url('pack')}")

    shown = await page(seated)

    assert "This webinar is cancelled." in shown
    assert "The speaker is ill. …" in shown
    assert await came(seated) == 0


async def test_over_it_has_what_was_handed_out(seated: Web, clock: Clock) -> None:
    await seated.database.write(add_material, "pack", "https://files.example.net/video", MaterialKind.RECORDING)
    await seated.database.write(add_material, "pack", None)
    clock.now = START + HOUR

    shown = await page(seated)

    assert "This webinar is over." in shown
    assert 'href="https://files.example.net/video"' in shown
    assert "Slides in Telegram" in shown
    assert await came(seated) == 0


async def test_a_recording_at_the_room_s_own_address_is_for_those_who_had_a_seat(seated: Web, clock: Clock) -> None:
    await seated.database.write(add_material, "pack", join_url("pack"), MaterialKind.RECORDING)
    clock.now = START + HOUR
    assert "meet.example.net" in (await seated.get(PATH, **BROWSER)).text

    await seated.register("pack", LEFT)

    assert "This webinar is over." in await page(seated)


@pytest.mark.parametrize(
    ("status", "said"), [(WAITING, "You are in line for a seat"), (LEFT, "You have no seat in this webinar any more")]
)
async def test_without_a_seat_there_is_no_way_in(seated: Web, status: RegistrationStatus, said: str) -> None:
    await seated.register("pack", status)

    assert said in await page(seated)
    assert await came(seated) == 0


async def test_a_link_of_nobody_is_nothing(seated: Web, clock: Clock) -> None:
    await seated.database.write(privacy.erase, PERSON, now=clock.now + DAY)
    others = (join_token(SECRET, 99, 1), join_token(SECRET, PERSON, 99), join_token(b"another secret", PERSON, 1))
    calendar = seated.personal().removeprefix("/feeds/personal/").removesuffix(".ics")

    for token in (TOKEN, *others, calendar, "x", "A" * 40):
        answer = await seated.get(f"/join/{token}", **BROWSER)
        assert answer.status_code == 404, token
        assert "There is nothing at this address" in answer.text


async def test_a_meeting_s_door_names_no_page_that_everybody_could_read(seated: Web, clock: Clock) -> None:
    await seated.change("pack", circle=Circle.ORGANISERS)
    clock.now = START - HOUR
    assert (await seated.get(PATH, **BROWSER)).status_code == 404

    await seated.database.write(add_role, PERSON, "adpack2")
    shown = await page(seated)

    assert "Smart <packaging>" in shown
    assert "/webinars/" not in shown


FETCHERS = {
    "telegram": "TelegramBot (like TwitterBot)",
    "slack": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "facebook": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "whatsapp": "WhatsApp/2.23.20.0",
    "skype": "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
    "search": "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "by hand": "curl/8.5.0",
}


@pytest.mark.parametrize("agent", FETCHERS.values(), ids=FETCHERS)
async def test_a_program_that_looks_is_told_nothing_and_not_counted(seated: Web, agent: str) -> None:
    shown = await page(seated, user_agent=agent)

    assert "This link belongs to one person." in shown
    assert "packaging" not in shown
    assert await came(seated) == 0


async def test_the_headers_alone_count_nobody(seated: Web) -> None:
    answer = await seated.ask("HEAD", PATH, **BROWSER)

    assert (answer.status_code, answer.content, "location" in answer.headers) == (200, b"", False)
    assert await came(seated) == 0


@pytest.mark.parametrize(
    "header", [{"sec_purpose": "prefetch;prerender"}, {"purpose": "prefetch"}, {"x_moz": "prefetch"}]
)
async def test_a_browser_that_fetches_ahead_has_to_ask_again(seated: Web, header: dict[str, str]) -> None:
    ahead = await seated.get(PATH, **BROWSER, **header)

    assert (ahead.status_code, ahead.headers["cache-control"], await came(seated)) == (503, "no-store", 0)
    assert (await seated.get(PATH, **BROWSER)).status_code == 302
    assert await came(seated) == 1


@pytest.mark.parametrize("link", ["http://meet.example.net/pack", "javascript:alert(1)", "//meet.example.net/x", ""])
async def test_only_an_https_link_is_followed(seated: Web, link: str) -> None:
    await seated.change("pack", join_url=link)

    assert "no link that we can open" in await page(seated)
    assert await came(seated) == 0


async def test_only_reading_is_possible(seated: Web) -> None:
    assert (await seated.ask("POST", PATH)).status_code == 405
    assert await came(seated) == 0


async def test_one_link_is_not_used_without_end(seated: Web, clock: Clock) -> None:
    answers = [await seated.get(PATH, **BROWSER) for _ in range(62)]

    assert [answer.status_code for answer in answers] == [302] * 60 + [429] * 2
    assert answers[-1].headers["retry-after"] == "5"
    clock.forward(timedelta(seconds=5))
    assert (await seated.get(PATH, **BROWSER)).status_code == 302


async def test_who_comes_while_nothing_can_be_written_down_gets_in(seated: Web, clock: Clock) -> None:
    """Another write takes longer than somebody waits at a door."""
    writing, written = threading.Event(), threading.Event()

    def hold(session: Session) -> None:
        attendance.note(session, 1, PERSON, START)
        writing.set()
        assert written.wait(10)

    pages = Pages(seated.database, OPTIONS, Files(OPTIONS), Coming(), clock)
    seated.serve(Starlette(routes=Joining(seated.database, OPTIONS, pages, clock, patience_seconds=0.01).routes()))
    holder = asyncio.create_task(seated.database.write(hold))
    try:
        assert await asyncio.to_thread(writing.wait, 10)
        answer = await seated.get(PATH, **BROWSER)
    finally:
        written.set()
        await holder

    assert (answer.status_code, answer.headers["location"]) == (302, ROOM)


async def test_without_a_database_it_says_so_and_writes_no_token(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    with caplog.at_level(logging.DEBUG):
        answer = await Web(nowhere, clock).get(PATH, **BROWSER)
        await nowhere.close()

    own = [record.getMessage() for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert "Please try again in a minute." in answer.text
    assert "the database does not answer" in "".join(own)
    assert [line for line in own if TOKEN in line] == []
