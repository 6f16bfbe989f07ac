"""What the partnerships share, over HTTP: two organisers, a company and an outsider; a crash, and a new bot."""

import re

import pytest

from sandbox.client import Shown, Telegram
from tests.acceptance.conftest import ORGANISER
from tests.acceptance.process import Convoke
from tests.acceptance.talking import Talk

BERT, ANA, ZED = 13, 21, 99
"""An organiser of another partnership, a company, and somebody who has never been here."""

PDF = b"%PDF-1.7 three questions"
CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Li Wei\nORG:Guangdong Cold Chain\nEMAIL:li@example.org\nEND:VCARD\n"
OLD, NEW = 7000001, 7000002
NOT_FOUND = "I can't find this in the library, or it is not for you. /library"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Nothing here depends on the database; use cases are tried on both."""
    return sqlite_url


async def test_what_is_shared_is_found_by_those_it_is_for_and_outlives_a_bot(
    convoke: Convoke, telegram: Telegram
) -> None:
    await telegram.bot(convoke.token)
    await convoke.start()
    marta, bert, ana = (Talk(telegram, person) for person in (ORGANISER, BERT, ANA))
    await _invite(marta, bert)

    code = await _share_across_a_crash(convoke, telegram, marta)
    await marta.open(f"e_{code}")
    assert (await ana.open(f"e_{code}")).text == NOT_FOUND
    await bert.say("/library fragebogen")
    await bert.press("Feedback Fragebogen")
    assert await _file(telegram, bert, "Get the file") == PDF
    await marta.press("Topics and readers", "For", "companies too", "Done")
    await ana.say("/library fragebögen")
    assert (await ana.press("Feedback Fragebogen")).labels == ("Get the file", "Library")

    await _share_a_contact(telegram, marta)
    await bert.say("/library guangdong")
    assert "li@example.org" in (await bert.press("Li Wei")).text
    assert b"FN:Li Wei\r\n" in await _file(telegram, bert, "Add to my phone")
    for outsider in (ana, Talk(telegram, ZED)):
        nothing = await outsider.say("/library guangdong")
        assert nothing.text == "I found nothing for “guangdong” in the library."

    await _be_another_bot(convoke)
    async with Telegram(telegram.url, bot=NEW) as again:
        bert = Talk(again, BERT)
        await bert.say("/library fragebogen")
        await bert.press("Feedback Fragebogen")
        for _ in range(2):  # brought by us, then known to the new bot
            assert await _file(again, bert, "Get the file") == PDF
    assert await convoke.stop() == 0
    assert "ERROR" not in convoke.log


async def _invite(marta: Talk, bert: Talk) -> None:
    """The administrator invites into a partnership's team, with a link that the organiser opens."""
    await marta.say("/manage")
    teams = await marta.press("Team")
    await marta.press(next(label for label in teams.labels if label.startswith("EC2i")))
    found = re.search(r"\?start=(\S+)", (await marta.press("Invite")).text)
    assert found
    await bert.open(found[1])
    await bert.press("Join the team")


async def _share_across_a_crash(convoke: Convoke, telegram: Telegram, marta: Talk) -> str:
    """The process is killed while the draft is written. Returns the entry's code."""
    await telegram.mark()
    await telegram.document(ORGANISER, "Feedback_Fragebogen.pdf", PDF)
    await marta.answer()
    card = await marta.press("Feedback template", "Text")
    assert "Title: Feedback Fragebogen\n" in card.text
    await convoke.kill()
    await convoke.start()
    card = await marta.say("Three questions while people are still there.")
    assert "Text: Three questions while people are still there.\n" in card.text
    shared = await marta.press("Share")
    found = re.search(r"library (\w+)", shared.button("Put into a chat").value)
    assert found
    return found[1]


async def _share_a_contact(telegram: Telegram, marta: Talk) -> None:
    await telegram.mark()
    await telegram.contact(ORGANISER, "+86 20 1234 5678", "Li", last_name="Wei", vcard=CARD)
    await marta.answer()
    card = await marta.press("Contact")
    assert "Share" not in card.labels  # nobody is shared who has not agreed
    await marta.say("by e-mail, 12 Jan 2026")
    await marta.press("Share")


async def _file(telegram: Telegram, talk: Talk, button: str) -> bytes:
    shown = talk.shown
    assert shown
    await telegram.mark()
    assert (await telegram.press(talk.person, shown.message_id, button)).answered
    (call,) = await telegram.wait_for("sendDocument", chat=talk.person)
    brought: Shown = next(each for each in await telegram.chat(talk.person) if each.message_id == call.message_id)
    assert brought.document
    return await telegram.file(str(brought.document["file_id"]))


async def _be_another_bot(convoke: Convoke) -> None:
    """The same installation with another token: all that the old bot called its files is worth nothing."""
    assert await convoke.stop() == 0
    assert convoke.token.startswith(f"{OLD}:")
    convoke.token = convoke.token.replace(str(OLD), str(NEW))
    await convoke.start()
