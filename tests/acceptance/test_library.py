"""What the partnerships share, over HTTP: two organisers, two companies and an outsider; a crash, and a new bot."""

import re
import sqlite3
from contextlib import closing

from sqlalchemy import make_url

from sandbox.client import Shown, Telegram
from tests.acceptance.conftest import ORGANISER
from tests.acceptance.process import Convoke
from tests.acceptance.talking import Talk

BERT, ANA, JONAS, ZED = 13, 21, 22, 99
"""An organiser of another partnership, two companies, and somebody who has never been here."""

GROUP = -1001
PDF, BETTER = b"%PDF-1.7 three questions", b"%PDF-1.7 two questions"
CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Li Wei\nORG:Guangdong Cold Chain\nEMAIL:li@example.org\nEND:VCARD\n"
OLD, NEW = 7000001, 7000002
NOT_FOUND = "I can't find this in the library, or it is not for you. /library"
NO_ORGANISER = "Only organisers can do this."
NOTHING = "I found nothing for “guangdong” in the library."


async def test_what_is_shared_is_found_by_those_it_is_for_and_outlives_a_bot(
    convoke: Convoke, telegram: Telegram
) -> None:
    await telegram.bot(convoke.token)
    await convoke.start()
    marta, bert, ana, jonas, zed = (Talk(telegram, person) for person in (ORGANISER, BERT, ANA, JONAS, ZED))
    await _invite(marta, bert)

    code = await _share_across_a_crash(convoke, telegram, marta)
    await marta.open(f"e_{code}")
    await _not_for(code, ana, zed)
    await bert.say("/library fragebogen")
    await bert.press("Feedback Fragebogen")
    assert await _file(telegram, bert, "Get the file") == PDF
    await marta.press("Topics and readers", "For", "companies too", "Done")
    await ana.say("/library fragebögen")
    assert (await ana.press("Feedback Fragebogen")).labels == ("Get the file", "Library")
    await _put_into_a_group(telegram, bert, jonas)
    await _write_a_better_one(telegram, code, marta, bert, ana)

    await _share_a_contact(telegram, marta)
    await bert.say("/library guangdong")
    assert "li@example.org" in (await bert.press("Li Wei")).text
    assert b"FN:Li Wei\r\n" in await _file(telegram, bert, "Add to my phone")
    for outsider in (ana, jonas, zed):
        assert (await outsider.say("/library guangdong")).text == NOTHING
    await _erase_the_contact(convoke, marta, bert)

    await _be_another_bot(convoke)
    async with Telegram(telegram.url, bot=NEW) as again:
        marta, bert, ana = (Talk(again, person) for person in (ORGANISER, BERT, ANA))
        await bert.say("/library fragebogen")
        await bert.press("Feedback Fragebogen")
        for _ in range(2):  # brought by us, then known to the new bot
            assert await _file(again, bert, "Get the file") == BETTER
        await _retire(code, marta, bert, ana)
    assert await convoke.stop() == 0
    assert "ERROR" not in convoke.log


async def _invite(marta: Talk, bert: Talk) -> None:
    """The administrator, who shares for EC2i, invites into another team, with a link that the organiser opens."""
    await marta.say("/manage")
    teams = await marta.press("Team")
    await marta.press(next(label for label in teams.labels if label.startswith("NF4")))
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


async def _not_for(code: str, *others: Talk) -> None:
    """Neither the link nor a button that they were never shown opens it; nor do they write anything there."""
    for other in others:
        assert (await other.open(f"e_{code}")).text == NOT_FOUND
        shown = await other.say("/share")
        assert shown.text == NO_ORGANISER
        for data in (f"vo:{code}", f"vh:{code}:1", f"vv:{code}", f"vr:{code}", f"vz:{code}:1", f"vs:{code}"):
            await other.telegram.mark()
            await other.telegram.forge(other.person, shown.message_id, data)
            assert (await other.take()).text == NOT_FOUND, data
        assert await other.telegram.calls("sendDocument", chat=other.person, since=0) == ()


