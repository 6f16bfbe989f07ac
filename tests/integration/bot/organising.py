"""Steps of organisers: appointed, at the webinar they may change, refused where they may not."""

from collections.abc import Sequence

from sandbox.client import Shown
from tests.factories import add_role
from tests.integration.bot.stage import Stage

BACK = "‹ Back"  # noqa: RUF001 -- as on the button
NO_ORGANISER = "Only organisers can do this."
NOT_THEIRS = "This webinar is hosted by Alpha. Only their organisers can change it."


async def appoint(stage: Stage, user: int, *partnerships: str) -> None:
    await stage.start(user)
    for partnership in partnerships:
        await stage.database.write(add_role, await stage.person_id(user), partnership)


async def open_(stage: Stage, user: int) -> Shown:
    """The one coming webinar that the person can change."""
    await stage.hear(user, "/manage")
    return await stage.press(user, "Smart packaging")


async def refused(stage: Stage, user: int, verbs: Sequence[str], answer: str) -> None:
    """Whatever the person forges is answered so, and nothing that stands there changes."""
    message = await stage.start(user)
    for data in verbs:
        await stage.telegram.mark()
        assert (await stage.telegram.forge(user, message.message_id, data)).answered
        said = await stage.answer(user)
        assert (said.text, said.labels) == (answer, ()), data
    assert (await stage.message(user, message.message_id)).text == message.text
