"""A card that somebody shares into their own chat with the bot: it is theirs, not something they ask."""

from tests.integration.bot.stage import ANA, Stage


async def test_a_card_shared_here_is_not_taken_for_a_question(stage: Stage) -> None:
    await stage.start(ANA)
    await stage.post(code="pack1234")
    await stage.telegram.mark()
    asked = await stage.telegram.inline(ANA, "pack1234")
    card = await stage.telegram.choose(ANA, asked, asked.results[0]["id"])
    await stage.telegram.say(ANA, "/help")
    answered = await stage.telegram.wait_for("sendMessage", chat=ANA)

    assert "Register" in card.labels
    assert await stage.refusals() == ()
    assert await stage.telegram.calls("sendMessage", chat=ANA) == answered
    assert "/webinars" in (answered[0].text or "")
