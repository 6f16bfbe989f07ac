"""An organiser sees who comes, counts them and takes the list away; nobody else does."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest

from sandbox.client import Shown
from storage import Audit, Cluster, Person, Session
from tests.factories import START, rows
from tests.integration.bot.organising import BACK, NO_ORGANISER, NOT_THEIRS, appoint, open_, refused
from tests.integration.bot.stage import ANA, BEN, CHIARA, MARTA, Stage
from tests.integration.bot.steps import register

CODE = "pack1234"
COLUMNS = ["State", "Place in line", "Name", "Company", "Country", "Cluster", "Partnership"]


async def prepare(stage: Stage) -> None:
    """Ana has the seat and has said where she is from, Ben waits and calls himself a formula."""
    await stage.post(code=CODE, capacity=1)
    for user in (ANA, BEN):
        await register(stage, user, CODE)
    await stage.database.write(introduce)


def introduce(session: Session) -> None:
    session.add(Cluster(id="tweed", name="Tweed", country="BE", partnership_id="alpha"))
    session.flush()
    for person in rows(session, Person):
        if person.telegram_id == ANA:
            person.company, person.country, person.cluster_id = "Ana & Sons", "BE", "tweed"
        if person.telegram_id == BEN:
            person.name, person.company = "=1+1", "@SUM(A1)"


async def open_people(stage: Stage, user: int = MARTA) -> Shown:
    await open_(stage, user)
    return await stage.press(user, "People")


async def test_list_says_what_people_said(stage: Stage) -> None:
    await prepare(stage)

    people = await open_people(stage)

    assert people.text == (
        "Smart packaging\n📅 Wed 20 Jan, 10:00 CET\n1 registered, 1 waiting\n\n"
        "Ana · registered\nAna & Sons · Belgium · Tweed\n\n"
        "=1+1 · waiting, number 1\n@SUM(A1)"
    )
    assert people.labels == ("CSV file", "Excel file", "Numbers", BACK)
    counts = await stage.press(MARTA, "Numbers")
    assert counts.text == (
        "Smart packaging\n📅 Wed 20 Jan, 10:00 CET\n1 registered, 1 waiting\n\n"
        "By partnership\nAlpha: 1\nnot given: 0, 1 waiting\n\n"
        "By cluster\nTweed: 1\nnot given: 0, 1 waiting\n\n"
        "By country\nBelgium: 1\nnot given: 0, 1 waiting\n\n"
        "By market\nChina: 1, 1 waiting"
    )
    assert (await stage.press(MARTA, BACK)).text == people.text
    assert await stage.refusals() == ()


async def exported(stage: Stage, button: str) -> tuple[str, str, bytes]:
    """The file's name, what stands under it, and what is in it."""
    message = await open_people(stage)
    await stage.telegram.mark()
    assert (await stage.telegram.press(MARTA, message.message_id, button)).answered
    (call,) = await stage.telegram.wait_for("sendDocument", chat=MARTA)
    shown = await stage.message(MARTA, call.message_id)
    assert shown.document
    return shown.document["file_name"], shown.text, await stage.telegram.file(shown.document["file_id"])


async def test_csv_file(stage: Stage) -> None:
    await prepare(stage)

    name, caption, content = await exported(stage, "CSV file")

    assert name == f"{CODE}.csv"
    assert caption.startswith("Everybody who is registered or waits. Delete the file when you no longer need it.")
    assert list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")) == [
        COLUMNS,
        ["registered", "", "Ana", "Ana & Sons", "Belgium", "Tweed", "Alpha"],
        ["waiting", "1", "'=1+1", "'@SUM(A1)", "", "", ""],
    ]
    assert [(line.action, line.after) for line in await stage.database.read(rows, Audit)] == [
        ("exported", {"form": "csv", "people": 2})
    ]
    assert await stage.refusals() == ()


async def test_excel_file(stage: Stage) -> None:
    await prepare(stage)

    name, _, content = await exported(stage, "Excel file")

    assert name == f"{CODE}.xlsx"
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.sheetnames == ["People", "Numbers"]
    assert [[cell.value for cell in row] for row in book["People"].iter_rows()] == [
        COLUMNS,
        ["registered", None, "Ana", "Ana & Sons", "Belgium", "Tweed", "Alpha"],
        ["waiting", 1, "=1+1", "@SUM(A1)", None, None, None],
    ]
    assert {cell.data_type for row in book["People"].iter_rows() for cell in row} == {"s", "n"}
    assert await stage.refusals() == ()


async def test_pages(stage: Stage) -> None:
    await stage.post(code=CODE)
    await stage.fill(CODE, range(1001, 1013))

    first = await open_people(stage)
    assert (first.text.splitlines()[2], first.labels[0]) == ("12 registered (1 of 2)", "Later ›")  # noqa: RUF001
    last = await stage.press(MARTA, "Later ›")  # noqa: RUF001 -- as on the button
    assert last.text.endswith("12 registered (2 of 2)\n\nPerson 1011 · registered\n\nPerson 1012 · registered")
    assert last.labels[0] == "‹ Earlier"  # noqa: RUF001
    assert await stage.refusals() == ()


async def test_nobody(stage: Stage) -> None:
    await stage.post(code=CODE)

    shown = await open_people(stage)

    assert shown.text == "Smart packaging\n📅 Wed 20 Jan, 10:00 CET\nNobody is registered yet."
    assert shown.labels == (BACK,)
    assert await stage.refusals() == ()


async def test_past_webinars_and_the_numbers_of_all(stage: Stage) -> None:
    await prepare(stage)
    stage.clock.moment = START + timedelta(days=1)
    await stage.hear(MARTA, "/manage")

    past = await stage.press(MARTA, "Past webinars")
    assert past.text == "Past webinars\n\nSmart packaging\nWed 20 Jan, 10:00 CET · 1 registered, 1 waiting"
    over = await stage.press(MARTA, "Smart packaging")
    assert {"Move", "Cancel webinar"} & {*over.labels} == set()
    await stage.press(MARTA, BACK)
    await stage.press(MARTA, BACK)
    assert (await stage.press(MARTA, "Numbers")).text.startswith("All partnerships · 2027\n📣 Reached 2 ·")
    assert await stage.refusals() == ()


@pytest.mark.parametrize("user", [ANA, CHIARA])
async def test_strangers_and_organisers_of_others_see_nobody(stage: Stage, user: int) -> None:
    await prepare(stage)
    await appoint(stage, CHIARA, "beta")

    verbs = ("n:pack1234:1", "nc:pack1234", "ne:pack1234:csv", "ne:pack1234:xlsx", "ne:pack1234:pdf")
    await refused(stage, user, verbs, NO_ORGANISER if user == ANA else NOT_THEIRS)

    assert await stage.database.read(rows, Audit) == []
    assert [call.method for call in await stage.telegram.calls("sendDocument")] == []
    assert await stage.refusals() == ()


async def test_strangers_see_nothing_of_the_past(stage: Stage) -> None:
    await refused(stage, ANA, ("np:1",), NO_ORGANISER)

    assert await stage.refusals() == ()


async def test_forged_form_shows_the_list(stage: Stage) -> None:
    await prepare(stage)
    message = await open_(stage, MARTA)

    assert "Ana & Sons" in (await stage.forge(MARTA, "ne:pack1234:pdf", message)).text
    assert await stage.database.read(rows, Audit) == []
    assert await stage.refusals() == ()
