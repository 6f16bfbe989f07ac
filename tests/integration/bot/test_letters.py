"""An organiser writes to those who come, and they read it; what was typed is never lost."""

from datetime import timedelta

from sandbox.client import Shown
from tests.factories import NOW, START
from tests.integration.bot.organising import BACK, NO_ORGANISER, NOT_THEIRS, appoint, open_, refused
from tests.integration.bot.stage import ANA, BEN, CHIARA, MARTA, Stage
from tests.integration.bot.steps import at, register, texts

CODE = "pack1234"
TEXT = "Bring a sample & a <b>label</b>: https://example.org/samples"
LETTER = f"✉️ Alpha about Smart packaging:\n\n{TEXT}"
ASKED = (
    "Send what they should read about Smart packaging: plain text with links, up to 1000 characters. You see it before "
    "it goes. At night it waits for the morning, unless the webinar is within a day."
)
HOUR = timedelta(hours=1)


async def prepare(stage: Stage) -> None:
    """Ana has the seat, Ben waits; Marta may change the webinar."""
    await stage.post(code=CODE, capacity=1)
    for user in (ANA, BEN):
        await register(stage, user, CODE)


async def written(stage: Stage, text: str = TEXT, whom: str = "Both (2)") -> Shown:
    await open_(stage, MARTA)
    await stage.press(MARTA, "Write to them")
    await stage.press(MARTA, whom)
    return await stage.hear(MARTA, text)


async def test_letter_is_chosen_typed_looked_at_and_read(stage: Stage) -> None:
    await prepare(stage)
    await open_(stage, MARTA)

    whom = await stage.press(MARTA, "Write to them")
    assert (whom.text, whom.labels) == (
        "Smart packaging\nWhom do you write to?",
        ("Registered (1)", "Waiting (1)", "Both (2)", BACK),
    )
    assert (await stage.press(MARTA, "Both (2)")).text == ASKED
    proof = await stage.hear(MARTA, TEXT)
    assert (proof.text, proof.labels) == (
        f"2 people (registered or waiting) get this from Alpha:\n\n{LETTER}",
        ("Send", "Write it again", BACK),
    )
    assert await at(stage, NOW) == {}
    assert (await stage.press(MARTA, "Send")).text == "✅ Your letter goes to 2 people."
    await stage.forge(MARTA, "es:pack1234:1", await stage.hear(MARTA, "/manage"))  # and once more

    told = await at(stage, NOW)
    assert texts(told) == {ANA: [LETTER], BEN: [LETTER]}
    (mine,), (his,) = told[ANA], told[BEN]
    assert (mine.labels, his.labels) == (
        ("Why?", "Details", "Cancel registration"),
        ("Why?", "Details", "Leave waitlist"),
    )
    assert (await stage.press_for_answer(ANA, "Details", mine)).text.startswith("✅ You are registered.")
    assert (await stage.message(ANA, mine.message_id)).text == LETTER
    assert (await stage.press(ANA, "Cancel registration", mine)).text.startswith("Smart packaging")
    assert await stage.refusals() == ()


async def test_what_was_typed_survives_a_restart_and_is_sent_after_it(stage: Stage) -> None:
    await prepare(stage)
    await open_(stage, MARTA)
    await stage.press(MARTA, "Write to them")
    await stage.press(MARTA, "Registered (1)")
    await stage.restart()
    proof = await stage.hear(MARTA, TEXT)
    await stage.restart()

    assert (await stage.press(MARTA, "Send", proof)).text == "✅ Your letter goes to 1 person."
    assert texts(await at(stage, NOW)) == {ANA: [LETTER]}
    assert await stage.refusals() == ()


async def test_what_was_typed_is_kept_while_one_thinks_again(stage: Stage) -> None:
    await prepare(stage)
    await written(stage)

    kept = await stage.press(MARTA, BACK)
    assert kept.text == f"Smart packaging\nWhom do you write to?\nWritten and not sent: {TEXT}"
    await stage.press(MARTA, BACK)
    await stage.hear(MARTA, "/webinars")
    await open_(stage, MARTA)
    await stage.press(MARTA, "Write to them")
    again = await stage.press(MARTA, "Waiting (1)")
    assert again.text == f"1 person (waiting) gets this from Alpha:\n\n{LETTER}"
    await stage.press(MARTA, "Write it again")
    assert (await stage.hear(MARTA, "Another.")).text.endswith("✉️ Alpha about Smart packaging:\n\nAnother.")
    assert await stage.refusals() == ()


