"""Inline mode: what is offered to be put into any chat."""

from datetime import timedelta

from sandbox.client import Asked
from tests.factories import START
from tests.integration.bot.stage import ANA, Stage
from tests.integration.bot.steps import stored

CLEANED = {"x" * 256: "x" * 40 + " …", "Σ" * 256: "Σ" * 40 + " …", "a\x00b": "ab"}
DORA = 31
"""She has never started the bot."""


def titles(asked: Asked) -> list[str]:
    return [str(result["title"]) for result in asked.results]


async def come(stage: Stage) -> None:
    await stage.telegram.people(DORA, first_name="Dora", language_code="en")


async def test_webinars_are_offered_by_words(stage: Stage) -> None:
    await stage.post(code="pack", title="Smart <packaging> & more", topics=("china",))
    await stage.post(code="cold", title="Cold chain", topics=("food",), starts_at=START + timedelta(days=1))

    asked = await stage.telegram.inline(ANA, "CHINA")
    assert titles(asked) == ["Smart <packaging> & more"]
    (result,) = asked.results
    assert (result["id"], result["description"]) == ("pack", "Wed 20 Jan, 10:00 CET · Alpha")
    assert result["content"]["text"].startswith("Smart <packaging> & more\nAlpha · in English")
    assert titles(await stage.telegram.inline(ANA, "  ")) == ["Smart <packaging> & more", "Cold chain"]
    assert await stored(stage) == {}
    assert await stage.refusals() == ()


async def test_queries_of_every_kind_are_answered(stage: Stage) -> None:
    await come(stage)
    await stage.post(code="pack", topics=("china",))

    for query in ("nothing", "<b>", "x" * 256, "china " * 40, "🤷", "%' OR 1=1 --", " ", "\u202e", "a\x00b", "Σ" * 256):
        asked = await stage.telegram.inline(DORA, query)
        assert asked.answered, query
        found = "china" in query or query in {" ", "\u202e"}
        nothing = [] if found else [f"Nothing found for “{CLEANED.get(query, query)}”"]
        assert titles(asked) == [*nothing, "Smart packaging"], query
    assert await stored(stage) == {}
    assert await stage.refusals() == ()


async def test_where_nothing_is_found_it_says_so_and_offers_what_there_is(stage: Stage) -> None:
    await stage.post(code="pack", topics=("china",))
    await stage.telegram.group(-100, members={ANA: "member"})

    asked = await stage.telegram.inline(ANA, "blockchain")
    assert titles(asked) == ["Nothing found for “blockchain”", "Smart packaging"]
    nothing = asked.results[0]
    assert nothing["description"] == "Below is everything that is planned."
    chosen = await stage.telegram.choose(ANA, asked, nothing["id"], chat=-100)

    assert chosen.text == "Webinars for small and medium companies: see what is coming."
    assert chosen.button("All webinars").url == f"https://t.me/{stage.application.bot.username}"
    assert await stage.refusals() == ()


async def test_where_nothing_is_planned_it_says_that(stage: Stage) -> None:
    assert titles(await stage.telegram.inline(ANA, "china")) == ["No webinar is planned at the moment"]
    assert titles(await stage.telegram.inline(ANA, "")) == ["No webinar is planned at the moment"]
    assert await stage.refusals() == ()


async def test_share_button_of_a_card_offers_that_card_whatever_became_of_it(stage: Stage) -> None:
    await stage.post(code="pack1234")
    await stage.post(code="other123", title="pack1234")
    card = await stage.start(ANA, "w_pack1234")

    button = card.button("Share")
    assert (button.action, button.value) == ("switch_inline_query", "pack1234")
    assert [result["id"] for result in (await stage.telegram.inline(ANA, "pack1234")).results] == ["pack1234"]
    await stage.cancel("pack1234")
    asked = await stage.telegram.inline(ANA, "pack1234")

    assert asked.results[0]["content"]["text"].startswith("❌ This webinar is cancelled.\n\nSmart packaging\n")
    assert await stage.refusals() == ()
