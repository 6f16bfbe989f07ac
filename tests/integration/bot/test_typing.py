"""What people type and press in haste: answers, second thoughts, floods."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from storage import Person
from tests.factories import START, rows
from tests.integration.bot.stage import ANA, BEN, MARTA, Stage
from tests.integration.bot.steps import register, tap

NOTHING_FOUND = "I found nothing for “Lisbon”. 1 webinar is planned in all.\nTopics: China"
QUIET = "22:00 to 07:00, {city} time"


async def be_asked_for_the_city(stage: Stage, user: int) -> None:
    await stage.hear(user, "/settings")
    await stage.press(user, "Quiet hours")
    await stage.press(user, "My city")


async def asking(stage: Stage, user: int) -> str | None:
    found = {person.telegram_id: person.asking for person in await stage.database.read(rows, Person)}
    return found[user]


async def press_back(stage: Stage) -> None:
    await stage.press(ANA, "sq")


async def press_on_an_old_message(stage: Stage) -> None:
    await tap(stage, ANA, "u:1", (await stage.telegram.chat(ANA))[1])


async def send_a_command(stage: Stage) -> None:
    await stage.hear(ANA, "/mine")


async def send_a_command_that_is_none(stage: Stage) -> None:
    await stage.hear(ANA, "/nonsense")


async def send_a_file(stage: Stage) -> None:
    await stage.telegram.mark()
    await stage.telegram.document(ANA, "a.txt", b"a")
    await stage.answer(ANA)


async def press_what_is_none(stage: Stage) -> None:
    message = (await stage.telegram.chat(ANA))[1]
    assert (await stage.telegram.forge(ANA, message.message_id, "nonsense")).alert


@pytest.mark.parametrize(
    "turn_away",
    [
        press_back,
        press_on_an_old_message,
        send_a_command,
        send_a_command_that_is_none,
        send_a_file,
        press_what_is_none,
    ],
)
async def test_question_is_dropped_when_the_person_turns_to_something_else(
    stage: Stage, turn_away: Callable[[Stage], Awaitable[None]]
) -> None:
    await stage.post(code="pack1234")
    await stage.start(ANA)
    await be_asked_for_the_city(stage, ANA)
    assert await asking(stage, ANA) == "place"

    await turn_away(stage)

    assert await asking(stage, ANA) is None
    assert (await stage.hear(ANA, "Lisbon")).text == NOTHING_FOUND
    assert QUIET.format(city="Brussels") in (await stage.hear(ANA, "/settings")).text
    assert await stage.refusals() == ()


async def test_question_is_forgotten_after_half_an_hour(stage: Stage) -> None:
    await stage.post(code="pack1234")
    await be_asked_for_the_city(stage, ANA)
    await be_asked_for_the_city(stage, BEN)

    stage.clock.moment += timedelta(minutes=30)
    assert QUIET.format(city="Lisbon") in (await stage.hear(BEN, "Lisbon")).text
    stage.clock.moment += timedelta(seconds=1)

    assert (await stage.hear(ANA, "Lisbon")).text == NOTHING_FOUND
    assert await stage.refusals() == ()


async def test_only_the_last_question_is_answered(stage: Stage) -> None:
    await be_asked_for_the_city(stage, ANA)
    settings = await stage.hear(ANA, "/settings")
    await tap(stage, ANA, "sa", settings)

    assert "✅ 2 hours before" in (await stage.hear(ANA, "2 hours")).labels
    assert await asking(stage, ANA) is None
    assert await stage.refusals() == ()


async def test_an_answer_is_taken_once(stage: Stage) -> None:
    await stage.post(code="pack1234")
    await be_asked_for_the_city(stage, ANA)
    assert (await stage.hear(ANA, "Tokyo")).text.startswith("Quiet hours\n")

    assert (await stage.hear(ANA, "Lisbon")).text == NOTHING_FOUND

    assert QUIET.format(city="Tokyo") in (await stage.hear(ANA, "/settings")).text
    assert await stage.refusals() == ()


async def test_answer_that_is_edited_afterwards_stays_what_it_was(stage: Stage) -> None:
    await be_asked_for_the_city(stage, ANA)
    await stage.hear(ANA, "Tokyo")
    typed = (await stage.telegram.chat(ANA))[-2]

    await stage.telegram.edit(ANA, typed.message_id, "Lisbon")

    assert QUIET.format(city="Tokyo") in (await stage.hear(ANA, "/settings")).text
    assert await stage.refusals() == ()


async def test_organiser_answers_a_question_and_goes_on_with_the_draft(stage: Stage) -> None:
    await stage.hear(MARTA, "/new")
    await be_asked_for_the_city(stage, MARTA)

    assert (await stage.hear(MARTA, "Lisbon")).text.startswith("Quiet hours\n")
    assert (await stage.hear(MARTA, "Cold chain")).text.startswith("New webinar (draft, saved)\n\nTitle: Cold chain\n")
    assert await stage.refusals() == ()


async def test_questions_of_two_people_do_not_meet(stage: Stage) -> None:
    await stage.post(code="pack1234")
    await be_asked_for_the_city(stage, ANA)

    assert (await stage.hear(BEN, "Lisbon")).text == NOTHING_FOUND
    assert QUIET.format(city="Lisbon") in (await stage.hear(ANA, "Lisbon")).text
    assert await stage.refusals() == ()


async def test_thirty_presses_of_one_keep_their_order_and_keep_nobody_waiting(stage: Stage) -> None:
    """Each takes Telegram a moment, so that they pile up; those that are too many are let go."""
    for number in range(30):
        await stage.post(code=f"code{number}", title=f"Webinar {number:02}", starts_at=START + timedelta(days=number))
    message = await stage.start(ANA)
    await stage.telegram.fault(method="editMessageText", chat_id=ANA, delay=0.05)
    before = await stage.telegram.mark()

    for number in range(30):
        await stage.telegram.forge(ANA, message.message_id, f"w:code{number}", wait=0)
        if number == 5:
            await stage.telegram.say(BEN, "/mine")
    (served,) = await stage.telegram.wait_for("sendMessage", chat=BEN)
    await stage.telegram.wait_for("editMessageText", chat=ANA, count=20)
    await stage.telegram.fair()
    await stage.telegram.mark()
    await stage.telegram.say(ANA, "/help")
    await stage.telegram.wait_for("sendMessage", chat=ANA)

    edits = await stage.telegram.calls("editMessageText", chat=ANA, since=before)
    shown = [str(call.text).partition("\n")[0] for call in edits]
    assert (len(shown) >= 20, shown) == (True, sorted(set(shown)))
    assert served.seq < edits[-1].seq
    assert await stage.refusals() == ()


async def test_last_press_of_a_flood_is_the_one_that_counts(stage: Stage) -> None:
    """While Telegram keeps one of them waiting, forty others come: none keeps its spinner, and the last is heard."""
    for code in ("one", "two"):
        await stage.post(code=code, title=code)
    card = await stage.start(ANA, "w_one")
    await stage.telegram.fault(
        method="editMessageText",
        code=429,
        description="Too Many Requests: retry after 1",
        parameters={"retry_after": 1},
        n=1,
    )
    await stage.telegram.mark()
    for _ in range(40):
        await stage.telegram.forge(ANA, card.message_id, "u:1", wait=0)
    await stage.telegram.forge(ANA, card.message_id, "w:two", wait=0)
    await stage.telegram.wait_for("answerCallbackQuery", count=41)
    await stage.hear(ANA, "/help")

    assert (await stage.message(ANA, card.message_id)).text.startswith("two\n")
    assert {method for method, _ in await stage.refusals()} == {"editMessageText"}  # the pause, and what reads so


async def test_presses_of_a_flood_end_with_the_truth(stage: Stage) -> None:
    """Register and leave, over and over: whatever was let go, the screen says what is so."""
    await stage.post(code="pack1234", capacity=1)
    await register(stage, ANA, "pack1234")
    card = await stage.start(ANA, "w_pack1234")
    await stage.telegram.mark()

    for number in range(30):
        await stage.telegram.forge(ANA, card.message_id, ("l:pack1234", "r:pack1234")[number % 2], wait=0)
    await stage.telegram.wait_for("editMessageText", chat=ANA, count=10)
    mine = await stage.hear(ANA, "/mine")

    registered = mine.text.endswith("✅ registered")
    shown = await stage.message(ANA, card.message_id)
    assert shown.text.startswith("✅ You are registered.") == registered
    assert {method for method, _ in await stage.refusals()} <= {"editMessageText"}  # which reads so already
