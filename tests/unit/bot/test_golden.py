"""What people see, word for word. `python -m tests.unit.bot.draw` draws the files anew."""

import pytest

from tests.chat import GOLDEN, drawn, read
from tests.unit.bot.states import EVERY


@pytest.mark.parametrize("name", EVERY)
def test_screen_reads_as_it_was_agreed(name: str) -> None:
    assert drawn(EVERY[name]) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", EVERY)
def test_screen_is_text_that_telegram_takes(name: str) -> None:
    assert read(EVERY[name]).text


def test_golden_folder_holds_nothing_else() -> None:
    assert sorted(path.name for path in GOLDEN.iterdir()) == sorted(f"{name}.txt" for name in EVERY)
