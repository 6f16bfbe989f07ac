"""The whole story, over HTTP, against the real process: posted, registered, reminded, seen in a calendar."""

import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from icalendar import Calendar

from sandbox.client import Called, Shown, Telegram
from tests.acceptance.conftest import ORGANISER
from tests.acceptance.process import Convoke

ANA, BEN, CHIARA = 21, 22, 23
LINK = "https://meet.example.org/cold-chain"
TITLE = "Cold chain to Guangdong"


@pytest.mark.parametrize(
    ("database_url", "mode"), [("sqlite", "polling"), ("postgres", "webhook")], indirect=["database_url"]
)
async def test_a_webinar_is_posted_registered_for_reminded_of_and_seen_in_a_calendar(
    convoke: Convoke, telegram: Telegram, mode: str
) -> None:
    starts_at = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=14)
    convoke.mode, convoke.by_command = mode, True
    await convoke.start()
    convoke.by_command = False

    code = await _post(convoke, telegram, starts_at)
    await _fill_the_seats(telegram, code)
    await _see_it_in_calendars(convoke, telegram, starts_at)
    await _be_reminded_across_a_crash(convoke, telegram, starts_at)

    assert "ERROR" not in convoke.log
    assert convoke.token not in convoke.log


async def _post(convoke: Convoke, telegram: Telegram, starts_at: datetime) -> str:
    """The organiser posts a webinar for two; in the middle of the draft the process is restarted."""
    await _ask(telegram, ORGANISER, "/new")
    await _ask(telegram, ORGANISER, TITLE)
    assert await convoke.stop() == 0
    await convoke.start()
    await _ask(telegram, ORGANISER, "30 Feb 9:30")
    assert "30 Feb does not exist." in (await telegram.last(ORGANISER)).text
    await _ask(telegram, ORGANISER, f"{starts_at:%Y-%m-%d %H:%M} UTC")
    card = await _ask(telegram, ORGANISER, LINK)
    assert TITLE in card.text
    for label in ("Hosts", "NF4", "EC2i", "Done", "Topics", "China", "Done", "Seats"):
        await _press(telegram, ORGANISER, card, label)
    card = await _ask(telegram, ORGANISER, "2")
    await _press(telegram, ORGANISER, card, "Preview")
    await _press(telegram, ORGANISER, card, "Publish")
    published = await telegram.last(ORGANISER)
    found = re.search(r"/webinars/(\w+)", published.text)
    assert found, published.text
    return found[1]


async def _fill_the_seats(telegram: Telegram, code: str) -> None:
    """Two seats for three companies; one gives theirs up, and the one in line gets it and is told."""
    cards = {}
    for person, label in ((ANA, "Register"), (BEN, "Register"), (CHIARA, "Join waitlist")):
        cards[person] = await _open(telegram, person, code)
        await _press(telegram, person, cards[person], label)
        await telegram.wait_for("sendMessage", chat=person)  # after the first registration: what else to hear of
    assert "You are registered." in (await _shown(telegram, BEN, cards[BEN])).text
    assert "You are number 1 in line." in (await _shown(telegram, CHIARA, cards[CHIARA])).text

    await _press(telegram, BEN, cards[BEN], "Cancel registration")
    (told,) = await telegram.wait_for("sendMessage", chat=CHIARA)
    assert told.text is not None
    assert told.text.startswith(f"🎟 A seat came free: you are registered for {TITLE}.")


async def _see_it_in_calendars(convoke: Convoke, telegram: Telegram, starts_at: datetime) -> None:
    async with httpx.AsyncClient(base_url=convoke.url) as http:
        for path in ("/feeds/all.ics", "/feeds/nf4.ics", "/feeds/topics/china.ics"):
            public = await http.get(path)
            assert _starts(public.text) == {TITLE: starts_at}
            assert LINK not in public.text
        again = await http.get(
            "/feeds/all.ics", headers={"If-None-Match": (await http.get("/feeds/all.ics")).headers["etag"]}
        )
        assert again.status_code == httpx.codes.NOT_MODIFIED
        page = await http.get("/")
        assert TITLE in page.text
        personal = await http.get(await _calendar_link(telegram, ANA))
        assert _starts(personal.text) == {TITLE: starts_at}
        assert LINK in personal.text
        assert _starts((await http.get(await _calendar_link(telegram, BEN))).text) == {}


