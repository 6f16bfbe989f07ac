"""A webinar and what comes of it, as a story over HTTP: who came, what they thought, and who was missed."""

from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import httpx
import pytest

from sandbox.client import Shown, Telegram
from tests.acceptance.playing import Demo, playing
from tests.acceptance.talking import Talk

ORGANISER = 11
MINUTE = 60
SOON = "Coffee with buyers from Shanghai"
"""In the demo it starts about twelve minutes after the demo, and takes half an hour."""
ROOM = "https://meet.example.org/coffee"
RECORDING = "https://files.example.org/coffee"
PHONE = "Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0"

_PEOPLE = count(100)


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[Telegram]:
    demo = Demo(folder=tmp_path)
    async with playing(demo), Telegram(demo.chat) as client:
        await client.ready()
        yield client
    assert "Traceback" not in demo.warnings


async def come(telegram: Telegram) -> Talk:
    """Somebody who was never here, is told things at any hour, and has a seat."""
    person = next(_PEOPLE)
    await telegram.people(person, first_name=f"Person {person}", language_code="en")
    talk = Talk(telegram, person)
    await talk.say("/settings")
    await talk.press("Quiet hours", "None")
    await talk.say("coffee")
    card = await talk.press(SOON)
    await talk.press("Register")
    await talk.take()  # what is asked after that
    await talk.turn_to(card.message_id)
    return talk


async def look(url: str, user_agent: str) -> httpx.Response:
    async with httpx.AsyncClient() as http:
        return await http.get(url, headers={"User-Agent": user_agent})


async def test_who_came_is_asked_and_who_was_missed_hears_what_there_was(telegram: Telegram) -> None:
    ana, jonas, bert = [await come(telegram) for _ in range(3)]
    address = await go_in(telegram, ana, jonas)

    await telegram.mark()
    await telegram.advance(75 * MINUTE)
    asked = [(each, await each.take()) for each in (ana, jonas)]
    assert await telegram.calls("sendMessage", chat=bert.person) == ()
    for (each, question), stars in zip(asked, ("5", "4"), strict=True):
        assert question.text.startswith(f"How was {SOON}?")
        await answer(each, question, stars)

    await hand_out(telegram, ana, jonas, bert)
    await see_results(telegram)
    over = await look(address, PHONE)
    assert (over.status_code, RECORDING in over.text) == (200, True)


async def go_in(telegram: Telegram, *people: Talk) -> str:
    """The reminder's button leads into the room; what only looks at the address counts nobody. Returns one address."""
    address = ""
    await telegram.mark()
    await telegram.advance(3 * MINUTE)
    for each in people:
        reminder = await each.take()
        address = way_in(reminder)
        assert ROOM not in (await look(address, "TelegramBot (like TwitterBot)")).text
        assert (await look(address, PHONE)).headers["location"] == ROOM
    return address


def way_in(reminder: Shown) -> str:
    url = reminder.button("Join now").url
    assert url
    return url


async def answer(person: Talk, asked: Shown, stars: str) -> None:
    """All in the one message: stars, a scale, a choice that is skipped, a line."""
    await person.press(stars, "4", "Skip")
    await person.telegram.mark()
    await person.telegram.say(person.person, comment(person))
    await person.telegram.wait_for("editMessageText", chat=person.person)
    done = await person.turn_to(asked.message_id)
    assert done.text.startswith(f"✅ Thank you. {SOON}: {stars} of 5\n")
    assert done.text.endswith("The hosts see your answers without your name.")


def comment(person: Talk) -> str:
    return f"More like this, says {person.person}"


async def hand_out(telegram: Telegram, ana: Talk, jonas: Talk, bert: Talk) -> None:
    marta = Talk(telegram, ORGANISER)
    await marta.say("/manage")
    await marta.press("Past webinars", SOON, "Slides and recording", "Recording")
    added = await marta.say(RECORDING)
    assert added.text.startswith("✅ Added. 3 people get it in a moment.")

    await telegram.mark()
    await telegram.advance(3 * MINUTE)
    for each in (ana, jonas):
        told = await each.take()
        assert (told.text, told.button("Recording").url) == (f"The recording of {SOON} is here.", RECORDING)
    missed = await bert.take()
    assert missed.text == f"Sorry we missed you at {SOON}. Here is the recording."
    assert missed.button("Recording").url == RECORDING
    asked = await bert.press_below("I was there")
    assert asked.text.startswith("✅ Thank you, you are counted among those who came.\nHow was ")
    await bert.press("3", "Skip", "Skip")
    done = await bert.say(comment(bert))
    assert done.text.startswith(f"✅ Thank you. {SOON}: 3 of 5\n")


async def see_results(telegram: Telegram) -> None:
    marta = Talk(telegram, ORGANISER)
    await marta.say("/manage")
    results = await marta.press("Past webinars", SOON, "Feedback")
    assert results.text.splitlines()[2:4] == ["3 of the 3 who came answered (100%).", "⭐ 4 of 5 on average"]
    comments = await marta.press("Comments (3)")
    assert comments.text.count("More like this, says ") == 3
    assert "Person" not in comments.text
