"""Organisers find a time: one asks, others tap, and one tap makes the meeting of it."""

from datetime import timedelta

from sandbox.client import Shown
from storage import PollVote, Registration
from tests.factories import NOW, rows
from tests.integration.bot.organising import NO_ORGANISER, appoint
from tests.integration.bot.stage import ANA, BEN, CHIARA, JOIN, MARTA, Stage
from tests.integration.bot.steps import at

TITLE = "Next steps in China"
TIMES = "20 Jan 10:00\n21 Jan 14:00"
NO_POLL = "I can't find this poll. /meet shows what there is."
LATER = NOW + timedelta(hours=1)


async def ask(stage: Stage) -> dict[int, list[Shown]]:
    """Marta, an administrator who is in Alpha's team too, asks everybody. Returns what they are told."""
    await appoint(stage, MARTA, "alpha")
    await appoint(stage, BEN, "beta")
    await appoint(stage, CHIARA, "alpha")
    await stage.hear(MARTA, "/meet")
    await stage.press(MARTA, "Poll: when can we meet?")
    for answer in (TITLE, TIMES, JOIN):
        await stage.hear(MARTA, answer)
    await stage.press(MARTA, "Ask them")
    return await at(stage, NOW)


async def test_time_is_found_and_becomes_the_meeting(stage: Stage) -> None:
    told = await ask(stage)
    question = told[BEN][0]
    voted = await stage.press(BEN, "2: yes", question)
    changed = await stage.press(BEN, "1: yes")
    await stage.hear(MARTA, "/meet")
    outcome = await stage.press(MARTA, TITLE)

    decided = await stage.press(MARTA, "✅ Thu 21 Jan, 14:00 CET")
    called = await at(stage, LATER)
    closed = await stage.message(BEN, question.message_id)

    assert question.text == (
        f"Marta asks when you can meet.\n{TITLE} · 60 min\n\n"
        "1. Wed 20 Jan, 10:00 CET · 1 can come\n2. Thu 21 Jan, 14:00 CET · 1 can come"
    )
    assert "✅ 2: yes" in voted.labels
    assert changed.text.endswith("1. Wed 20 Jan, 10:00 CET · 2 can come\n2. Thu 21 Jan, 14:00 CET · 2 can come")
    assert outcome.text.startswith(f"{TITLE}: who can when, the best time first")
    assert decided.text.startswith("✅ You come.")
    call = f"👥 Alpha calls a meeting of organisers:\n{TITLE}\n📅 Thu 21 Jan, 14:00 CET · 60 min"
    assert {user: [shown.text for shown in each] for user, each in called.items()} == {
        BEN: [f"{call}\nYou said that you can: you are on the list."],
        CHIARA: [call],
    }
    assert called[BEN][0].labels == ("Why?", "I can't come", "Details")
    assert closed.text == f"{TITLE}\nThis poll is closed.\nThe meeting is on Thu 21 Jan, 14:00 CET."
    assert len(await stage.database.read(rows, Registration)) == 2
    assert await stage.refusals() == ()


async def test_taps_that_come_too_late_are_refused_kindly(stage: Stage) -> None:
    told = await ask(stage)
    question = told[BEN][0]
    await stage.hear(MARTA, "/meet")
    await stage.press(MARTA, TITLE)
    await stage.press(MARTA, "Close without a meeting")
    await stage.press(MARTA, "Yes, close it")

    await stage.telegram.mark()
    pressed = await stage.telegram.press(BEN, question.message_id, "1: yes")
    await stage.telegram.wait_for("editMessageText", chat=BEN)
    shown = await stage.message(BEN, question.message_id)

    assert (pressed.text, pressed.alert) == ("This poll is closed: your answer was not taken.", True)
    assert (shown.text, shown.labels) == (f"{TITLE}\nThis poll is closed.", ("Meetings",))
    assert {vote.person_id for vote in await stage.database.read(rows, PollVote, "slot_id")} == {
        await stage.person_id(MARTA)
    }


async def test_time_that_is_past_cannot_be_chosen(stage: Stage) -> None:
    told = await ask(stage)
    stage.clock.moment = NOW + timedelta(days=2, hours=1)

    await stage.telegram.mark()
    pressed = await stage.telegram.press(BEN, told[BEN][0].message_id, "1: yes")
    await stage.telegram.wait_for("editMessageText", chat=BEN)
    shown = await stage.message(BEN, told[BEN][0].message_id)

    assert (pressed.text, pressed.alert) == ("That time is past.", True)
    assert "1. Wed 20 Jan, 10:00 CET · past" in shown.text
    assert shown.labels == ("2: yes", "if need be", "no", "Meetings")


async def test_what_cannot_be_read_is_asked_for_again(stage: Stage) -> None:
    await appoint(stage, BEN, "beta")
    await stage.hear(BEN, "/meet")
    await stage.press(BEN, "Poll: when can we meet?")
    await stage.hear(BEN, TITLE)

    fault = await stage.hear(BEN, "20 Jan 10:00\n30 Feb 10:00")
    good = await stage.hear(BEN, TIMES)
    fewer = await stage.press(BEN, "✖ Wed 20 Jan, 10:00 CET")
    await stage.press(BEN, "Who is asked")
    await stage.press(BEN, "✅ Alpha")
    card = await stage.press(BEN, "Done")
    await stage.press(BEN, "Discard")
    gone = await stage.press(BEN, "Yes, delete it")

    assert "⚠️ 30 Feb does not exist." in fault.text
    assert "Times: 2" in good.text
    assert "Times: 1" in fewer.text
    assert "Who is asked: Beta" in card.text
    assert gone.text == "The poll is deleted."
    assert await stage.refusals() == ()


async def test_forged_taps_of_those_who_are_not_asked(stage: Stage) -> None:
    """A company learns nothing; an organiser who asked nobody can't decide for whoever did."""
    await ask(stage)
    company = await stage.start(ANA)
    organiser = await stage.start(BEN)

    for data in ("mv:1:yes", "mm:1", "mb:aaaaaaaa", "mr:aaaaaaaa", "mc:aaaaaaaa:1", "mv:999:yes"):
        await stage.telegram.mark()
        assert (await stage.telegram.forge(ANA, company.message_id, data)).answered
        assert (await stage.answer(ANA)).text == NO_POLL, data
    for data in ("mp", "mo", "ma:title", "mh", "mi:alpha", "mx:1", "md:1", "mt:1", "mn"):
        await stage.telegram.mark()
        assert (await stage.telegram.forge(ANA, company.message_id, data)).answered
        assert (await stage.answer(ANA)).text == NO_ORGANISER, data
    await stage.telegram.mark()
    assert (await stage.telegram.forge(BEN, organiser.message_id, "mm:1")).answered

    assert (await stage.answer(BEN)).text.startswith("Only whoever made the poll can do this.")
    assert await stage.database.read(rows, Registration) == []
    assert await stage.refusals() == ()
