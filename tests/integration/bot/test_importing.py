"""An organiser sends a file of webinars: shown first, taken then, sent again later."""

from sandbox.client import Shown
from storage import Draft, Webinar
from tests.calendar_files import calendar, entry
from tests.factories import add_role, rows
from tests.integration.bot.stage import ANA, BEN, MARTA, Stage


async def hand_in(stage: Stage, user: int, content: bytes, name: str = "webinars.ics") -> Shown:
    """Send a file. Returns the bot's answer."""
    await stage.telegram.mark()
    await stage.telegram.document(user, name, content)
    return await stage.answer(user)


async def test_a_file_becomes_drafts_and_then_webinars(stage: Stage) -> None:
    content = calendar(entry("a", "Cold chain"), entry("b", "Warm chain", LOCATION=""), entry("c", DTSTART="20270203"))
    asked = await hand_in(stage, MARTA, content)
    assert asked.text == "Whose webinars are in webinars.ics?"
    assert asked.labels == ("Alpha", "Beta", "‹ Back")
    shown = await stage.press(MARTA, "Alpha", asked)
    print(shown.text, shown.labels)
    done = await stage.press(MARTA, "Make 2 drafts")
    print(done.text, done.labels)
    assert len(await stage.database.read(rows, Draft)) == 2
    done = await stage.press(MARTA, done.labels[0])
    print(done.text, done.labels)
    assert len(await stage.database.read(rows, Webinar)) == 1
    again = await stage.press(MARTA, "Alpha", await hand_in(stage, MARTA, content))
    print(again.text, again.labels)
    assert await stage.refusals() == ()
