"""Several drafts, one of them open; and an old webinar as the pattern of a new one."""

from datetime import timedelta

from domain.draft_fields import Fields
from sandbox.client import Shown
from storage import Draft, Imported, Session, Webinar
from tests.factories import NOW, add_role, rows
from tests.integration.bot.stage import BEN, MARTA, Stage

LINK = "https://meet.example.org/j/123"
NO_DRAFT = "There is no draft any more. /new starts one."


async def write(stage: Stage, *texts: str, user: int = MARTA) -> Shown:
    return [await stage.hear(user, text) for text in texts][-1]


def put_imported(session: Session) -> int:
    fields = Fields(title="From a file", timezone="Europe/Brussels").model_dump(mode="json")
    draft = Draft(fields=fields, created_at=NOW, changed_at=NOW)
    session.add(draft)
    session.flush()
    session.add(Imported(uid="x", partnership_id="beta", fields={}, draft_id=draft.id, imported_at=NOW))
    return draft.id


async def test_new_shows_the_open_draft_and_offers_another(stage: Stage) -> None:
    assert "Start another" not in (await write(stage, "/new")).labels
    await write(stage, "First")
    again = await write(stage, "/new")
    assert ("Title: First\n" in again.text, again.labels[-1]) == (True, "Start another")

    another = await stage.press(MARTA, "Start another")
    assert another.text.endswith("Send the title.")
    assert "Title: Second\n" in (await write(stage, "Second")).text

    desk = await write(stage, "/manage")
    assert {"New webinar", "Drafts (2)"} <= {*desk.labels}
    shelf = await stage.press(MARTA, "Drafts (2)")
    assert shelf.text == (
        "Drafts\n\nSecond\nmissing: Hosts, When and Link · open now\n\nFirst\nmissing: Hosts, When and Link"
    )
    first = await stage.press(MARTA, "First")
    assert "Title: First\n" in first.text
    assert "When: Wed 3 February 2027, 09:30 CET (Brussels)\n" in (await write(stage, "3 Feb 9:30")).text
    await stage.press(MARTA, "Discard")
    await stage.press(MARTA, "Yes, delete it")
    assert "Drafts (1)" in (await write(stage, "/manage")).labels
    assert await stage.refusals() == ()


async def test_new_webinar_on_the_desk_is_the_same_as_new(stage: Stage) -> None:
    await write(stage, "/manage")

    card = await stage.press(MARTA, "New webinar")
    assert card.text.endswith("Send the title.")
    typed = await write(stage, "First")

    assert "Title: First\n" in typed.text
    await stage.telegram.wait_for("deleteMessage", chat=MARTA)
    assert card.message_id not in [shown.message_id for shown in await stage.telegram.chat(MARTA)]
    assert await stage.refusals() == ()


async def test_a_published_webinar_is_duplicated_without_its_date(stage: Stage) -> None:
    await stage.post(code="pack1234", title="Smart packaging", capacity=30, starts_at=NOW + timedelta(days=2))
    managed = await stage.press(MARTA, "Smart packaging", await write(stage, "/manage"))
    assert "Duplicate" in managed.labels

    copy = await stage.press(MARTA, "Duplicate")

    assert copy.text.splitlines()[2:10] == [
        "Title: Smart packaging",
        "Hosts: Alpha",
        "When: missing",
        "Link: https://meet.example.org/secret",
        "Length: 60 min",
        "Language: English",
        "Seats: 30",
        "Topics: China",
    ]
    assert copy.text.endswith("Without a city I read it as Brussels time.")
    await write(stage, "20 Feb 10:00")
    await stage.press(MARTA, "Publish")
    assert len(await stage.database.read(rows, Webinar)) == 2
    assert await stage.refusals() == ()


async def test_what_came_with_a_file_is_opened_by_its_partnership_s_organisers_alone(stage: Stage) -> None:
    draft_id = await stage.database.write(put_imported)
    await stage.start(BEN)
    await stage.database.write(add_role, await stage.person_id(BEN), "alpha")
    message = await write(stage, "/manage", user=BEN)
    assert "Drafts (1)" not in message.labels

    await stage.telegram.mark()
    await stage.telegram.forge(BEN, message.message_id, f"do:{draft_id}")
    assert (await stage.answer(BEN)).text == NO_DRAFT

    shelf = await stage.press(MARTA, "Drafts (1)", await write(stage, "/manage"))
    assert "Title: From a file\n" in (await stage.press(MARTA, "From a file", shelf)).text
    assert await stage.refusals() == ()


async def test_buttons_of_a_draft_that_is_gone_say_so(stage: Stage) -> None:
    message = await stage.start(MARTA)

    for data in ("do:1", "du:title", "dk"):
        await stage.telegram.mark()
        await stage.telegram.forge(MARTA, message.message_id, data)
        assert (await stage.answer(MARTA)).text == NO_DRAFT, data
    await stage.telegram.mark()
    await stage.telegram.forge(MARTA, message.message_id, "dd:nothing1")
    assert (await stage.answer(MARTA)).text.startswith("I can't find this webinar.")
    assert await stage.refusals() == ()