async def _be_reminded_across_a_crash(convoke: Convoke, telegram: Telegram, starts_at: datetime) -> None:
    """Two reminders for two companies, and between them the process is killed."""
    await convoke.stop()
    left = starts_at - datetime.now(UTC)
    convoke.leads = [left, left - timedelta(seconds=8)]
    since = await telegram.mark()
    await convoke.start()
    for person in (ANA, CHIARA):
        await telegram.wait_for("sendMessage", chat=person, since=since)
    await convoke.kill()
    await convoke.start()
    for person in (ANA, CHIARA):
        await telegram.wait_for("sendMessage", chat=person, since=since, count=2, wait=40)
        calls = await telegram.calls("sendMessage", chat=person, since=since)
        [way_in] = {_way_in(call) for call in calls}
        await _go_in(convoke, way_in)
    assert await convoke.stop() == 0
    assert "/join/" not in convoke.log

    sent = await telegram.calls("sendMessage", since=since)
    assert sorted(call.chat_id for call in sent if call.chat_id) == [ANA, ANA, CHIARA, CHIARA]
    for call in sent:
        assert call.text is not None
        assert call.text.startswith("Starts in ")
        assert call.labels == ("Join now", "Details", "I can't come", "Why?", "Reminder settings")
        assert call.markup is not None


def _way_in(call: Called) -> str:
    """Where the first button of a reminder leads."""
    assert call.markup is not None
    url = call.markup["inline_keyboard"][0][0]["url"]
    assert isinstance(url, str)
    return url


async def _go_in(convoke: Convoke, way_in: str) -> None:
    """A phone is sent to the stored link, since the room is open; what only looks at the address is not."""
    assert way_in.startswith(f"{convoke.url}/join/")
    async with httpx.AsyncClient() as http:
        phone = await http.get(way_in, headers={"User-Agent": "Mozilla/5.0 (Android 16; Mobile)"})
        preview = await http.get(way_in, headers={"User-Agent": "TelegramBot (like TwitterBot)"})
    assert LINK not in preview.text + str(preview.headers)
    assert (phone.status_code, phone.headers.get("location")) == (302, LINK)


async def _ask(telegram: Telegram, person: int, text: str) -> Shown:
    """Say something and wait for the answer."""
    await telegram.mark()
    await telegram.say(person, text)
    await telegram.wait_for("sendMessage", chat=person)
    return await telegram.last(person)


async def _press(telegram: Telegram, person: int, card: Shown, label: str) -> None:
    """Press a button and wait until the card shows what came of it."""
    await telegram.mark()
    await telegram.press(person, card.message_id, label)
    await telegram.wait_for("editMessageText", chat=person)


async def _shown(telegram: Telegram, person: int, card: Shown) -> Shown:
    """What stands in this message now."""
    (now,) = (message for message in await telegram.chat(person) if message.message_id == card.message_id)
    return now


async def _open(telegram: Telegram, person: int, code: str) -> Shown:
    await telegram.mark()
    await telegram.start(person, f"w_{code}")
    await telegram.wait_for("sendMessage", chat=person)
    return await telegram.last(person)


async def _calendar_link(telegram: Telegram, person: int) -> str:
    shown = await _ask(telegram, person, "/calendar")
    found = re.search(r"http\S+\.ics", shown.text)
    assert found, shown.text
    return found[0]


def _starts(text: str) -> dict[str, datetime]:
    return {str(event["SUMMARY"]): event["DTSTART"].dt for event in Calendar.from_ical(text).walk("VEVENT")}
