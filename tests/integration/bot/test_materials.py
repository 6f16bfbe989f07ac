"""Slides and a recording: links and files that organisers give, and that everybody opens afterwards."""

from datetime import timedelta

from domain.attendance import doors
from sandbox.client import Shown
from tests.factories import SETTLE, START
from tests.integration.bot.organising import BACK, NO_ORGANISER, NOT_THEIRS, appoint, refused
from tests.integration.bot.stage import ANA, BEN, CHIARA, MARTA, Stage
from tests.integration.bot.steps import at, register, texts

CODE, LINK = "pack1234", "https://files.example.org/slides"
AFTER = START + timedelta(minutes=75)
PDF = b"%PDF-1.7 slides"
SCREEN = (
    "Smart packaging\nA link or a file of each. Those who came get it once, those who did not the recording. "
    "It stays on the webinar's card, for everybody who opens it."
)


async def prepare(stage: Stage) -> None:
    """Ana was there, Ben waited, and the webinar is over."""
    await stage.post(code=CODE, capacity=1)
    for user in (ANA, BEN):
        await register(stage, user, CODE)
    stage.clock.moment = AFTER


async def open_past(stage: Stage, user: int) -> Shown:
    await stage.hear(user, "/manage")
    await stage.press(user, "Past webinars")
    return await stage.press(user, "Smart packaging")


async def ask_for(stage: Stage, what: str) -> Shown:
    await open_past(stage, MARTA)
    await stage.press(MARTA, "Slides and recording")
    return await stage.press(MARTA, what)


async def give_file(stage: Stage, name: str = "slides.pdf", content: bytes = PDF) -> Shown:
    await stage.telegram.mark()
    await stage.telegram.document(MARTA, name, content)
    return await stage.answer(MARTA)


def file_name(shown: Shown) -> object:
    return (shown.document or {}).get("file_name")


async def test_link_is_given_told_and_stands_on_the_card(stage: Stage) -> None:
    await prepare(stage)
    over = await open_past(stage, MARTA)
    assert "Slides and recording" in over.labels
    shown = await stage.press(MARTA, "Slides and recording")
    assert (shown.text, shown.labels) == (
        f"{SCREEN}\nSlides: nothing yet\nRecording: nothing yet",
        ("Slides", "Recording", BACK),
    )
    asked = await stage.press(MARTA, "Slides")
    assert asked.text == "Send the slides of Smart packaging: a link that begins with https://, or the file."

    assert (await stage.hear(MARTA, "see our website")).text == (
        "⚠️ That is not a link I can use. It must begin with https://."
    )
    added = await stage.hear(MARTA, LINK)
    assert added.text == f"✅ Added. 1 person gets it in a moment.\n{SCREEN}\nSlides: {LINK}\nRecording: nothing yet"
    assert added.labels == ("Slides", "Recording", "Remove slides", BACK)

    told = await at(stage, AFTER + SETTLE)
    assert texts(told) == {ANA: ["The slides of Smart packaging are here."]}
    assert told[ANA][0].labels == ("Slides", "Why?", "Details", "Settings")
    card = await stage.start(CHIARA, f"w_{CODE}")
    assert card.labels == ("Slides", "All webinars")
    assert card.button("Slides").value == LINK
    assert await stage.refusals() == ()


async def test_file_is_kept_sent_and_fetched_again(stage: Stage) -> None:
    await prepare(stage)
    await ask_for(stage, "Slides")
    await stage.restart()

    added = await give_file(stage)
    assert added.text.startswith("✅ Added. 1 person gets it in a moment.")
    assert "Slides: slides.pdf" in added.text
    await at(stage, AFTER + SETTLE)

    (mine,) = [shown for shown in await stage.telegram.chat(ANA) if shown.document]
    assert (file_name(mine), mine.text) == ("slides.pdf", "The slides of Smart packaging are here.")
    assert mine.labels == ("Why?", "Details", "Settings")
    card = await stage.press_for_answer(ANA, "Details", mine)
    assert "Slides" in card.labels
    for user, message in ((ANA, card), (CHIARA, await stage.start(CHIARA, f"w_{CODE}"))):
        await stage.telegram.mark()
        assert (await stage.telegram.press(user, message.message_id, "Slides")).answered
        (call,) = await stage.telegram.wait_for("sendDocument", chat=user)
        again = await stage.message(user, call.message_id)
        assert file_name(again) == "slides.pdf"
    assert await stage.refusals() == ()


