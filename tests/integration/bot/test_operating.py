"""What administrators see of the outbox and do about it in the chat, and why a message came."""

from datetime import timedelta

from storage import DeliveryState
from tests.factories import SETTLE, add_delivery
from tests.integration.bot.stage import ANA, MARTA, Stage
from tests.integration.bot.steps import at, register

TITLE = "Smart packaging"


async def test_administrator_looks_sends_again_and_forgets(stage: Stage) -> None:
    await stage.post(code="pack1234", title=TITLE)
    await register(stage, ANA, "pack1234")
    ana, webinar = await stage.person_id(ANA), 1
    for number in range(7):
        await stage.database.write(
            add_delivery,
            ana,
            webinar,
            dedup_key=f"trouble {number}",
            state=DeliveryState.UNKNOWN,
            settled_at=stage.clock() + timedelta(seconds=number),
            attempts=3,
            error="Timed out",
        )
    help_ = await stage.hear(MARTA, "/help")
    assert "\n/status" in help_.text
    assert "/status" not in (await stage.hear(ANA, "/help")).text

    shown = await stage.hear(MARTA, "/status")
    assert "✅ Nothing is late." in shown.text
    assert shown.labels[:2] == ("1: send again", "1: forget")
    assert shown.labels[-2:] == ("Forget all 7", "Look again")

    await stage.press(MARTA, "1: send again", shown)
    told = await at(stage, stage.clock())
    assert [TITLE in message.text for message in told[ANA]] == [True]

    shown = await stage.press(MARTA, "2: forget", shown)
    assert "Forget all 5" not in shown.labels  # they are all to be seen
    assert shown.text.count("Timed out") == 5
    assert await stage.refusals() == ()


async def test_all_are_forgotten_at_once(stage: Stage) -> None:
    await stage.post(code="pack1234", title=TITLE)
    await stage.fill("pack1234", range(100, 106))
    for person_id in range(2, 8):
        await stage.database.write(
            add_delivery,
            person_id,
            1,
            dedup_key=f"for {person_id}",
            state=DeliveryState.FAILED,
            settled_at=stage.clock(),
        )
    shown = await stage.hear(MARTA, "/status")

    shown = await stage.press(MARTA, "Forget all 6", shown)

    assert shown.labels == ("Look again",)
    assert await stage.refusals() == ()


async def test_others_see_nothing_of_it(stage: Stage) -> None:
    shown = await stage.hear(ANA, "/status")

    assert shown.labels == ()
    assert await stage.refusals() == ()


async def test_why_below_a_message_says_which_rule_brought_it(stage: Stage) -> None:
    await stage.post(code="pack1234", title=TITLE)
    await register(stage, ANA, "pack1234")
    await stage.cancel("pack1234")
    (told,) = (await at(stage, stage.clock() + SETTLE))[ANA]

    why = await stage.press_for_answer(ANA, "Why?", told)

    assert TITLE in why.text
    assert why.labels == ("Settings",)
    assert await stage.refusals() == ()
