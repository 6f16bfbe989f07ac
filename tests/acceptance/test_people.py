"""Two teams and their companies, over HTTP: a letter, a list, slides; and outsiders who try all that is forbidden."""

import csv
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest

from sandbox.client import Shown, Telegram
from storage import Database, Session, Webinar
from tests.acceptance.conftest import ORGANISER
from tests.acceptance.process import Convoke
from tests.factories import rows

MARTA, BERT, OLGA = 12, 13, 14
"""Organisers of NF4, of EC2i, and of a partnership that has no part in it."""

ANA, BEN = 21, 22
TITLE = "Cold chain to Guangdong"
LETTER = "Please bring a sample: https://example.org/samples"
VERBS = (
    *("e:%s", "er:%s:both", "ew:%s", "es:%s:1"),
    *("k:%s", "ka:%s:slides", "kx:%s:slides"),
    *("n:%s:1", "nc:%s", "ne:%s:csv", "ne:%s:xlsx"),
)
"""Every button that only the webinar's own teams have."""


async def test_hosts_talk_to_those_who_come_and_nobody_else_does(
    convoke: Convoke, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONVOKE_NOTICES__SETTLE", "1s")
    await convoke.start()
    for organiser, partnership in ((MARTA, "NF4"), (BERT, "EC2i"), (OLGA, "MobiGoIn")):
        await _invite(telegram, organiser, partnership)
    code = await _post(telegram)
    for company in (ANA, BEN):
        await _register(telegram, company, code)

    await _have_no_quiet_hours(telegram, ANA)
    await _write_across_a_crash(convoke, telegram)
    await _take_the_list(telegram)
    await _be_refused(telegram, code)
    await _let_it_be_over(convoke)
    await _hand_out_slides(telegram, code)
    await _be_refused(telegram, code)

    assert await convoke.stop() == 0
    assert "ERROR" not in convoke.log


async def _invite(telegram: Telegram, organiser: int, partnership: str) -> None:
    """The administrator invites into the partnership's team, with a link that the organiser opens."""
    card = await _ask(telegram, ORGANISER, "/manage")
    teams = await _press(telegram, ORGANISER, card, "Team")
    label = next(label for label in teams.labels if label.startswith(partnership))
    await _press(telegram, ORGANISER, card, label)
    invitation = await _press(telegram, ORGANISER, card, "Invite")
    found = re.search(r"\?start=(\S+)", invitation.text)
    assert found
    await telegram.mark()
    await telegram.start(organiser, found[1])
    await telegram.wait_for("sendMessage", chat=organiser)
    await _press(telegram, organiser, await telegram.last(organiser), "Join the team")


async def _post(telegram: Telegram) -> str:
    """A joint webinar of both teams, with one seat. Returns its code."""
    await _ask(telegram, ORGANISER, "/new")
    await _ask(telegram, ORGANISER, TITLE)
    tomorrow = datetime.now(UTC) + timedelta(hours=20)
    await _ask(telegram, ORGANISER, f"{tomorrow:%Y-%m-%d %H:%M} UTC")
    card = await _ask(telegram, ORGANISER, "https://meet.example.org/cold-chain")
    for label in ("Hosts", "NF4", "EC2i", "Done", "Seats"):
        await _press(telegram, ORGANISER, card, label)
    card = await _ask(telegram, ORGANISER, "1")
    await _press(telegram, ORGANISER, card, "Preview")
    published = await _press(telegram, ORGANISER, card, "Publish")
    found = re.search(r"/webinars/(\w+)", published.text)
    assert found, published.text
    return found[1]


async def _register(telegram: Telegram, company: int, code: str) -> None:
    """Ana gets the seat, Ben waits."""
    await telegram.mark()
    await telegram.start(company, f"w_{code}")
    await telegram.wait_for("sendMessage", chat=company)
    card = await telegram.last(company)
    await _press(telegram, company, card, "Register" if company == ANA else "Join waitlist")
    await telegram.wait_for("sendMessage", chat=company)  # whether to hear of more


async def _have_no_quiet_hours(telegram: Telegram, company: int) -> None:
    """Else what is of no hurry would wait for the morning, whenever this is played."""
    card = await _ask(telegram, company, "/settings")
    for label in ("Quiet hours", "None"):
        await _press(telegram, company, card, label)


async def _write_across_a_crash(convoke: Convoke, telegram: Telegram) -> None:
    """Marta types a letter; the process is killed before she sends it, and what she typed is there."""
    card = await _open(telegram, MARTA)
    await _press(telegram, MARTA, card, "Write to them")
    await _press(telegram, MARTA, card, "Both (2)")
    proof = await _ask(telegram, MARTA, LETTER)
    assert proof.text.startswith("2 people (registered or waiting) get this from NF4 with EC2i:")
    await convoke.kill()
    await convoke.start()

    since = await telegram.mark()
    sent = await _press(telegram, MARTA, proof, "Send")
    assert sent.text == "✅ Your letter goes to 2 people."
    for company in (ANA, BEN):
        (call,) = await telegram.wait_for("sendMessage", chat=company, since=since)
        assert call.text == f"✉️ NF4 with EC2i about {TITLE}:\n\n{LETTER}"


async def _take_the_list(telegram: Telegram) -> None:
    """Bert of the other team sees the same people."""
    card = await _open(telegram, BERT)
    people = await _press(telegram, BERT, card, "People")
    assert "1 registered, 1 waiting" in people.text
    table = csv.reader(
        StringIO((await _file(telegram, card, "CSV file")).decode("utf-8-sig"), newline=""), delimiter=";"
    )
    states = [(row[0], row[1]) for row in table]
    assert states == [("State", "Place in line"), ("registered", ""), ("waiting", "1")]
    book = openpyxl.load_workbook(BytesIO(await _file(telegram, card, "Excel file")))
    assert [row[0].value for row in book.worksheets[0].iter_rows()] == ["State", "registered", "waiting"]


async def _file(telegram: Telegram, card: Shown, label: str) -> bytes:
    await telegram.mark()
    await telegram.press(BERT, card.message_id, label)
    (call,) = await telegram.wait_for("sendDocument", chat=BERT)
    shown = next(each for each in await telegram.chat(BERT) if each.message_id == call.message_id)
    assert shown.document
    return await telegram.file(shown.document["file_id"])


async def _let_it_be_over(convoke: Convoke) -> None:
    """A day passes for this webinar."""
    database = Database(convoke.storage_url)
    await database.write(_a_day_earlier)
    await database.close()


def _a_day_earlier(session: Session) -> None:
    for webinar in rows(session, Webinar):
        webinar.local_start -= timedelta(days=1)
        webinar.starts_at -= timedelta(days=1)
        webinar.ends_at -= timedelta(days=1)


async def _hand_out_slides(telegram: Telegram, code: str) -> None:
    """Bert sends a file, Marta replaces it by a link: Ana hears of it once, and Ben finds it on the card."""
    card = await _ask(telegram, BERT, "/manage")
    for label in ("Past webinars", TITLE, "Slides and recording", "Slides"):
        await _press(telegram, BERT, card, label)
    since = await telegram.mark()
    await telegram.document(BERT, "slides.pdf", b"%PDF-1.7")
    await telegram.wait_for("sendMessage", chat=BERT)
    (told,) = await telegram.wait_for("sendDocument", chat=ANA, since=since)
    assert told.text == f"The slides of {TITLE} are here."

    card = await _ask(telegram, MARTA, "/manage")
    for label in ("Past webinars", TITLE, "Slides and recording", "Slides"):
        await _press(telegram, MARTA, card, label)
    replaced = await _ask(telegram, MARTA, "https://files.example.org/slides")
    assert replaced.text.startswith("✅ Replaced. Nobody is told again.")
    await telegram.mark()
    await telegram.start(BEN, f"w_{code}")
    await telegram.wait_for("sendMessage", chat=BEN)
    assert (await telegram.last(BEN)).button("Slides").value == "https://files.example.org/slides"
    assert len(await telegram.calls("sendDocument", since=since)) == 1


async def _be_refused(telegram: Telegram, code: str) -> None:
    """A company and the organiser of another partnership forge every button there is."""
    for stranger in (ANA, OLGA):
        shown = await _ask(telegram, stranger, "/webinars")
        for verb in VERBS:
            await telegram.mark()
            assert (await telegram.forge(stranger, shown.message_id, verb % code)).answered
            (call,) = await telegram.wait_for("sendMessage", chat=stranger)
            expected = "Only organisers can do this." if stranger == ANA else "This webinar is hosted by NF4 and EC2i."
            assert call.text is not None
            assert call.text.startswith(expected), verb
    assert await telegram.refusals() == ()


async def _open(telegram: Telegram, organiser: int) -> Shown:
    card = await _ask(telegram, organiser, "/manage")
    return await _press(telegram, organiser, card, TITLE)


async def _ask(telegram: Telegram, person: int, text: str) -> Shown:
    """Say something and wait for the answer."""
    await telegram.mark()
    await telegram.say(person, text)
    await telegram.wait_for("sendMessage", chat=person)
    return await telegram.last(person)


async def _press(telegram: Telegram, person: int, card: Shown, label: str) -> Shown:
    """Press a button and wait until the card shows what came of it."""
    await telegram.mark()
    await telegram.press(person, card.message_id, label)
    await telegram.wait_for("editMessageText", chat=person)
    (now,) = (message for message in await telegram.chat(person) if message.message_id == card.message_id)
    return now
