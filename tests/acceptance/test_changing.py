"""A webinar is changed over HTTP with eyes open: two teams, a process that is killed, and somebody from outside."""

import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from icalendar import Calendar

from sandbox.client import Telegram
from tests.acceptance.conftest import ORGANISER
from tests.acceptance.process import Convoke
from tests.acceptance.talking import Talk

MARTA, BERT, OLGA = 12, 13, 14
"""Organisers of NF4, of EC2i, and of a partnership that has no part in it."""

ANA, BEN, CHIARA = 21, 22, 23
TITLE, BETTER = "Cold chain to Guangdong", "Cold chain to Guangdong and Fujian"
LINK, NEW_LINK = "https://meet.example.org/cold-chain", "https://meet.example.org/new"
REASON = "The port is closed."


async def test_a_webinar_is_changed_and_each_is_told_once(
    convoke: Convoke, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONVOKE_NOTICES__SETTLE", "1s")
    await convoke.start()
    talks = {person: Talk(telegram, person) for person in (ORGANISER, MARTA, BERT, OLGA, ANA, BEN, CHIARA)}
    for organiser, partnership in ((MARTA, "NF4"), (BERT, "EC2i"), (OLGA, "MobiGoIn")):
        await _join(talks[ORGANISER], talks[organiser], partnership)
    code = await _post(talks[ORGANISER])
    for company, label in ((ANA, "Register"), (BEN, "Register"), (CHIARA, "Join waitlist")):
        await talks[company].open(f"w_{code}")
        await talks[company].press(label)

    await _change_title_across_a_crash(convoke, talks[MARTA], telegram)
    way_in = await _change_link(talks[BERT], talks[ANA], telegram)
    async with httpx.AsyncClient() as http:
        assert "The room is not open yet." in (await http.get(way_in, headers={"User-Agent": "Mozilla/5.0"})).text
    await _give_more_seats(talks[MARTA], talks[CHIARA])
    await _cancel(talks[BERT], telegram)
    await _stay_out(talks[OLGA], code)
    await _see_it_in_the_calendar(convoke, code)

    assert await convoke.stop() == 0
    assert "ERROR" not in convoke.log
    assert way_in.rpartition("/")[2] not in convoke.log


async def _join(admin: Talk, organiser: Talk, partnership: str) -> None:
    await admin.say("/manage")
    teams = await admin.press("Team")
    invitation = await admin.press(next(label for label in teams.labels if label.startswith(partnership)), "Invite")
    found = re.search(r"\?start=(\S+)", invitation.text)
    assert found
    await organiser.open(found[1])
    await organiser.press("Join the team")


async def _post(admin: Talk) -> str:
    """A joint webinar of both teams for two. Returns its code."""
    tomorrow = datetime.now(UTC) + timedelta(hours=30)
    for answer in ("/new", TITLE, f"{tomorrow:%Y-%m-%d} 09:00 UTC", LINK):
        await admin.say(answer)
    await admin.press("Hosts", "NF4", "EC2i", "Done", "Seats")
    await admin.say("2")
    published = await admin.press("Preview", "Publish")
    found = re.search(r"/webinars/(\w+)", published.text)
    assert found, published.text
    return found[1]


async def _edit(organiser: Talk, title: str, *buttons: str) -> None:
    await organiser.say("/manage")
    await organiser.press(title, "Edit", *buttons)


async def _told(telegram: Telegram, since: int, *people: int) -> dict[int, str]:
    """What these were told, each once, and nobody else anything."""
    for person in people:
        await telegram.wait_for("sendMessage", chat=person, since=since, wait=30)
    calls = [call for call in await telegram.calls("sendMessage", since=since) if call.chat_id in (ANA, BEN, CHIARA)]
    assert sorted(call.chat_id or 0 for call in calls) == sorted(people)
    return {call.chat_id or 0: call.text or "" for call in calls}


async def _change_title_across_a_crash(convoke: Convoke, marta: Talk, telegram: Telegram) -> None:
    """Killed before the answer, before the change is saved and before it is told, it is told all the same: once."""
    await _edit(marta, TITLE, "Title")
    await convoke.kill()
    await convoke.start()
    sure = await marta.say(BETTER)
    assert "3 people can be told (2 registered, 1 waiting)." in sure.text
    await convoke.kill()
    await convoke.start()
    since = await telegram.mark()
    await marta.press("Save and tell")
    await convoke.kill()
    await convoke.start()

    told = await _told(telegram, since, ANA, BEN, CHIARA)
    assert {*told.values()} == {f"{TITLE} has changed:\nTitle: {TITLE} → {BETTER}"}


async def _change_link(bert: Talk, ana: Talk, telegram: Telegram) -> str:
    """Ben's button leads to the new room by itself; Ana has the old link in a file. Returns her way in."""
    card = await ana.look()
    await telegram.mark()
    assert (await telegram.press(ANA, card.message_id, "Add to calendar")).answered
    await telegram.wait_for("sendDocument", chat=ANA)
    await _edit(bert, BETTER, "Link")
    await bert.say(NEW_LINK)
    since = await telegram.mark()
    await bert.press("Save and tell")

    await _told(telegram, since, ANA)
    calls = await telegram.calls("sendMessage", since=since)
    [way_in] = [call.markup["inline_keyboard"][0][0]["url"] for call in calls if call.chat_id == ANA and call.markup]
    assert "/join/" in way_in
    return str(way_in)


async def _give_more_seats(marta: Talk, chiara: Talk) -> None:
    await _edit(marta, BETTER, "Seats")
    sure = await marta.say("3")
    assert "1 of those in line gets a seat at once and is told." in sure.text
    await marta.press("Save")

    assert (await chiara.take()).text.startswith(f"🎟 A seat came free: you are registered for {BETTER}.")


async def _cancel(bert: Talk, telegram: Telegram) -> None:
    await bert.say("/manage")
    await bert.press(BETTER, "Cancel webinar")
    sure = await bert.say(REASON)
    assert "3 people are told once (3 registered)." in sure.text
    since = await telegram.mark()
    await bert.press("Cancel and tell")

    told = await _told(telegram, since, ANA, BEN, CHIARA)
    assert all(text.endswith(f"\nReason: {REASON}") for text in told.values())


async def _stay_out(olga: Talk, code: str) -> None:
    """Whatever an outsider forges, she is refused."""
    message = await olga.open()
    for data in (f"x:{code}", f"xa:{code}:title", f"xl:{code}:fr", f"gm:{code}", f"gr:{code}", f"gx:{code}:1"):
        await olga.telegram.mark()
        assert (await olga.telegram.forge(OLGA, message.message_id, data)).answered
        assert "Only their organisers can change it." in (await olga.answer()).text, data
    for data in (f"xv:{code}:1", f"xs:{code}:1:1", f"xt:{code}:1:food"):
        await olga.telegram.mark()
        assert (await olga.telegram.forge(OLGA, message.message_id, data)).answered
        assert "Only their organisers can change it." in (await olga.answer()).text, data


async def _see_it_in_the_calendar(convoke: Convoke, code: str) -> None:
    """Each visible change counted: three edits and the cancelling."""
    async with httpx.AsyncClient(base_url=convoke.url) as http:
        text = (await http.get(f"/webinars/{code}.ics")).text
    [event] = Calendar.from_ical(text).walk("VEVENT")
    assert (str(event["SUMMARY"]), event["SEQUENCE"], str(event["STATUS"])) == (
        f"CANCELLED: {BETTER}",
        4,
        "CANCELLED",
    )
    assert NEW_LINK not in text
