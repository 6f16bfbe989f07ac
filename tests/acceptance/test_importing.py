"""Webinars come with a file, over HTTP, against the real process: taken, seen, moved by the file, and told."""

import re
from datetime import UTC, datetime, timedelta

import httpx

from sandbox.client import Shown, Telegram
from tests.acceptance.conftest import ORGANISER
from tests.acceptance.process import Convoke
from tests.calendar_files import calendar, entry

ANA = 21
DAY = datetime.now(UTC).replace(hour=9, minute=30, second=0, microsecond=0) + timedelta(days=30)


async def test_webinars_come_with_a_file_and_follow_it(convoke: Convoke, telegram: Telegram) -> None:
    await convoke.start()
    first = calendar(
        entry("cold@example.org", DTSTART=f"{DAY:%Y%m%dT%H%M%SZ}"), entry("old", DTSTART="20200101T090000Z")
    )
    shown = await _hand_in(telegram, first)
    await _press(telegram, shown, "NF4")
    await _press(telegram, shown, "Publish it")
    assert "1 published" in (await _now(telegram, shown)).text
    async with httpx.AsyncClient(base_url=convoke.url) as http:
        feed = (await http.get("/feeds/nf4.ics")).text
        assert "UID:cold@example.org" in feed
        assert f"DTSTART:{DAY:%Y%m%dT%H%M%SZ}" in feed
        code = re.search(r"/webinars/(\w+)", feed)
    assert code
    await _register(telegram, code[1])

    later = DAY + timedelta(hours=2)
    shown = await _hand_in(telegram, calendar(entry("cold@example.org", DTSTART=f"{later:%Y%m%dT%H%M%SZ}")))
    await _press(telegram, shown, "NF4")
    await _press(telegram, shown, "Take the changes")
    assert "1 moved" in (await _now(telegram, shown)).text

    async with httpx.AsyncClient(base_url=convoke.url) as http:
        assert f"DTSTART:{later:%Y%m%dT%H%M%SZ}" in (await http.get("/feeds/nf4.ics")).text
    assert await convoke.stop() == 0
    assert await telegram.refusals() == ()
    assert "ERROR" not in convoke.log


async def _hand_in(telegram: Telegram, content: bytes) -> Shown:
    await telegram.mark()
    await telegram.document(ORGANISER, "webinars.ics", content)
    await telegram.wait_for("sendMessage", chat=ORGANISER)
    return await telegram.last(ORGANISER)


async def _register(telegram: Telegram, code: str) -> None:
    await telegram.mark()
    await telegram.start(ANA, f"w_{code}")
    await telegram.wait_for("sendMessage", chat=ANA)
    card = await telegram.last(ANA)
    await telegram.mark()
    await telegram.press(ANA, card.message_id, "Register")
    await telegram.wait_for("sendMessage", chat=ANA)


async def _press(telegram: Telegram, shown: Shown, label: str) -> None:
    await telegram.mark()
    await telegram.press(ORGANISER, shown.message_id, label)
    await telegram.wait_for("editMessageText", chat=ORGANISER)


async def _now(telegram: Telegram, shown: Shown) -> Shown:
    (now,) = (message for message in await telegram.chat(ORGANISER) if message.message_id == shown.message_id)
    return now