async def test_both_at_once_are_one_message_and_a_better_link_is_none(stage: Stage) -> None:
    await prepare(stage)
    await ask_for(stage, "Slides")
    await stage.hear(MARTA, LINK)
    await stage.press(MARTA, "Recording")
    await stage.hear(MARTA, "https://files.example.org/video")

    told = await at(stage, AFTER + SETTLE)
    assert texts(told) == {ANA: ["The slides and the recording of Smart packaging are here."]}
    assert told[ANA][0].labels == ("Slides", "Recording", "Why?", "Details", "Settings")

    await ask_for(stage, "Slides")
    replaced = await stage.hear(MARTA, LINK + "-better")
    assert replaced.text.startswith("✅ Replaced. Nobody is told again.")
    assert await at(stage, AFTER + timedelta(hours=3)) == {}
    assert (await stage.start(ANA, f"w_{CODE}")).button("Slides").value == LINK + "-better"
    assert await stage.refusals() == ()


async def test_removed_it_is_gone_from_the_card_and_old_buttons_say_so(stage: Stage) -> None:
    await prepare(stage)
    await ask_for(stage, "Slides")
    added = await give_file(stage)
    card = await stage.start(CHIARA, f"w_{CODE}")

    removed = await stage.press(MARTA, "Remove slides", added)
    assert removed.text == f"{SCREEN}\nSlides: nothing yet\nRecording: nothing yet"
    assert await at(stage, AFTER + SETTLE) == {}
    pressed = await stage.telegram.press(CHIARA, card.message_id, "Slides")
    assert (pressed.text, pressed.alert) == ("It is not there any more.", True)
    assert (await stage.start(CHIARA, f"w_{CODE}")).labels == ("All webinars",)
    assert await stage.refusals() == ()


async def test_file_that_nobody_asked_for_is_not_taken(stage: Stage) -> None:
    await prepare(stage)
    await ask_for(stage, "Slides")
    await stage.press(MARTA, BACK)  # turned to something else

    await give_file(stage)

    assert await at(stage, AFTER + SETTLE) == {}
    assert (await stage.start(ANA, f"w_{CODE}")).labels == ("All webinars",)
    assert await stage.refusals() == ()


VERBS = ("k:pack1234", "ka:pack1234:slides", "kx:pack1234:slides")


async def test_strangers_and_organisers_of_others_give_and_take_nothing(stage: Stage) -> None:
    await prepare(stage)
    await appoint(stage, CHIARA, "beta")
    await ask_for(stage, "Slides")
    await stage.hear(MARTA, LINK)

    await refused(stage, ANA, VERBS, NO_ORGANISER)
    await refused(stage, CHIARA, VERBS, NOT_THEIRS)
    assert "Slides" in (await stage.start(ANA, f"w_{CODE}")).labels
    assert await stage.refusals() == ()


async def test_before_the_start_and_forged_kinds(stage: Stage) -> None:
    await stage.post(code=CODE)
    message = await stage.hear(MARTA, "/manage")

    for data in VERBS:
        await stage.telegram.mark()
        assert (await stage.telegram.forge(MARTA, message.message_id, data)).answered
        answer = await stage.answer(MARTA)
        assert answer.text == "Slides and recording can be added once the webinar has begun. /manage"
    stage.clock.moment = AFTER
    for data in ("ka:pack1234:poems", "kx:pack1234:poems"):
        shown = await stage.forge(MARTA, data, await stage.hear(MARTA, "/manage"))
        assert shown.text.startswith(SCREEN)
    pressed = await stage.telegram.forge(ANA, (await stage.start(ANA)).message_id, "kg:pack1234:poems")
    assert (pressed.text, pressed.alert) == ("It is not there any more.", True)
    assert await stage.refusals() == ()


async def test_who_was_missed_gets_the_file_and_says_that_they_were_there(stage: Stage) -> None:
    await stage.post(code=CODE)
    for user in (ANA, BEN):
        await register(stage, user, CODE)
    await stage.database.write(doors.enter, await stage.person_id(BEN), 1, now=START)
    stage.clock.moment = AFTER
    await ask_for(stage, "Recording")
    await give_file(stage, "day.mp4")
    await at(stage, AFTER + SETTLE)
    await at(stage, START + timedelta(minutes=90))

    (missed,) = [shown for shown in await stage.telegram.chat(ANA) if shown.document]
    assert missed.text == "Sorry we missed you at Smart packaging. Here is the recording."
    assert missed.labels == ("I was there", "Why?", "Details", "Fewer messages")
    (came,) = [shown for shown in await stage.telegram.chat(BEN) if shown.document]
    assert came.text == "The recording of Smart packaging is here."
    asked = await stage.press_for_answer(ANA, "I was there", missed)
    assert asked.text.splitlines()[0] == "✅ Thank you, you are counted among those who came."
    assert (await stage.press(ANA, "5", asked)).text.startswith("Smart packaging: question 1 of 3")
    stage.clock.moment = AFTER + timedelta(days=20)
    late = await stage.press_for_answer(ANA, "I was there", missed)
    assert late.text == "✅ Thank you, you are counted among those who came."
    assert await stage.refusals() == ()
