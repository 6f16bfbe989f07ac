"""An organiser sends a file of webinars: what it would lead to is shown first, taken then, and followed later."""

from datetime import timedelta

import pytest

from sandbox.client import Shown
from storage import Draft, Role, Session, Webinar, WebinarStatus
from tests.calendar_files import calendar, entry
from tests.factories import add_role, rows
from tests.integration.bot.stage import ANA, BEN, MARTA, Stage
from tests.integration.bot.steps import at, register, tap, texts

BACK = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK} Back"
CONTENT = calendar(entry("a", "Cold chain"), entry("b", "Warm chain", LOCATION=""), entry("c", DTSTART="20270203"))


async def hand_in(stage: Stage, user: int, content: bytes, name: str = "webinars.ics") -> Shown:
    """Send a file. Returns the bot's answer."""
    await stage.telegram.mark()
    await stage.telegram.document(user, name, content)
    return await stage.answer(user)


async def appoint(stage: Stage, user: int, *partnerships: str) -> None:
    await stage.start(user)
    person_id = await stage.person_id(user)
    for partnership in partnerships:
        await stage.database.write(add_role, person_id, partnership)


async def test_a_file_becomes_drafts_and_then_webinars(stage: Stage) -> None:
    await appoint(stage, BEN, "alpha")

    foreseen = await hand_in(stage, BEN, CONTENT)
    assert foreseen.text == (
        "webinars.ics for Alpha\n"
        "Nothing has been changed yet. This is what would happen:\n"
        "2 new drafts\n\n"
        "1 thing can't be taken:\n"
        "• Line 17, Cold chain: it lasts all day; a webinar needs a time."
    )
    assert foreseen.labels == ("Make 2 drafts", "Publish it", BACK)
    assert (await stage.database.read(rows, Draft), await stage.database.read(rows, Webinar)) == ([], [])

    done = await stage.press(BEN, "Make 2 drafts", foreseen)
    assert done.text.startswith("webinars.ics for Alpha\n✅ Done.\n2 new drafts\n\n1 thing can't")
    assert done.labels == ("Publish it", "Drafts (2)", BACK)
    assert len(await stage.database.read(rows, Draft)) == 2

    published = await stage.press(BEN, "Publish it", done)
    assert published.text.endswith(
        "1 thing to look at:\n• Line 11, Warm chain: it has no link to join, so it stays a draft."
    )
    (webinar,) = await stage.database.read(rows, Webinar)
    assert (webinar.uid, webinar.created_by) == ("a", await stage.person_id(BEN))
    assert "Cold chain" in (await stage.hear(ANA, "/webinars")).text

    again = await hand_in(stage, BEN, CONTENT)
    assert "2 unchanged\n" in again.text
    assert again.labels == (BACK,)
    assert await stage.refusals() == ()


async def test_changes_are_shown_taken_and_told_to_those_who_come(stage: Stage) -> None:
    await appoint(stage, BEN, "alpha")
    before = calendar(entry("a"), entry("b", "Warm chain"))
    await stage.press(BEN, "Publish all 2", await hand_in(stage, BEN, before))
    (cold, warm) = await stage.database.read(rows, Webinar)
    await register(stage, ANA, cold.code)
    await tap(stage, ANA, "Register", await stage.start(ANA, f"w_{warm.code}"))

    after = calendar(
        entry("a", DTSTART="TZID=Europe/Brussels:20270204T093000"), entry("b", "Warm chain", STATUS="CANCELLED")
    )
    foreseen = await hand_in(stage, BEN, after)
    assert foreseen.text == (
        "webinars.ics for Alpha\n"
        "Nothing has been changed yet. This is what would happen:\n"
        "1 moved\n1 cancelled\n"
        "Registered companies are told of changes, as always.\n"
        "• Line 4, Cold chain: moved\n• Line 11, Warm chain: cancelled"
    )
    assert foreseen.labels == ("Take the changes", BACK)
    await stage.press(BEN, "Take the changes", foreseen)

    (cold, warm) = await stage.database.read(rows, Webinar)
    assert (cold.local_start.day, warm.status) == (4, WebinarStatus.CANCELLED)
    told = texts(await at(stage, stage.clock() + timedelta(minutes=3)))
    assert len(told[ANA]) == 2
    assert await stage.refusals() == ()


async def test_organiser_of_several_says_for_whom(stage: Stage) -> None:
    await appoint(stage, BEN, "alpha", "beta")

    asked = await hand_in(stage, BEN, b"title,start\nCold chain,2027-02-03 09:30 CET\n", "list.csv")
    assert (asked.text, asked.labels) == ("Whose webinars are in list.csv?", ("Alpha", "Beta", BACK))
    foreseen = await stage.press(BEN, "Beta", asked)
    assert foreseen.text.startswith("list.csv for Beta\nNothing has been changed yet.")
    await stage.press(BEN, "Make 1 draft", foreseen)
    (draft,) = await stage.database.read(rows, Draft)
    assert draft.fields["hosts"] == ["beta"]
    assert await stage.refusals() == ()


async def test_press_finds_the_file_after_a_restart(stage: Stage) -> None:
    await appoint(stage, BEN, "alpha")
    foreseen = await hand_in(stage, BEN, CONTENT)

    await stage.restart()

    assert "✅ Done." in (await stage.press(BEN, "Make 2 drafts", foreseen)).text


