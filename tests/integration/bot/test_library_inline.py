"""Entries of the library put into other chats with inline mode."""

import asyncio

from sandbox.client import Asked
from storage import LibraryEntry, SharedCard
from tests.factories import rows
from tests.integration.bot.organising import appoint
from tests.integration.bot.stage import ANA, CHIARA, MARTA, Stage
from tests.integration.bot.test_library import NOT_FOUND, TITLE, share
from tests.integration.bot.test_sharing_files import a_contact

GROUP = -1001
STRANGER = 99


async def gather(stage: Stage) -> str:
    """A group that the bot is not in, and something that is shared with organisers. Returns its code."""
    await stage.telegram.people(STRANGER, first_name="Zed", language_code="en")
    await stage.telegram.group(GROUP, title="Organisers", members=dict.fromkeys((MARTA, CHIARA, ANA), "member"))
    await appoint(stage, CHIARA, "beta")
    return await share(stage)


def titles(asked: Asked) -> list[object]:
    return [result["title"] for result in asked.results]


async def test_an_organiser_puts_an_entry_into_a_chat(stage: Stage) -> None:
    code = await gather(stage)
    for words in ("library", "Library questions", f"library {code}", "  library  feedback"):
        assert titles(await stage.telegram.inline(CHIARA, words)) == [TITLE], words

    asked = await stage.telegram.inline(CHIARA, "library questions")
    put = await stage.telegram.choose(CHIARA, asked, str(asked.results[0]["id"]), chat=GROUP)

    assert put.text == f"{TITLE}\nFeedback template · Alpha · in English · organisers only"
    assert put.labels == ("Open it",)
    assert put.button("Open it").url == f"https://t.me/convoke_demo_bot?start=e_{code}"
    async with asyncio.timeout(20):
        while (await stage.database.read(rows, LibraryEntry))[-1].uses == 0:
            continue
    assert await stage.database.read(rows, SharedCard, "created_at") == []
    assert (await stage.start(ANA, f"e_{code}")).text == NOT_FOUND
    assert await stage.refusals() == ()


async def test_what_is_for_everybody_is_there_to_read(stage: Stage) -> None:
    code = await gather(stage)
    await stage.start(MARTA, f"e_{code}")
    for label in ("Topics and readers", "For", "companies too", "Done"):
        await stage.press(MARTA, label)

    asked = await stage.telegram.inline(MARTA, "library feedback")
    put = await stage.telegram.choose(MARTA, asked, str(asked.results[0]["id"]), chat=GROUP)

    assert "Ask three questions while people are still there" in put.text
    assert (await stage.start(ANA, f"e_{code}")).text.startswith(TITLE)
    assert await stage.refusals() == ()


async def test_others_find_webinars_as_ever_and_nobody_finds_a_contact(stage: Stage) -> None:
    code = await gather(stage)
    await stage.post(code="pack1234")
    contact = await a_contact(stage)

    for user in (ANA, STRANGER):
        for words in ("library", "library feedback", f"library {code}"):
            assert TITLE not in titles(await stage.telegram.inline(user, words))
    for words in (f"library {contact}", "library li wei", "library guangdong"):
        assert "Li Wei" not in titles(await stage.telegram.inline(MARTA, words))
    assert titles(await stage.telegram.inline(MARTA, "packaging")) == ["Smart packaging"]
    assert titles(await stage.telegram.inline(MARTA, "libraryfeedback"))[1:] == ["Smart packaging"]
    assert await stage.refusals() == ()
