"""What people see, word for word, in each language. `python -m tests.unit.bot.draw` draws the files anew."""

import pytest

from bot.context import texts_for
from tests.chat import GOLDEN, drawn, read
from tests.unit.bot.states import EVERY, every
from texts import LANGUAGES

SPOKEN = {language: every(texts_for(language)) for language in LANGUAGES}

in_each_language = pytest.mark.parametrize("language", LANGUAGES)


@in_each_language
@pytest.mark.parametrize("name", EVERY)
def test_screen_reads_as_it_was_agreed(name: str, language: str) -> None:
    golden = GOLDEN / language / f"{name}.txt"

    assert drawn(SPOKEN[language][name]) == golden.read_text(encoding="utf-8")


@in_each_language
@pytest.mark.parametrize("name", EVERY)
def test_screen_is_text_that_telegram_takes(name: str, language: str) -> None:
    assert read(SPOKEN[language][name]).text


@in_each_language
def test_golden_folder_holds_nothing_else(language: str) -> None:
    assert sorted(path.name for path in (GOLDEN / language).iterdir()) == sorted(f"{name}.txt" for name in EVERY)


def test_golden_folder_holds_these_languages() -> None:
    assert sorted(path.name for path in GOLDEN.iterdir()) == sorted(LANGUAGES)
