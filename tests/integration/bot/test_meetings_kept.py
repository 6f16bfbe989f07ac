"""A meeting of organisers in the chat of a company that has guessed its code: whatever is pressed, nothing is said."""

import asyncio
import json
from collections.abc import Iterator

from bot import buttons
from bot.callbacks import Callback
from storage import Registration, SharedCard
from tests.factories import rows
from tests.integration.bot.stage import ANA, BEN, Stage
from tests.meetings import CODE, MARK, WORD, add_meeting

GROUP = -100
SHAPES = {"code": CODE, "slug": "alpha", "number": 1, "secret": "made-up"}
SAID = ("/webinars", "/mine", "/calendar", "/follow", "/manage", "/new", "/why", "/help", "/privacy", WORD)


def forged() -> Iterator[str]:
    """A button of every form there is, about the meeting where it is about a webinar."""
    for form in buttons.BUTTONS:
        values = [SHAPES[shape] for shape in form.shapes]
        callback: Callback = form(*values)
        yield callback.pack()


async def test_no_button_no_word_and_no_link_tells_of_it(stage: Stage) -> None:
    await stage.post(code="pack1234")
    await stage.database.write(add_meeting)
    card = await stage.start(ANA, f"w_{CODE}")
    assert card.text.startswith("I can't find this webinar.")
    assert (await stage.start(ANA, "w_zzzzzzzz")).text == card.text

    for data in forged():
        assert (await stage.telegram.forge(ANA, card.message_id, data)).answered, data
    for text in SAID:
        await stage.hear(ANA, text)
    await stage.telegram.group(GROUP, title="Exporters", members={ANA: "member", BEN: "member"})
    offered = [await stage.telegram.inline(BEN, words) for words in (CODE, WORD, "")]
    shared = await stage.telegram.choose(BEN, offered[0], "pack1234", chat=GROUP)
    pressed = await stage.telegram.forge(ANA, shared.message_id, f"r:{CODE}", chat=GROUP)
    async with asyncio.timeout(20):
        while not await stage.database.read(rows, SharedCard, "created_at"):
            continue

    assert (pressed.text, pressed.alert) == ("This button is too old. Send /webinars to see what is coming.", True)
    assert await stage.database.read(rows, Registration) == []
    assert [row.webinar_id for row in await stage.database.read(rows, SharedCard, "created_at")] == [1]
    said = [call.raw for call in await stage.telegram.calls(since=0)]
    assert len(said) > len(buttons.BUTTONS)
    repeated = f"“{CODE}”"  # what Ben looked for himself
    assert MARK not in json.dumps(said, ensure_ascii=False).replace(repeated, "")