async def test_text_that_is_too_long_stays_to_be_made_shorter(stage: Stage) -> None:
    await prepare(stage)

    fault = await written(stage, "x" * 1043)
    assert (fault.text, fault.labels) == (
        "⚠️ That has 1043 characters, and 1000 fit. Copy it from above, make it shorter, send it again.",
        (BACK,),
    )
    assert (await stage.hear(MARTA, "\u0301")).text == "⚠️ That was empty."
    assert (await stage.hear(MARTA, "x" * 1000)).labels == ("Send", "Write it again", BACK)
    assert await stage.refusals() == ()


async def test_third_letter_of_a_day_waits_and_says_until_when(stage: Stage) -> None:
    await prepare(stage)
    for text in ("one", "two"):
        await written(stage, text)
        await stage.press(MARTA, "Send")
        stage.clock.moment += HOUR
    proof = await written(stage, "three")

    await stage.telegram.mark()
    pressed = await stage.telegram.press(MARTA, proof.message_id, "Send")

    assert (pressed.text, pressed.alert) == (
        "Not sent: two a day are the most. The next can go Tue 19 Jan, 10:00 CET. Your text is kept.",
        True,
    )
    assert (await stage.press(MARTA, BACK)).text == (
        "Smart packaging\nWhom do you write to?\nWritten and not sent: three\n"
        "Two went out within a day, which is the most. The next can go Tue 19 Jan, 10:00 CET."
    )
    stage.clock.moment = NOW + timedelta(days=1)
    assert (await stage.press(MARTA, "Send", await again(stage))).text == "✅ Your letter goes to 2 people."
    assert await stage.refusals() == ()


async def again(stage: Stage) -> Shown:
    return await stage.press(MARTA, "Both (2)")


async def test_nobody_to_write_to(stage: Stage) -> None:
    await stage.post(code=CODE)
    await open_(stage, MARTA)

    nobody = await stage.press(MARTA, "Write to them")

    assert (nobody.text, nobody.labels) == ("Smart packaging\nThere is nobody to write to yet.", (BACK,))
    assert await stage.refusals() == ()


async def test_reader_who_left_before_it_was_sent(stage: Stage) -> None:
    await prepare(stage)
    proof = await written(stage, whom="Waiting (1)")
    await stage.start(BEN, f"w_{CODE}")
    await stage.press(BEN, "Leave waitlist")

    pressed = await stage.telegram.press(MARTA, proof.message_id, "Send")

    assert (pressed.text, pressed.alert) == (
        "Not sent: nobody is there to read it any more. Your text is kept.",
        True,
    )
    assert await stage.refusals() == ()


async def test_link_to_join_is_not_shown_to_those_who_wait(stage: Stage) -> None:
    await prepare(stage)
    proof = await written(stage, "Here: https://meet.example.org/secret")

    assert "Those who wait don't see the link to join that is in it." in proof.text
    await stage.press(MARTA, "Send")

    told = texts(await at(stage, NOW))
    assert told[ANA][0].endswith("Here: https://meet.example.org/secret")
    assert told[BEN][0].endswith("Here: …")
    assert await stage.refusals() == ()


VERBS = ("e:pack1234", "er:pack1234:both", "ew:pack1234", "es:pack1234:1")


async def test_strangers_and_organisers_of_others_write_nothing(stage: Stage) -> None:
    await prepare(stage)
    await appoint(stage, CHIARA, "beta")
    await written(stage)

    await refused(stage, ANA, VERBS, NO_ORGANISER)
    await refused(stage, CHIARA, VERBS, NOT_THEIRS)
    assert await at(stage, NOW) == {}
    assert await stage.refusals() == ()


async def test_forged_buttons_lead_back_to_where_one_chooses(stage: Stage) -> None:
    await prepare(stage)
    message = await open_(stage, MARTA)

    assert (await stage.forge(MARTA, "er:pack1234:everybody", message)).text == "Smart packaging\nWhom do you write to?"
    pressed = await stage.telegram.forge(MARTA, message.message_id, "es:pack1234:999")
    assert (pressed.text, pressed.alert) == ("Nothing was sent: this letter is not there any more.", True)
    assert await stage.refusals() == ()


async def test_long_after_the_webinar(stage: Stage) -> None:
    await prepare(stage)
    message = await open_(stage, MARTA)
    stage.clock.moment = START + timedelta(days=31)

    closed = await stage.press_for_answer(MARTA, "Write to them", message)

    assert closed.text == "That webinar was too long ago: its people are not written to any more. /manage"
    assert await stage.refusals() == ()
