"""Organisers ask what came of webinars; companies and outsiders are told nothing."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest

from storage import Attendance, Audit, Session
from tests.factories import NOW, add_registration, rows
from tests.integration.bot.organising import NO_ORGANISER, appoint, refused
from tests.integration.bot.stage import ANA, BEN, CHIARA, MARTA, Stage

CODE = "pack1234"
BACK = "‹ Back"  # noqa: RUF001 -- as on the button
ALL = (
    "ns:all:ever",
    "ns:alpha:202701-202712",
    "nd:all:ever",
    "nr:alpha:ever",
    f"nw:{CODE}",
    f"nv:{CODE}",
    f"ny:{CODE}",
    "ni:all:ever:1",
    "nn",
)


async def prepare(stage: Stage) -> None:
    """Alpha's webinar took place yesterday: Ana came, Ben did not."""
    await stage.post(code=CODE, starts_at=NOW - timedelta(days=1))
    for user in (ANA, BEN):
        await stage.start(user)
    people = [await stage.person_id(user) for user in (ANA, BEN)]
    await appoint(stage, MARTA, "alpha")
    await appoint(stage, CHIARA, "beta")

    def come(session: Session) -> None:
        for person_id in people:
            add_registration(session, 1, person_id)
        session.add(Attendance(webinar_id=1, person_id=people[0], first_at=NOW, last_at=NOW))

    await stage.database.write(come)


async def test_an_organiser_asks_for_numbers_months_a_picture_and_the_report(stage: Stage) -> None:
    await prepare(stage)

    shown = await stage.hear(MARTA, "/stats")
    assert shown.text == (
        "All partnerships · 2027\n📣 Reached 2 · 🎟 registered 2 · waited 0\n"
        "✅ Attended 1: 50% of those registered\n🌱 New companies: 2"
    )
    await stage.hear(MARTA, "/manage")
    assert (await stage.press(MARTA, "Numbers")).text == shown.text
    assert (await stage.press(MARTA, "Beta")).text == "Beta · 2027\nNo webinar took place in this time."
    assert (await stage.hear(MARTA, "/stats 2026")).text.endswith("No webinar took place in this time.")
    assert "could not read these months" in (await stage.hear(MARTA, "/stats soon")).text
    await stage.hear(CHIARA, "/stats")  # of another partnership
    listed = await stage.press(CHIARA, "Each webinar")
    assert (
        listed.text == "All partnerships · 2027\n\nSmart packaging\nSun 17 Jan, 10:00 CET · registered 2 · attended 1"
    )
    one = await stage.press_for_answer(CHIARA, "Smart packaging", listed)
    assert one.text.endswith("✅ Attended 1: 50% of those registered\n🌱 New companies: 2")
    assert (await stage.press(CHIARA, BACK, one)).text.startswith("All partnerships · since the beginning\n")
    await stage.hear(MARTA, "/stats")
    await stage.telegram.mark()
    for button in ("Picture", "Report (Excel)"):
        await stage.telegram.press(MARTA, (await stage.telegram.last(MARTA)).message_id, button)
    (photo,) = await stage.telegram.wait_for("sendPhoto", chat=MARTA)
    assert photo.ok
    assert await stage.refusals() == ()


@pytest.mark.parametrize(("user", "names"), [(MARTA, 2), (CHIARA, 0)])
async def test_the_report_has_only_names_of_one_s_own_webinars_and_is_written_down(
    stage: Stage, user: int, names: int
) -> None:
    await prepare(stage)
    shown = await stage.hear(user, "/stats")
    await stage.telegram.mark()
    await stage.telegram.press(user, shown.message_id, "Report (Excel)")
    await stage.telegram.wait_for("sendDocument", chat=user)

    sent = (await stage.telegram.last(user)).document
    assert sent
    book = openpyxl.load_workbook(BytesIO(await stage.telegram.file(sent["file_id"])))
    assert [row[1].value for row in book["How many"].iter_rows()][1:4] == [1, 2, 2]
    assert book["Who"].max_row == 1 + names
    (line,) = await stage.database.read(rows, Audit)
    assert (line.action, line.after["people"]) == ("exported", names)


@pytest.mark.parametrize("user", [ANA])
async def test_companies_and_strangers_see_no_numbers(stage: Stage, user: int) -> None:
    await prepare(stage)

    assert (await stage.hear(user, "/stats")).text == NO_ORGANISER
    await refused(stage, user, ALL, NO_ORGANISER)
    assert await stage.telegram.calls("sendPhoto") == ()
    assert await stage.telegram.calls("sendDocument") == ()
    assert await stage.refusals() == ()


@pytest.mark.parametrize("data", ["ns:nobody:ever", "ns:all:202713-202701", "ns:all:xyz", "nr:all:202612-202601"])
async def test_forged_months_and_partnerships_are_refused_kindly(stage: Stage, data: str) -> None:
    await prepare(stage)
    shown = await stage.hear(MARTA, "/stats")
    await stage.telegram.mark()
    await stage.telegram.forge(MARTA, shown.message_id, data)

    assert (await stage.answer(MARTA)).text.startswith("I could not read these months.")
    assert await stage.refusals() == ()
