"""Organisers meet: one calls, others say that they come, companies notice nothing."""

from datetime import timedelta

from tests.factories import NOW, START
from tests.integration.bot.organising import NO_ORGANISER, appoint
from tests.integration.bot.stage import ANA, BEN, CHIARA, JOIN, MARTA, Stage
from tests.integration.bot.steps import at, sent

TITLE = "Next steps in China"
CALL = f"👥 Alpha calls a meeting of organisers:\n{TITLE}\n📅 Wed 20 Jan, 10:00 CET · 60 min"


async def call(stage: Stage) -> None:
    """Marta, an administrator, calls one in Alpha's name."""
    await stage.start(MARTA)
    await stage.hear(MARTA, "/meet")
    await stage.press(MARTA, "New meeting")
    for answer in (TITLE, "20 Jan 10:00", JOIN):
        await stage.hear(MARTA, answer)
    await stage.press(MARTA, "Hosts")
    await stage.press(MARTA, "Alpha")
    await stage.press(MARTA, "Done")


async def test_meeting_is_called_and_others_say_that_they_come(stage: Stage) -> None:
    await appoint(stage, BEN, "beta")
    await appoint(stage, CHIARA, "alpha")
    await stage.start(ANA)
    await call(stage)

    preview = await stage.press(MARTA, "Preview")
    planned = await stage.press(MARTA, "Publish")
    told = await at(stage, NOW + timedelta(minutes=10))
    coming = await stage.press(BEN, "I come", told[(BEN)][0])
    mine = await stage.hear(BEN, "/mine")

    seen = f"Preview: organisers will see this, companies never.\n\n{TITLE}\n👥 Meeting, for organisers only"
    assert preview.text.startswith(seen)
    assert planned.text.startswith("✅ The meeting is planned.")
    assert "Link to share" not in planned.text
    assert {user: [shown.text for shown in each] for user, each in told.items()} == {BEN: [CALL], CHIARA: [CALL]}
    assert coming.text.startswith("✅ You come.")
    assert coming.labels == ("I can't come", "Add to calendar", "Meetings")
    assert f"{TITLE}\nWed 20 Jan, 10:00 CET · 👥 meeting · Alpha · ✅ you come" in mine.text
    assert await stage.refusals() == ()


async def test_meeting_is_changed_as_every_webinar_and_reminds_of_itself(stage: Stage) -> None:
    await appoint(stage, BEN, "beta")
    await call(stage)
    await stage.press(MARTA, "Publish")
    told = await at(stage, NOW + timedelta(minutes=10))
    await stage.press(BEN, "I come", told[BEN][0])

    reminded = await at(stage, START - timedelta(minutes=10))
    board = await stage.hear(BEN, "/meet")
    managed = await stage.hear(MARTA, "/manage")
    await stage.press(MARTA, TITLE, managed)

    assert [shown.text for shown in reminded[BEN]] == [f"Starts in 10 minutes: {TITLE}\n📅 Wed 20 Jan, 10:00 CET"]
    assert f"{TITLE}\nWed 20 Jan, 10:00 CET · Alpha · ✅ you come" in board.text
    assert "👥 meeting" in managed.text
    assert "Cancel meeting" in (await stage.message(MARTA, managed.message_id)).labels
    assert await stage.refusals() == ()


async def test_draft_can_become_a_meeting_and_a_webinar_again(stage: Stage) -> None:
    await stage.hear(MARTA, "/new")

    choices = await stage.press(MARTA, "For whom")
    meeting = await stage.press(MARTA, "organisers of the hosts")
    await stage.press(MARTA, "For whom")
    webinar = await stage.press(MARTA, "companies")
    forged = await stage.forge(MARTA, "df:everybody")

    assert choices.labels == (
        "✅ companies",
        "organisers of all partnerships",
        "organisers of the hosts",
        "Done",
    )
    assert meeting.text.startswith("New meeting (draft, saved)")
    assert "For whom: organisers of the hosts" in meeting.text
    assert webinar.text == forged.text
    assert webinar.text.startswith("New webinar (draft, saved)")


async def test_companies_have_no_meetings(stage: Stage) -> None:
    await stage.start(ANA)

    assert (await stage.hear(ANA, "/meet")).text == NO_ORGANISER
    assert [shown.text for shown in await sent(stage, ANA)][-1] == NO_ORGANISER
