"""Two partnerships find a time and meet, over HTTP, across a crash; a company and an outsider notice nothing."""

import re
from datetime import UTC, datetime, timedelta

import httpx
from icalendar import Calendar

from sandbox.client import Shown, Telegram
from storage import Database
from tests.acceptance.conftest import ORGANISER
from tests.acceptance.crashing import all_settled
from tests.acceptance.process import Convoke
from tests.acceptance.talking import Talk

MARTA, BERT, ANA, ZED = 12, 13, 21, 99
"""Organisers of NF4 and of EC2i, a company, and somebody who has never been here."""

TITLE, ROOM = "Numbat strategy", "https://meet.example.org/numbat"
MARK = "numbat"
PUBLIC = ("/", "/?q=strategy", "/calendar", "/feeds/all.ics", "/feeds/nf4.ics", "/feeds/ec2i.ics", "/feeds/custom.ics")
NO_WEBINAR, NO_ORGANISER = "I can't find this webinar.", "Only organisers can do this."


async def test_organisers_find_a_time_and_nobody_else_learns_of_it(convoke: Convoke, telegram: Telegram) -> None:
    await convoke.start()
    admin, marta, bert, ana, zed = (Talk(telegram, person) for person in (ORGANISER, MARTA, BERT, ANA, ZED))
    for newcomer, partnership in ((marta, "NF4"), (bert, "EC2i")):
        await _invite(admin, newcomer, partnership)
    await bert.have_no_quiet_hours()
    await ana.open()
    before = await _seen_by_strangers(convoke)

    question = await _ask(marta, bert)
    await _written_down(convoke)
    await convoke.kill()
    await convoke.start()
    await bert.turn_to(question.message_id)
    await bert.press("1: yes")
    code = await _decide(marta, bert, question)

    await _known_to_nobody_else(convoke, telegram, before, code, (ana, zed))
    feed = await _subscribe(convoke, bert, ana)
    await _remove(admin, "EC2i")
    await _gone_for(bert, code, feed)
    assert await convoke.stop() == 0
    assert "ERROR" not in convoke.log
    assert feed.rpartition("/")[2].removesuffix(".ics") not in convoke.log


async def _invite(admin: Talk, newcomer: Talk, partnership: str) -> None:
    await admin.say("/manage")
    teams = await admin.press("Team")
    shown = await admin.press(next(label for label in teams.labels if label.startswith(partnership)), "Invite")
    found = re.search(r"\?start=(t_\S+)", shown.text)
    assert found
    await newcomer.open(found[1])
    await newcomer.press("Join the team")


async def _ask(marta: Talk, bert: Talk) -> Shown:
    """Returns what Bert is asked."""
    day = datetime.now(UTC) + timedelta(days=3)
    await marta.say("/meet")
    await marta.press("Poll: when can we meet?")
    for answer in (TITLE, f"{day:%Y-%m-%d} 10:00 UTC\n{day:%Y-%m-%d} 14:00 UTC", ROOM):
        await marta.say(answer)
    since = await marta.telegram.mark()
    await marta.press("Ask them")
    (call,) = await bert.telegram.wait_for("sendMessage", chat=BERT, since=since)
    return await bert.turn_to(call.message_id)


async def _written_down(convoke: Convoke) -> None:
    """A kill before that would leave it in doubt whether he was asked: he would be asked again."""
    database = Database(convoke.storage_url)
    await all_settled(database, 1)
    await database.close()


async def _decide(marta: Talk, bert: Talk, question: Shown) -> str:
    """Bert, who could, is told that he is on the list, and his question says that it is closed. Returns the code."""
    await marta.say("/meet")
    outcome = await marta.press(TITLE)
    assert f"✅ {_name(MARTA)} and {_name(BERT)}" in outcome.text
    since = await marta.telegram.mark()
    card = await marta.press(next(label for label in outcome.labels if label.startswith("✅ ")))
    assert card.text.startswith("✅ You come.")
    (call,) = await bert.telegram.wait_for("sendMessage", chat=BERT, since=since)
    told = await bert.turn_to(call.message_id)
    assert told.text.startswith(f"👥 NF4 calls a meeting of organisers:\n{TITLE}\n")
    assert told.text.endswith("You said that you can: you are on the list.")
    closed = next(shown for shown in await bert.telegram.chat(BERT) if shown.message_id == question.message_id)
    assert closed.text.startswith(f"{TITLE}\nThis poll is closed.\nThe meeting is on ")
    return card.button("I can't come").value.removeprefix("l:")


async def _seen_by_strangers(convoke: Convoke) -> dict[str, tuple[int, bytes]]:
    async with httpx.AsyncClient(base_url=convoke.url) as http:
        return {path: ((answer := await http.get(path)).status_code, answer.content) for path in PUBLIC}


async def _known_to_nobody_else(
    convoke: Convoke, telegram: Telegram, before: dict[str, tuple[int, bytes]], code: str, others: tuple[Talk, ...]
) -> None:
    """Whatever strangers open is byte for byte as before; a guessed code leads nowhere."""
    assert await _seen_by_strangers(convoke) == before
    async with httpx.AsyncClient(base_url=convoke.url) as http:
        for path in (f"/webinars/{code}", f"/webinars/{code}.ics", f"/webinars/{code}.png", f"/feeds/{code}.ics"):
            assert (await http.get(path)).status_code == 404
        assert MARK not in (await http.get("/metrics")).text.lower()
    for other in others:
        assert (await other.open(f"w_{code}")).text.startswith(NO_WEBINAR)
        assert (await other.say("/meet")).text == NO_ORGANISER
        shown = await other.say("/webinars")
        for data in (f"r:{code}", f"i:{code}", f"gw:{code}", "mv:1:yes", "mm:1"):
            await telegram.mark()
            assert (await telegram.forge(other.person, shown.message_id, data)).answered
            await other.take()
        assert MARK not in str(await telegram.chat(other.person)).lower().replace(code, "")


async def _subscribe(convoke: Convoke, bert: Talk, ana: Talk) -> str:
    """Bert's own address of all meetings; Ana has none."""
    shown = await bert.say("/calendar")
    found = re.search(r"http\S+/feeds/organisers/\S+\.ics", shown.text)
    assert found
    assert "/feeds/organisers/" not in (await ana.say("/calendar")).text
    async with httpx.AsyncClient() as http:
        answer = (await http.get(found[0])).raise_for_status()
    (event,) = Calendar.from_ical(answer.text).events
    assert (event["summary"], event["location"], event["class"]) == (TITLE, ROOM, "PRIVATE")
    return found[0]


async def _remove(admin: Talk, partnership: str) -> None:
    await admin.say("/manage")
    teams = await admin.press("Team")
    members = await admin.press(next(label for label in teams.labels if label.startswith(partnership)))
    await admin.press(next(label for label in members.labels if _name(BERT) in label))
    await admin.press("Yes, remove")


async def _gone_for(bert: Talk, code: str, feed: str) -> None:
    async with httpx.AsyncClient() as http:
        assert (await http.get(feed)).status_code == 410
    assert (await bert.open(f"w_{code}")).text.startswith(NO_WEBINAR)
    assert (await bert.say("/meet")).text == NO_ORGANISER
    assert TITLE not in (await bert.say("/mine")).text


def _name(person: int) -> str:
    return f"Person {person}"
