"""Posting fast, over HTTP, against the real process: pasted, duplicated, killed in between; and who may not."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
from icalendar import Calendar

from sandbox.client import Telegram
from tests.acceptance.conftest import ORGANISER
from tests.acceptance.process import Convoke
from tests.acceptance.talking import Talk

OUTSIDER = 21
TITLE, OTHER = "Cold chain to Guangdong", "Labels for California"
LINK = "https://us02web.zoom.us/j/81234567890?pwd=abc"
NOT_ALLOWED = "Only organisers can do this."
BRUSSELS = ZoneInfo("Europe/Brussels")


def morning(days: int) -> datetime:
    """Ten o'clock in Brussels, so many days from now."""
    return (datetime.now(BRUSSELS) + timedelta(days=days)).replace(hour=10, minute=0, second=0, microsecond=0)


def invitation(start: datetime) -> str:
    return (
        "Marta is inviting you to a scheduled Zoom meeting.\n\n"
        f"Topic: {TITLE}\nTime: {start:%b %d, %Y %I:%M %p} Brussels\n\n"
        f"Join Zoom Meeting\n{LINK}\n\nMeeting ID: 812 3456 7890\nPasscode: 483920\n\n"
        "What importers ask for at the harbour, and two stories of companies.\n\n"
        "Agenda:\n5 min Welcome, Ana Ruiz\n40 min Stories\n"
    )


async def test_a_webinar_is_pasted_duplicated_and_survives_a_kill(convoke: Convoke, telegram: Telegram) -> None:
    first, second = morning(30), morning(60)
    organiser = Talk(telegram, ORGANISER)
    await convoke.start()

    card = await organiser.say(invitation(first))
    assert "✅ Found in it: Title, When, Link, Description and Agenda." in card.text
    code = await post(organiser, "Hosts", "NF4", "Done", "Preview", "Publish")
    await organiser.say("/new")
    await organiser.say(OTHER)
    await convoke.kill()
    await convoke.start()

    assert "Drafts (1)" in (await organiser.say("/manage")).labels
    await organiser.press(TITLE, "Duplicate")
    await organiser.say(f"{second.day} {second:%b %Y} 10h")
    await organiser.press("Publish")
    await organiser.say("/manage")
    assert f"Title: {OTHER}\n" in (await organiser.press("Drafts (1)", OTHER)).text

    async with httpx.AsyncClient(base_url=convoke.url) as http:
        feed = await http.get("/feeds/nf4.ics")
        page = await http.get(f"/webinars/{code}")
    starts = sorted(event["DTSTART"].dt for event in Calendar.from_ical(feed.text).walk("VEVENT"))
    assert starts == [first.astimezone(UTC), second.astimezone(UTC)]
    assert "Stories" in page.text
    assert [word for word in (LINK, "483920", "812 3456 7890") if word in feed.text + page.text] == []
    assert await convoke.stop() == 0
    assert await telegram.refusals() == ()
    assert "ERROR" not in convoke.log


async def test_an_outsider_tries_everything_and_changes_nothing(convoke: Convoke, telegram: Telegram) -> None:
    organiser, outsider = Talk(telegram, ORGANISER), Talk(telegram, OUTSIDER)
    convoke.mode = "webhook"
    await convoke.start()
    await organiser.say(invitation(morning(30)))
    code = await post(organiser, "Hosts", "NF4", "Done", "Publish")
    own = await organiser.say("/new")

    assert (await outsider.say(invitation(morning(31)))).text.startswith("I found nothing for ")
    for command in ("/new", "/manage"):
        assert (await outsider.say(command)).text == NOT_ALLOWED
    message = await outsider.look()
    for data in ("dn", "db", "ds:1", "do:1", "do:2", f"dd:{code}", "du:title", "dk", "da:agenda", "dp", "dx:1"):
        await telegram.mark()
        await telegram.forge(OUTSIDER, message.message_id, data)
        assert (await outsider.answer()).text == NOT_ALLOWED, data

    assert (await organiser.look()).text == own.text
    async with httpx.AsyncClient(base_url=convoke.url) as http:
        feed = await http.get("/feeds/all.ics")
    assert len(Calendar.from_ical(feed.text).walk("VEVENT")) == 1
    assert await convoke.stop() == 0
    assert await telegram.refusals() == ()


async def post(organiser: Talk, *labels: str) -> str:
    """The code of the webinar that these presses lead to."""
    published = await organiser.press(*labels)
    found = re.search(r"/webinars/(\w+)", published.text)
    assert found, published.text
    return found[1]
