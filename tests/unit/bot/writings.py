"""The draft's card after a text was pasted, its warnings, and the list of drafts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.screen import Screen
from bot.screens import draft as drafting
from bot.screens import shelf as shelves
from bot.screens.pasted import said
from domain.cards import AgendaLine
from domain.drafts import Field
from domain.intake import Taken
from domain.reading.pasting import Found
from domain.reading.when import Reading, WallTime, WhenError, WhenFault
from domain.shelf import Item, Shelf
from tests.chat import READY, START, draft
from tests.factories import wall
from texts.chat import ChatTexts

AGENDA = (
    AgendaLine("Welcome", "Ana Ruiz", 15),
    AgendaLine("Labels in China", "Li Wei", 60),
    AgendaLine("Questions", "", None),
)
FIRST = Reading(WallTime(wall(2027, 2, 3, 9, 30), "Europe/Brussels"), zoned=True)
SECOND = Reading(WallTime(wall(2027, 2, 10, 16), "Asia/Shanghai"), zoned=True)


def pasted(found: Found, filled: tuple[Field, ...], words: ChatTexts, **fields: Any) -> Screen:
    view = draft(asking=Field.WHEN if "local_start" not in fields else None, **fields)
    return drafting.draft_card(view, words, said=said(Taken(view, found, filled), words))


def offered(words: ChatTexts) -> Screen:
    offers = {"title": {"title": "Cold chain <to> Guangdong"}, "link": {"join_url": "https://zoom.us/j/2"}}
    return pasted(Found(title="x"), (), words, chosen=("NF4",), offered=offers, **READY)


def item(number: int, **changes: Any) -> Item:
    values: dict[str, Any] = {"title": f"Draft <{number}>", "starts_at": None, "missing": (), "open": False}
    return Item(id=number, timezone="Europe/Brussels", **values | changes)


SHELF = (
    item(1, open=True, missing=(Field.WHEN, Field.LINK)),
    item(2, title=None, missing=(Field.TITLE, Field.HOSTS)),
    item(3, starts_at=START + timedelta(days=1)),
    item(4),
)

SCREENS: dict[str, Callable[[ChatTexts], Screen]] = {
    "draft_agenda": lambda words: drafting.draft_card(draft(chosen=("NF4",), agenda=AGENDA, **READY), words),
    "draft_comes_twice": lambda words: drafting.draft_card(
        draft(chosen=("NF4",), **READY | {"local_start": wall(2027, 10, 31, 2, 30)}), words
    ),
    "draft_another": lambda words: drafting.draft_card(draft(title="Cold chain"), words, another=True),
    "draft_pasted": lambda words: pasted(
        Found(title="Cold chain", when=FIRST, link="https://zoom.us/j/1"),
        (Field.TITLE, Field.WHEN, Field.LINK, Field.AGENDA),
        words,
        agenda=AGENDA[:1],
        **READY,
    ),
    "draft_pasted_without_zone": lambda words: pasted(
        Found(when=Reading(FIRST.start)), (Field.WHEN,), words, local_start=FIRST.start.local
    ),
    "draft_pasted_unsure": lambda words: pasted(
        Found(moments=(FIRST, SECOND), links=("https://zoom.us/j/1", "https://zoom.us/j/2")), (), words
    ),
    "draft_pasted_fault": lambda words: pasted(
        Found(title="Cold chain", when_fault=WhenError(WhenFault.TWO_DATES, "01/02/2027")),
        (Field.TITLE,),
        words,
        title="Cold chain",
    ),
    "draft_pasted_unsure_link": lambda words: pasted(Found(links=("https://example.org/",)), (), words),
    "draft_pasted_nothing_new": lambda words: pasted(Found(title="Cold chain"), (), words, title="Cold chain"),
    "draft_offered": offered,
    "drafts": lambda words: shelves.drafts(Shelf(SHELF, 1, 1, 4), words),
    "drafts_paged": lambda words: shelves.drafts(Shelf(SHELF[2:], 2, 3, 18), words),
    "drafts_empty": lambda words: shelves.drafts(Shelf((), 1, 1, 0), words),
}
