"""Who can be reached, and where the bot keeps quiet."""

import pytest

from domain import registration
from storage import Person, Registration, RegistrationStatus
from tests.factories import rows
from tests.integration.bot.stage import ANA, BEN, BOT, CHIARA, MARTA, Stage

GROUP = -1001


async def person(stage: Stage, user: int) -> Person | None:
    return next((met for met in await stage.database.read(rows, Person) if met.telegram_id == user), None)


async def reachable(stage: Stage, user: int) -> tuple[bool, bool]:
    """Whether the person can be reached, and whether a time is noted since when not."""
    found = await person(stage, user)
    assert found
    return found.reachable, found.unreachable_since is not None


async def settle(stage: Stage) -> None:
    """Whatever people did before has been handled after this: updates are fetched in order, and stopping ends them."""
    await stage.hear(MARTA, "/help")
    await stage.restart()


async def test_who_blocks_the_bot_is_out_of_reach_until_they_write_again(stage: Stage) -> None:
    await stage.start(ANA)

    await stage.telegram.block(ANA)
    await settle(stage)
    assert await reachable(stage, ANA) == (False, True)

    welcome = await stage.start(ANA)
    assert welcome.text.startswith("Webinars for small and medium companies")
    assert await reachable(stage, ANA) == (True, False)
    assert await stage.refusals() == ()


async def test_unblocking_alone_brings_a_person_back_and_is_not_answered(stage: Stage) -> None:
    await stage.start(ANA)
    await stage.telegram.block(ANA)
    mark = await stage.telegram.mark()
    await stage.telegram.block(ANA, on=False)
    await settle(stage)

    assert await reachable(stage, ANA) == (True, False)
    assert await stage.telegram.calls("sendMessage", chat=ANA, since=mark) == ()
    assert await stage.refusals() == ()


async def test_who_blocks_between_tap_and_answer_keeps_what_they_tapped(stage: Stage) -> None:
    await stage.post(code="pack1234")
    card = await stage.start(ANA, "w_pack1234")
    await stage.telegram.fault(
        method="editMessageText", code=403, description="Forbidden: bot was blocked by the user", n=1
    )

    await stage.telegram.mark()
    await stage.telegram.press(ANA, card.message_id, "Register")
    await stage.telegram.wait_for("editMessageText", chat=ANA)
    await settle(stage)

    assert await reachable(stage, ANA) == (False, True)
    assert [row.status for row in await stage.database.read(rows, Registration)] == [RegistrationStatus.REGISTERED]
    assert await stage.refusals() == (("editMessageText", "Forbidden: bot was blocked by the user"),)


async def test_who_blocks_before_an_explanation_is_out_of_reach_too(stage: Stage) -> None:
    await stage.start(ANA)
    await stage.telegram.fault(method="sendMessage", code=403, description="Forbidden: user is deactivated", n=1)

    await stage.telegram.mark()
    await stage.telegram.say(ANA, "/start w_nothing")
    await stage.telegram.wait_for("sendMessage", chat=ANA)
    await settle(stage)

    assert await reachable(stage, ANA) == (False, True)
    assert await stage.refusals() == (("sendMessage", "Forbidden: user is deactivated"),)


async def test_blocking_by_somebody_we_never_met_is_none_of_our_business(stage: Stage) -> None:
    await stage.telegram.block(CHIARA)
    await settle(stage)

    assert await person(stage, CHIARA) is None
    assert await stage.refusals() == ()


async def test_seat_passes_over_who_blocked_and_is_theirs_when_they_are_back_in_time(stage: Stage) -> None:
    await stage.post(code="pack1234", capacity=1)
    await stage.fill("pack1234", range(100, 101))
    for user in (ANA, BEN):
        await stage.start(user, "w_pack1234")
        await stage.press(user, "Join waitlist")
    await stage.telegram.block(ANA)
    await settle(stage)

    await stage.database.write(registration.leave, "pack1234", await stage.person_id(100), now=stage.clock())

    assert (await stage.hear(BEN, "/mine")).text.endswith(" · ✅ registered")
    assert (await stage.hear(ANA, "/mine")).text.endswith(" · ⏳ number 1 in line")
    await stage.hear(BEN, "/mine")
    await stage.database.write(registration.leave, "pack1234", await stage.person_id(BEN), now=stage.clock())
    assert (await stage.hear(ANA, "/mine")).text.endswith(" · ✅ registered")
    assert await stage.refusals() == ()


@pytest.mark.parametrize("status", ["member", "administrator"])
async def test_groups_are_left_in_peace_and_nobody_there_is_noted(stage: Stage, status: str) -> None:
    await stage.telegram.group(GROUP, title="Exporters", members={BEN: "member", ANA: "member"})
    await stage.telegram.group(GROUP, title="Exporters", members={BEN: "member", ANA: "member", BOT: status})
    mark = await stage.telegram.mark()

    for text in ("/start", f"/start@{(await stage.telegram.state())['bots'][0]['username']} w_x", "/new", "hello"):
        await stage.telegram.say(BEN, text, chat=GROUP)
    await stage.telegram.group(GROUP, title="Exporters", members={ANA: "left"})
    await settle(stage)

    assert {call.chat_id for call in await stage.telegram.calls("sendMessage", since=mark)} == {MARTA}
    assert [await person(stage, user) for user in (ANA, BEN)] == [None, None]
    assert await stage.refusals() == ()