async def test_long_list_of_what_is_wrong_is_a_file(stage: Stage) -> None:
    await appoint(stage, BEN, "alpha")
    content = calendar(*(entry(str(day), f"Day {day}", DTSTART=f"202702{day:02}") for day in range(1, 13)))

    shown = await hand_in(stage, BEN, content)

    lines = shown.text.splitlines()
    assert lines[1:3] == ["There is nothing in it that I can take.", ""]
    assert lines[3] == "12 things can't be taken:"
    assert len(lines[4:]) == 11
    assert lines[-1] == "2 more are in the file below."
    (sent,) = await stage.telegram.wait_for("sendDocument", chat=BEN)
    assert sent.ok
    file = (await stage.message(BEN, sent.message_id)).document
    assert file is not None
    assert file["file_name"] == "import.txt"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.ics", b"", "The file is empty."),
        ("a.ics", b"PK\x03\x04\x00\x00", "This is not a text file."),
        ("a.ICS", b"<html>", "This is not a calendar file: it must begin with BEGIN:VCALENDAR."),
        ("a.csv", b"one,two\n", "The first line must name the columns, at least title and start."),
        ("a.csv", b"x" * (1024 * 1024 + 1), "The file is larger than 1 MB."),
        ("a.ics", b"BEGIN:VCALENDAR\r\n" * 20, "Line 6: Its parts are nested too deep for a calendar."),
        ("a.ics", calendar(*[entry("a", RRULE="FREQ=DAILY")] * 9), "The file makes more than 1000 webinars."),
    ],
)
async def test_file_that_cannot_be_taken_is_refused(stage: Stage, name: str, content: bytes, why: str) -> None:
    await appoint(stage, BEN, "alpha")

    refused = await hand_in(stage, BEN, content, name)

    assert (refused.text, refused.labels) == (f"⚠️ {why}\nNothing was changed.", ("Import", BACK))
    assert (await stage.press(BEN, "Import", refused)).text.startswith("Import webinars\n")
    assert await stage.refusals() == ()


async def test_import_is_explained(stage: Stage) -> None:
    await stage.hear(MARTA, "/manage")
    explained = await stage.press(MARTA, "Import")

    assert explained.text.startswith("Import webinars\nSend me a calendar file (.ics) or a table (.csv)")
    assert explained.labels == (BACK,)


async def test_one_event_fills_the_open_draft(stage: Stage) -> None:
    await appoint(stage, BEN, "alpha")
    one = calendar(entry("a", "Cold chain"))
    assert "Fill my open draft" not in (await hand_in(stage, BEN, one)).labels
    await stage.hear(BEN, "/new")

    shown = await hand_in(stage, BEN, one)
    assert shown.labels == ("Make 1 draft", "Publish it", "Fill my open draft", BACK)
    card = await stage.press(BEN, "Fill my open draft", shown)

    assert "Title: Cold chain\n" in card.text
    assert "When: Wed 3 February 2027, 09:30 CET (Brussels)\n" in card.text
    (draft,) = await stage.database.read(rows, Draft)
    assert draft.person_id == await stage.person_id(BEN)
    assert "Fill my open draft" not in (await hand_in(stage, BEN, CONTENT)).labels
    assert await stage.refusals() == ()


async def test_file_of_a_company_is_not_read(stage: Stage) -> None:
    await stage.start(ANA)
    lost = await stage.hear(ANA, "/nonsense")

    assert (await hand_in(stage, ANA, CONTENT)).text == lost.text


@pytest.mark.parametrize("data", ["im", "ip:alpha", "it:alpha:0", "it:alpha:1", "if"])
async def test_nobody_but_organisers_imports(stage: Stage, data: str) -> None:
    await appoint(stage, BEN, "alpha")
    await hand_in(stage, BEN, CONTENT)
    await stage.hear(ANA, "/webinars")
    await stage.database.write(_dismiss, await stage.person_id(BEN))

    for user in (ANA, BEN):
        await stage.telegram.mark()
        await stage.telegram.forge(user, stage._in_hand[user].message_id, data)  # noqa: SLF001
        await stage.telegram.wait_for("answerCallbackQuery", chat=None)
    assert (await stage.database.read(rows, Draft), await stage.database.read(rows, Webinar)) == ([], [])


async def test_organiser_does_not_import_for_others(stage: Stage) -> None:
    await appoint(stage, BEN, "alpha")
    foreseen = await hand_in(stage, BEN, CONTENT)

    for data in ("it:beta:1", "ip:beta", "it:nowhere:0"):
        await stage.telegram.mark()
        await stage.telegram.forge(BEN, foreseen.message_id, data)
        (refused,) = await stage.telegram.wait_for("sendMessage", chat=BEN)
        assert "Only" in str(refused.text)
    assert await stage.database.read(rows, Webinar) == []


async def test_button_whose_file_is_gone_says_so(stage: Stage) -> None:
    await appoint(stage, BEN, "alpha")
    menu = await stage.hear(BEN, "/manage")

    assert (await stage.forge(BEN, "it:alpha:0", menu)).text == "I don't find that file any more. Please send it again."


def _dismiss(session: Session, person_id: int) -> None:
    for role in rows(session, Role):
        if role.person_id == person_id:
            session.delete(role)
