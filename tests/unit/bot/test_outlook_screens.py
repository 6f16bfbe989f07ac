"""What organisers are told about a time, however much there is to tell and whatever it is called."""

from dataclasses import replace

import pytest

from bot.callbacks import ClashesShow, DraftPreview
from bot.context import texts_for
from bot.screen import Press
from bot.screens import draft as drafting
from bot.screens import outlook as screens
from domain.cards import Card
from domain.days_off import DayOff
from domain.outlook import Outlook
from sandbox.text.formatted import ENTITY_LIMIT, TEXT_LIMIT
from sandbox.text.utf16 import units
from tests.chat import HARMLESS, NASTY, START, card, longest_card, read
from tests.unit.bot.outlooks import CALM, LABELS, ODD_SLOT, WARNED, crowded, found

EN = texts_for("en")
LONG = "😀" * 120
EUROPE = ("AT", "BE", "CZ", "DE", "DK", "ES", "FR", "IT", "NL", "PT", "SE")


def listed(outlook: Outlook) -> list[str]:
    return [line.striptags() for line in screens.warnings(outlook, EN)]


@pytest.mark.parametrize(("clashes", "further", "named", "more"), [(5, 0, 5, 0), (6, 0, 3, 3), (100, 40, 3, 137)])
def test_all_clashes_are_named_or_counted(clashes: int, further: int, named: int, more: int) -> None:
    outlook = replace(CALM, clashes=(LABELS,) * clashes, further=further)

    lines = listed(outlook)

    assert sum("Labels" in line for line in lines) == named
    assert lines[1 + named :] == ([f"… and {more} more near that time"] if more else [])
    assert screens.unlisted(outlook) == more


def test_a_holiday_of_many_countries_is_one_line() -> None:
    days = tuple(DayOff(country, START.date(), "Christmas Day") for country in EUROPE)

    (_, line) = listed(replace(CALM, days_off=days))

    assert line.startswith("⚠️ Public holiday: Christmas Day (Austria, Belgium, Czechia,")
    assert line.endswith("Portugal and Sweden)")


def test_good_times_are_said_in_one_line() -> None:
    assert listed(CALM) == ["10:00 Brussels ✓ · 17:00 Shanghai ✓ · 04:00 New York, night · 01:00 San Francisco, night"]


@pytest.mark.parametrize("shown", [longest_card(), card()], ids=["longest", "usual"])
@pytest.mark.parametrize("number", [1, 5, 20])
def test_longest_preview_with_the_longest_warnings_fits_into_a_message(shown: Card, number: int) -> None:
    days = tuple(DayOff(country, START.date(), f"{country} {LONG}") for country in EUROPE)
    outlook = replace(crowded(LONG, LONG), clashes=crowded(LONG, LONG).clashes[:number], days_off=days)
    text = read(drafting.preview(shown, outlook, EN))

    assert units(text.text) <= TEXT_LIMIT
    assert len(text.entities) <= ENTITY_LIMIT


@pytest.mark.parametrize("page", [1, 10])
def test_a_page_of_the_longest_clashes_fits_into_a_message(page: int) -> None:
    outlook = replace(crowded(LONG, LONG), clashes=crowded(LONG, LONG).clashes * 5)

    assert units(read(screens.clashes(outlook, page, ClashesShow, DraftPreview(), EN)).text) <= TEXT_LIMIT


def test_five_of_the_oddest_times_fit_into_a_message() -> None:
    days = tuple(DayOff(country, START.date(), f"{country} {LONG}") for country in EUROPE)

    assert units(read(screens.slots(found(*[replace(ODD_SLOT, days_off=days)] * 5), EN)).text) <= TEXT_LIMIT


def test_titles_and_hosts_are_shown_to_the_letter() -> None:
    nasty, harmless = (
        read(screens.clashes(crowded(text[:28], text[:10]), 1, ClashesShow, DraftPreview(), EN))
        for text in (NASTY, HARMLESS)
    )

    assert NASTY[:28] in nasty.text
    assert nasty.entities == harmless.entities


@pytest.mark.parametrize(("number", "others"), [(0, [2]), (1, [2]), (2, [1, 3]), (3, [2]), (99, [2])])
def test_pages_of_clashes_turn_where_there_is_another(number: int, others: list[int]) -> None:
    outlook = replace(WARNED, clashes=(LABELS,) * 21)

    turns, _ = screens.clashes(outlook, number, ClashesShow, DraftPreview(), EN).rows

    assert [button.callback for button in turns if isinstance(button, Press)] == [ClashesShow(page) for page in others]
