"""The draft's card where most is to be said."""

from dataclasses import replace

from bot.screens import draft as drafting
from bot.screens import shelf as shelves
from bot.screens.pasted import said
from domain.cards import AgendaLine
from domain.drafts import Field
from domain.intake import Taken
from domain.reading.pasting import Found
from domain.reading.when import Reading, WallTime, WhenError, WhenFault
from domain.shelf import Item, Shelf
from sandbox.text.formatted import TEXT_LIMIT
from sandbox.text.utf16 import units
from tests.chat import NASTY, NOW, longest_draft, read
from tests.factories import wall
from tests.unit.bot.states import EN


def test_the_longest_offers_and_doubts_fit_into_a_message() -> None:
    view = longest_draft()
    offered = {
        Field.TITLE: {"title": "😀" * 120},
        Field.WHEN: {"local_start": wall(2027, 2, 3), "timezone": "America/Argentina/ComodRivadavia"},
        Field.LINK: {"join_url": f"https://{'y' * 489}.eu"},
    }
    agenda = (AgendaLine("😀" * 120, "😀" * 120, 1440),) * 30
    view = replace(view, asking=Field.AGENDA, fields=view.fields.changed({"offered": offered, "agenda": agenda}))
    start = Reading(WallTime(wall(2027, 2, 3), "America/Argentina/ComodRivadavia"))
    found = Found(
        title="x",
        when=start,
        when_fault=WhenError(WhenFault.UNREADABLE, "😀" * 200),
        moments=(start,) * 50,
        links=("https://example.org/",) * 50,
    )
    doubts = said(Taken(view, found, tuple(Field)), EN)

    screen = drafting.draft_card(view, EN, EN.when_fault(WhenFault.UNREADABLE, "😀" * 61), said=doubts, another=True)

    assert units(read(screen).text) <= TEXT_LIMIT


def test_what_is_offered_and_what_stands_in_the_list_is_shown_to_the_letter() -> None:
    view = longest_draft()
    fields = view.fields.changed({"offered": {Field.TITLE: {"title": NASTY}}})
    shelf = Shelf((Item(1, NASTY, None, "UTC", (), open=False),), 1, 1, 1)

    assert f"Title in the text you sent: {NASTY}. " in read(drafting.draft_card(replace(view, fields=fields), EN)).text
    assert NASTY in read(shelves.drafts(shelf, EN)).text


def test_a_page_of_the_longest_drafts_fits_into_a_message() -> None:
    item = Item(1, "😀" * 120, NOW, "Europe/Brussels", tuple(Field)[:4], open=True)

    assert units(read(shelves.drafts(Shelf((item,) * 8, 2, 3, 24), EN)).text) <= TEXT_LIMIT
