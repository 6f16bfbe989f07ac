"""A webinar from another partnership's template to the report, over HTTP: who learns what of it, and who nothing.

There are two organisers of two partnerships, two companies and an outsider.
"""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import httpx
import openpyxl
import pytest

from sandbox.client import Telegram
from tests.acceptance.playing import Demo, playing
from tests.acceptance.talking import Talk

MARTA, NINA, BERT, ANA, JONAS, ZED = 11, 112, 113, 121, 122, 199
"""The administrator, organisers of NF4 and of MobiGoIn, two companies, and somebody who has nothing to do with it."""

MINUTE = 60
DAY = 24 * 60 * MINUTE
EARLIER, TITLE = "Who buys bicycles in Chengdu", "Who buys cheese in Chengdu"
AGENDA = "10 min Welcome\n35 min Three buyers\n15 min Questions"
FORM, QUESTIONS = "Two questions on buyers", "Did you meet a buyer? yes / no\nWhat was missing?"
ROOM, OTHER_ROOM = "https://meet.example.org/cheese", "https://meet.example.org/another"
LESSON = "Ask the buyers for their questions a week before."
COMMENT = "A list of importers"
COMPANY = "Queijaria Sousa"
NO_ORGANISER = "Only organisers can do this."
NOT_THEIRS = "This webinar is hosted by NF4. Only their organisers can change it."
PHONE = "Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0"


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[Telegram]:
    demo = Demo(folder=tmp_path)
    async with playing(demo), Telegram(demo.chat) as client:
        await client.ready()
        yield client
    assert "Traceback" not in demo.warnings


async def test_what_came_of_a_webinar_is_told_to_those_it_concerns(telegram: Telegram) -> None:
    marta, nina, bert, ana, jonas, zed = [await _come(telegram, each) for each in (MARTA, NINA, BERT, ANA, JONAS, ZED)]
    for newcomer, partnership in ((nina, "NF4"), (bert, "MobiGoIn")):
        await _invite(marta, newcomer, partnership)
    await _share_agenda_and_questions(telegram, bert)
    code, start = await _post_with_them(telegram, nina)
    await _tell_the_company(ana)
    for company in (ana, jonas):
        await company.open(f"w_{code}")
        await company.press("Register")
        await company.take()  # what is asked after that

    await _join_in_every_state(telegram, nina, ana, jonas, start)
    await telegram.mark()
    await telegram.advance(130 * MINUTE)
    for each in (ana, jonas):
        assert (await each.take()).text.startswith(f"How was {TITLE}?")
    await _answer(ana, "5", "Show my name to the hosts", comment=COMMENT)
    await _answer(jonas, "3")
    await _see_results(nina, code, bert, ana, zed)
    await _see_numbers(telegram, nina, bert, ana, zed)
    await _erase(ana)
    await _numbers_stay_and_names_go(telegram, nina, bert, code)

    await _learn(telegram, nina, bert, marta)


async def _come(telegram: Telegram, person: int) -> Talk:
    """Somebody who is told things at any hour."""
    await telegram.people(person, first_name=f"Person {person}", language_code="en")
    talk = Talk(telegram, person)
    await talk.say("/settings")
    await talk.press("Quiet hours", "None")
    return talk


async def _invite(marta: Talk, newcomer: Talk, partnership: str) -> None:
    await marta.say("/manage")
    teams = await marta.press("Team")
    shown = await marta.press(next(label for label in teams.labels if label.startswith(partnership)), "Invite")
    found = re.search(r"\?start=(t_\S+)", shown.text)
    assert found
    await newcomer.open(found[1])
    await newcomer.press("Join the team")


async def _share_agenda_and_questions(telegram: Telegram, bert: Talk) -> None:
    """Of a webinar of his own the agenda, and questions to be asked after others."""
    day = datetime.now(UTC) + timedelta(days=9)
    for text in ("/new", EARLIER, f"{day:%Y-%m-%d} 10:00 UTC", "https://meet.example.org/bicycles"):
        await bert.say(text)
    await bert.press("Agenda")
    await bert.say(AGENDA)
    await bert.press("Preview", "Publish", "Manage")
    template = await bert.press_below("Share the agenda")
    assert f"\nTitle: {EARLIER}\n" in template.text
    await bert.press("Share")

    await bert.say("/share")
    await bert.press("Feedback template")
    await bert.say(FORM)
    await bert.say(QUESTIONS)
    assert (await bert.press("Share")).text.startswith("✅ Shared.")