async def _put_into_a_group(telegram: Telegram, bert: Talk, jonas: Talk) -> None:
    """An organiser puts it into a chat, where a company opens it; the company finds nothing to put anywhere."""
    await telegram.group(GROUP, members=dict.fromkeys((BERT, JONAS), "member"))
    (nothing,) = (await telegram.inline(JONAS, "library fragebogen")).results
    assert nothing["title"] == "No webinar is planned at the moment"
    asked = await telegram.inline(bert.person, "library fragebogen")
    put = await telegram.choose(BERT, asked, str(asked.results[0]["id"]), chat=GROUP)
    assert put.text.startswith("Feedback Fragebogen\nFeedback template · ")
    opened = await jonas.open((put.button("Open it").url or "").partition("start=")[2])
    assert opened.labels == ("Get the file", "Library")


async def _write_a_better_one(telegram: Telegram, code: str, marta: Talk, bert: Talk, ana: Talk) -> None:
    """Readers have the old version until the new one is shared; then organisers can still read the old."""
    await marta.open(f"e_{code}")
    await marta.press("New version", "Link or file")
    await telegram.mark()
    await telegram.document(ORGANISER, "Feedback_Fragebogen.pdf", BETTER)
    await marta.answer()
    assert await _file(telegram, ana, "Get the file") == PDF
    await marta.press("Share")

    await ana.open(f"e_{code}")
    assert await _file(telegram, ana, "Get the file") == BETTER
    await telegram.mark()
    await telegram.forge(ANA, (await telegram.last(ANA)).message_id, f"vh:{code}:1")
    assert (await ana.take()).text == NOT_FOUND
    await bert.open(f"e_{code}")
    versions = await bert.press("Versions (2)")
    await bert.press(next(label for label in versions.labels if label.startswith("1, ")))
    assert await _file(telegram, bert, "Get the file") == PDF


async def _erase_the_contact(convoke: Convoke, marta: Talk, bert: Talk) -> None:
    """Only who shared it erases it, because the person wishes it. Then it is nowhere, and the log has no name."""
    await marta.say("/library guangdong")
    await marta.press("Li Wei")
    await bert.say("/library guangdong")
    theirs = await bert.press("Li Wei")
    assert "Erase" not in theirs.labels
    contact = theirs.button("Add to my phone").value.removeprefix("vl:")
    await bert.telegram.mark()
    await bert.telegram.forge(BERT, theirs.message_id, f"vj:{contact}:1")
    assert "Only their organisers can change it." in (await bert.take()).text
    assert (await marta.press("Erase", "Erase")).text.startswith("✅ Erased.")

    assert (await bert.say("/library guangdong")).text == NOTHING
    await marta.say("/manage")
    log = await marta.press("Log")
    assert " erased a contact of " in log.text
    assert not re.search("Li Wei|guangdong", log.text, re.IGNORECASE)
    kept = _everything_kept(convoke)
    assert "Fragebogen" in kept
    assert not re.search(r"li@example\.org|1234 5678|Guangdong Cold Chain", kept)


def _everything_kept(convoke: Convoke) -> str:
    """All that stands in the tables of the database, the search's own ones too."""
    with closing(sqlite3.connect(make_url(convoke.storage_url).database or "")) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return "\n".join(str(row) for table in tables for row in database.execute(f'SELECT * FROM "{table}"'))  # noqa: S608 -- its own names


async def _retire(code: str, marta: Talk, bert: Talk, ana: Talk) -> None:
    """Nobody finds it any more, organisers still read it, and its own bring it back."""
    await marta.open(f"e_{code}")
    await marta.press("Retire", "Retire")
    assert (await ana.open(f"e_{code}")).text == NOT_FOUND
    assert (await bert.say("/library fragebogen")).text.startswith("Nothing is shared yet.")
    await bert.press("Retired")
    assert (await bert.press("Feedback Fragebogen")).text.startswith("Retired: only organisers still see it.")
    await marta.press("Bring back")
    assert (await ana.open(f"e_{code}")).labels == ("Get the file", "Library")


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
