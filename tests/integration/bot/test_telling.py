"""What those who take part are told: changes, each once, seats that came free, reminders."""

from datetime import timedelta

from tests.factories import SETTLE, START
from tests.integration.bot.stage import ANA, BEN, MARTA, Stage
from tests.integration.bot.steps import at, move, register, restore, tap, texts

TEN = timedelta(minutes=10)


async def test_move_is_told_once_with_old_and_new(stage: Stage) -> None:
    await stage.post(code="pack1234", title="Smart <packaging>")
    await register(stage, ANA, "pack1234")
    await stage.start(MARTA)
    for hour in (11, 12, 15):
        await move(stage, "pack1234", hour, 21)
        stage.clock.moment += timedelta(minutes=1)

    assert await at(stage, stage.clock.moment) == {}
    told = await at(stage, stage.clock.moment + SETTLE)

    assert texts(told) == {
        ANA: ["Smart <packaging> has a new time:\nWed 20 Jan, 10:00 CET → Thu 21 Jan, 15:00 CET\nYour seat is kept."]
    }
    assert told[ANA][0].labels == ("Why?", "Details", "Cancel registration")
    assert await at(stage, stage.clock.moment + TEN) == {}
    assert (await stage.press_for_answer(ANA, "Details", told[ANA][0])).text.startswith("✅ You are registered.")
    assert await stage.refusals() == ()


async def test_who_waits_is_told_of_a_move_too_and_can_leave(stage: Stage) -> None:
    await stage.post(code="pack1234", capacity=1)
    await stage.fill("pack1234", range(100, 101))
    await register(stage, ANA, "pack1234")
    await stage.start(MARTA)
    await move(stage, "pack1234", 15)

    told = (await at(stage, stage.clock() + SETTLE))[ANA]

    assert told[0].text.endswith("\nYour place in line is kept.")
    assert (await stage.press(ANA, "Leave waitlist", told[0])).labels[0] == "Join waitlist"
    assert {call.chat_id for call in await stage.telegram.refusals()} == {100}  # nobody by that name


async def test_what_is_taken_back_in_time_and_what_is_no_change_is_never_told(stage: Stage) -> None:
    await stage.post(code="pack1234")
    await register(stage, ANA, "pack1234")
    await stage.start(MARTA)

    await move(stage, "pack1234", 15)
    await move(stage, "pack1234", 10)
    assert await at(stage, stage.clock() + SETTLE) == {}
    await stage.cancel("pack1234")
    await restore(stage, "pack1234")
    assert await at(stage, stage.clock() + SETTLE) == {}
    await move(stage, "pack1234", 10)
    await restore(stage, "pack1234")
    assert await at(stage, stage.clock() + SETTLE) == {}
    assert await stage.refusals() == ()


async def test_cancelling_and_restoring_are_told(stage: Stage) -> None:
    await stage.post(code="pack1234")
    await register(stage, ANA, "pack1234")
    await stage.start(MARTA)

    await stage.cancel("pack1234")
    cancelled = (await at(stage, stage.clock() + SETTLE))[ANA]
    assert [(shown.text, shown.labels) for shown in cancelled] == [
        (
            "❌ Smart packaging is cancelled. It was planned for Wed 20 Jan, 10:00 CET.",
            ("Why?", "All webinars", "Remove from my list"),
        )
    ]
    await restore(stage, "pack1234")
    restored = (await at(stage, stage.clock() + SETTLE))[ANA]

    assert [(shown.text, shown.labels) for shown in restored] == [
        (
            "✅ Smart packaging is no longer cancelled. It takes place on Wed 20 Jan, 10:00 CET.\nYour seat is kept.",
            ("Why?", "Details", "Cancel registration"),
        )
    ]
    assert (await stage.press_for_answer(ANA, "Details", restored[0])).text.startswith("✅ You are registered.")
    assert await stage.refusals() == ()


async def test_who_takes_what_was_cancelled_off_their_list_hears_no_more_of_it(stage: Stage) -> None:
    await stage.post(code="pack1234")
    await register(stage, ANA, "pack1234")
    await stage.start(MARTA)
    await stage.cancel("pack1234")
    ((cancelled,),) = (await at(stage, stage.clock() + SETTLE)).values()

    off = await stage.press(ANA, "Remove from my list", cancelled)
    assert off.text.startswith("❌ This webinar is cancelled.")
    await restore(stage, "pack1234")

    assert await at(stage, stage.clock() + SETTLE) == {}
    assert (await stage.hear(ANA, "/mine")).text == "You are not registered for a webinar yet."
    assert await stage.refusals() == ()


async def test_new_host_is_told(stage: Stage) -> None:
    await stage.post(code="pack1234")
    await register(stage, ANA, "pack1234")
    await stage.start(MARTA)
    await tap(stage, MARTA, "ga:pack1234:beta", await stage.start(MARTA))
    await tap(stage, MARTA, "w:pack1234", await stage.start(MARTA))

    told = await at(stage, stage.clock() + SETTLE)

    assert texts(told) == {ANA: ["Smart packaging has a new host: Beta.\nUntil now: Alpha.\nYour seat is kept."]}
    assert told[ANA][0].labels == ("Why?", "Details", "Cancel registration")
    assert await stage.refusals() == ()


async def test_seat_that_came_free_is_told_at_once(stage: Stage) -> None:
    await stage.post(code="pack1234", capacity=1)
    await register(stage, BEN, "pack1234")
    await register(stage, ANA, "pack1234")
    await tap(stage, BEN, "l:pack1234", await stage.start(BEN))

    told = await at(stage, stage.clock())

    assert texts(told) == {
        ANA: ["🎟 A seat came free: you are registered for Smart packaging.\n📅 Wed 20 Jan, 10:00 CET"]
    }
    (won,) = told[ANA]
    assert won.labels == ("Why?", "Details", "I can't come")
    assert (await stage.press(ANA, "I can't come", won)).labels[0] == "Register"
    assert await stage.refusals() == ()


async def test_reminders_come_as_the_person_wants_them(stage: Stage) -> None:
    await stage.post(code="pack1234")
    await register(stage, ANA, "pack1234")
    await register(stage, BEN, "pack1234")
    await stage.hear(BEN, "/settings")
    for button in ("Reminders", "✅ The day before", "✅ 1 hour before", "Another time"):
        await stage.press(BEN, button)
    await stage.hear(BEN, "2 hours")

    told = {
        lead: {user: [shown.text for shown in each] for user, each in (await at(stage, START - lead)).items()}
        for lead in (timedelta(days=1), timedelta(hours=2), timedelta(hours=1), timedelta(minutes=10))
    }

    def reminder(span: str) -> list[str]:
        return [f"Starts in {span}: Smart packaging\n📅 Wed 20 Jan, 10:00 CET"]

    assert told == {
        timedelta(days=1): {ANA: reminder("1 day")},
        timedelta(hours=2): {BEN: reminder("2 hours")},
        timedelta(hours=1): {ANA: reminder("1 hour")},
        timedelta(minutes=10): {ANA: reminder("10 minutes"), BEN: reminder("10 minutes")},
    }
    assert await stage.refusals() == ()
