"""Draws the golden files anew, after words or screens changed: python -m tests.unit.bot.draw, then read the diff."""

from bot.context import texts_for
from tests.chat import GOLDEN, drawn
from tests.unit.bot.states import every
from texts import LANGUAGES

if __name__ == "__main__":
    for language in LANGUAGES:
        folder = GOLDEN / language
        folder.mkdir(exist_ok=True)
        for old in folder.glob("*.txt"):
            old.unlink()
        for name, screen in every(texts_for(language)).items():
            (folder / f"{name}.txt").write_text(drawn(screen), encoding="utf-8")
