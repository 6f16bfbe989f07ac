"""Who may not change a webinar is told who may, if they are an organiser themselves."""

import pytest

from tests.factories import add_role
from tests.integration.bot.stage import ANA, BEN, Stage

THEIRS = "This webinar is hosted by Alpha. Only their organisers can change it."
NOBODY_S = "Only organisers can do this."


@pytest.mark.parametrize("verb", ["gw:pack1234", "gm:pack1234", "gx:pack1234:1"])
async def test_organiser_of_others_learns_whose_it_is_and_a_stranger_nothing(stage: Stage, verb: str) -> None:
    await stage.post(code="pack1234")
    cards = {user: await stage.start(user, "w_pack1234") for user in (ANA, BEN)}
    await stage.database.write(add_role, await stage.person_id(BEN), "beta")

    said = {}
    for user, card in cards.items():
        await stage.telegram.mark()
        assert (await stage.telegram.forge(user, card.message_id, verb)).answered
        said[user] = (await stage.answer(user)).text

    assert said == {ANA: NOBODY_S, BEN: THEIRS}
    assert await stage.refusals() == ()