async def _post_with_them(telegram: Telegram, nina: Talk) -> tuple[str, datetime]:
    """A little more than an hour from now. The template has lengths, so it fits any start."""
    await nina.say("/library bicycles")
    await nina.press(EARLIER)
    draft = await nina.press_below("Use it in my draft")
    assert "\nAgenda: 3 parts, 60 min\n" in draft.text
    start = (datetime.now(UTC) + timedelta(minutes=75)).replace(second=0, microsecond=0)
    for text in (TITLE, f"{start:%Y-%m-%d %H:%M} UTC", ROOM):
        await nina.say(text)
    await nina.press("Topics", "China", "Done", "Feedback questions", FORM, "Done")
    published = await nina.press("Preview", "Publish")
    assert all(line in published.text for line in ("Welcome", "Three buyers", "Questions"))
    found = re.search(r"/webinars/(\w+)", published.text)
    assert found
    return found[1], start


async def _tell_the_company(ana: Talk) -> None:
    await ana.say("/settings")
    await ana.press("Company")
    await ana.say(COMPANY)
    await ana.press("Another country")
    await ana.say("portugal")
    await ana.press("Done")


async def _join_in_every_state(telegram: Telegram, nina: Talk, ana: Talk, jonas: Talk, start: datetime) -> None:
    """Each time the same link of the same reminder."""
    await telegram.mark()
    await telegram.advance(17 * MINUTE)
    doors = [_door((await each.take()).button("Join now").url) for each in (ana, jonas)]
    early = await _look(doors[0])
    assert "The room is not open yet." in early.text
    assert "Add to calendar" in early.text

    await nina.say("/manage")
    await nina.press(TITLE, "Move")
    await nina.say(f"{start + timedelta(minutes=30):%Y-%m-%d %H:%M} UTC")
    since = await telegram.mark()
    await nina.press("Move and tell")
    moved = await _look(doors[0])
    assert "This webinar was moved." in moved.text
    assert "Old time: " in moved.text
    await nina.press("Cancel webinar", "No reason", "Cancel and tell")
    assert "This webinar is cancelled." in (await _look(doors[0])).text
    await nina.press("Restore", "Restore and tell")

    await telegram.advance(3 * MINUTE)
    for each in (ana, jonas):  # moved; called off and restored in time, which nobody needs to hear
        (told,) = await telegram.wait_for("sendMessage", chat=each.person, since=since)
        assert (told.text or "").startswith(f"{TITLE} has a new time:")
    await nina.press("Edit", "Link")
    await nina.say(OTHER_ROOM)
    since = await telegram.mark()
    await nina.press("Save")
    await telegram.advance(76 * MINUTE)
    for each in (ana, jonas):  # of the other room nobody is told
        (told,) = await telegram.wait_for("sendMessage", chat=each.person, since=since)
        assert (told.text or "").startswith("Starts in ")
    for page in (early, moved):
        assert ROOM not in page.text
    for door in doors:
        entered = await _look(door)
        assert (entered.status_code, entered.headers["location"]) == (302, OTHER_ROOM)


def _door(url: str | None) -> str:
    assert url
    assert "/join/" in url
    return url


async def _look(url: str) -> httpx.Response:
    async with httpx.AsyncClient() as http:
        return await http.get(url, headers={"User-Agent": PHONE})


async def _answer(person: Talk, stars: str, *buttons: str, comment: str = "") -> None:
    """Stars, the choice, and a line or none; all in the message that asked."""
    question = await person.press(stars)
    assert question.text.startswith(f"{TITLE}: question 1 of 2\nDid you meet a buyer?")
    await person.press("yes")
    if comment:
        await person.telegram.mark()
        await person.telegram.say(person.person, comment)
        await person.telegram.wait_for("editMessageText", chat=person.person)
        await person.look()
    else:
        await person.press("Skip")
    done = await person.press(*buttons) if buttons else await person.look()
    assert done.text.startswith(f"✅ Thank you. {TITLE}: {stars} of 5\n")


async def _see_results(nina: Talk, code: str, bert: Talk, ana: Talk, zed: Talk) -> None:
    """The hosts see them, with the one name that may be seen; nobody else does."""
    await nina.say("/manage")
    results = await nina.press("Past webinars", TITLE, "Feedback")
    assert results.text.splitlines()[2:4] == ["2 of the 2 who came answered (100%).", "⭐ 4 of 5 on average"]
    await nina.telegram.mark()
    await nina.telegram.press(NINA, results.message_id, "Picture")
    await nina.telegram.wait_for("sendPhoto", chat=NINA)
    comments = await nina.press("Comments (1)")
    assert comments.text.endswith(f"“{COMMENT}” — Person {ANA}")
    assert f"Person {JONAS}" not in results.text + comments.text

    for other, refusal in ((bert, NOT_THEIRS), (ana, NO_ORGANISER), (zed, NO_ORGANISER)):
        shown = await other.say("/help")
        for data in (f"ah:{code}", f"ap:{code}", f"ac:{code}:1", f"n:{code}:1", f"ne:{code}:xlsx"):
            await other.telegram.mark()
            assert (await other.telegram.forge(other.person, shown.message_id, data)).answered
            assert (await other.take()).text == refusal, data


