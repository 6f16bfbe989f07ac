"""What holds for every screen of the library, whatever organisers type."""

import pytest

from bot.context import texts_for
from sandbox.text.formatted import ENTITY_LIMIT, TEXT_LIMIT
from sandbox.text.utf16 import units
from tests.chat import HARMLESS, NASTY, read
from tests.unit.bot.libraries import OF_ENTRY, entry_of, longest

EN = texts_for("en")


@pytest.mark.parametrize("name", OF_ENTRY)
def test_what_organisers_typed_is_shown_to_the_letter(name: str) -> None:
    nasty, harmless = (read(OF_ENTRY[name](entry_of(text), EN)) for text in (NASTY, HARMLESS))

    assert NASTY in nasty.text
    assert nasty.text == harmless.text.replace(HARMLESS, NASTY)
    assert nasty.entities == harmless.entities


@pytest.mark.parametrize("name", OF_ENTRY)
def test_the_longest_entry_fits_into_a_message(name: str) -> None:
    screen = OF_ENTRY[name](longest(), EN)
    found = read(screen)

    assert units(found.text) <= TEXT_LIMIT
    assert len(found.entities) <= ENTITY_LIMIT
    assert max(len(button.label) for row in screen.rows for button in row) <= 40