SAID = (
    "📣 Reached 2 · 🎟 registered 2 · waited 0\n"
    "✅ Attended 2: 100% of those registered\n"
    "🌱 New companies: 2\n"
    "⭐ 4 of 5, from 2 answers (100%)"
)


async def _see_numbers(telegram: Telegram, nina: Talk, bert: Talk, ana: Talk, zed: Talk) -> None:
    """Both partnerships see the same totals, as words, as a picture and in the report; names only the hosts."""
    names = []
    for organiser in (nina, bert):
        assert (await _numbers_of_nf4(organiser)).endswith(SAID)
        await telegram.mark()
        await telegram.press(organiser.person, (await organiser.look()).message_id, "Picture")
        await telegram.wait_for("sendPhoto", chat=organiser.person)
        names.append(await _report(organiser))
    await bert.press("Each webinar")
    assert (await bert.press_below(TITLE)).text.endswith(SAID)
    assert names == [[(f"Person {ANA}", COMPANY), (f"Person {JONAS}", None)], []]
    for other in (ana, zed):
        assert (await other.say("/stats")).text == NO_ORGANISER
        shown = await other.say("/help")
        for data in ("ns:all:ever", "nd:nf4:ever", "nr:nf4:ever"):
            await telegram.mark()
            assert (await telegram.forge(other.person, shown.message_id, data)).answered
            assert (await other.take()).text == NO_ORGANISER, data
        assert await telegram.calls("sendDocument", chat=other.person, since=0) == ()


async def _numbers_of_nf4(organiser: Talk) -> str:
    await organiser.say("/stats")
    return (await organiser.press("Since the beginning", "NF4")).text


async def _report(organiser: Talk) -> list[tuple[object, object]]:
    """The totals that everybody may have are checked; returns the names and companies, which are for the hosts."""
    shown = await organiser.look()
    await organiser.telegram.mark()
    await organiser.telegram.press(organiser.person, shown.message_id, "Report (Excel)")
    file = await organiser.take("sendDocument")
    assert file.document
    await organiser.turn_to(shown.message_id)
    book = openpyxl.load_workbook(BytesIO(await organiser.telegram.file(file.document["file_id"])))
    counted = {row[0].value: row[1].value for row in book["How many"].iter_rows()}
    assert [counted[name] for name in ("Registered", "Attended", "New companies", "Answers")] == [2, 2, 2, 2]
    countries = {row[0].value: row[2].value for row in book["From which countries"].iter_rows(min_row=2)}
    assert countries == {"Portugal": 1, "not given": 1}
    assert {row[0].value: row[2].value for row in book["About what"].iter_rows(min_row=2)} == {"China": 2}
    assert "Attended" in [row[0].value for row in book["What is counted"].iter_rows()]
    return [(row[2].value, row[3].value) for row in book["Who"].iter_rows(min_row=2)]


async def _erase(ana: Talk) -> None:
    await ana.say("/privacy")
    assert (await ana.press("Delete my data", "Yes, delete everything")).text.startswith("Your data is deleted.")


async def _numbers_stay_and_names_go(telegram: Telegram, nina: Talk, bert: Talk, code: str) -> None:
    for organiser in (nina, bert):
        assert (await _numbers_of_nf4(organiser)).endswith(SAID)
    await _numbers_of_nf4(nina)
    assert await _report(nina) == [(f"Person {JONAS}", None)]
    await nina.say("/manage")
    results = await nina.press("Past webinars", TITLE, "Feedback")
    assert "2 of the 2 who came answered (100%)." in results.text
    assert not any(label.startswith("Comments") for label in results.labels)


async def _learn(telegram: Telegram, nina: Talk, bert: Talk, marta: Talk) -> None:
    """A day after, the hosts' organisers are asked, and nobody else; who plans the like is offered what they say."""
    since = await telegram.mark()
    await telegram.advance(DAY)
    calls = await telegram.wait_for("sendMessage", chat=NINA, since=since, count=2)  # NF4 hosted the coffee too
    (asked,) = (call for call in calls if (call.text or "").startswith(f"How did {TITLE} go?"))
    await nina.turn_to(asked.message_id)
    for other in (bert, marta):  # another partnership's, and no partnership's
        assert await telegram.calls("sendMessage", chat=other.person, since=since) == ()
    await nina.press_below("What to do better")
    draft = await nina.say(LESSON)
    assert "\nTopics: China\n" in draft.text
    assert (await nina.press("Share")).text.startswith("✅ Shared.")

    await bert.say("/new")
    await bert.say("Who buys scooters in Chengdu")
    await bert.press("Topics", "China", "Done")
    offered = await bert.press("💡 What others learnt")
    assert LESSON in offered.text
    assert await telegram.calls("sendMessage", chat=ZED, since=since) == ()
