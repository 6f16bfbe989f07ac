"""Draws the golden files anew, after words or screens changed: python -m tests.unit.bot.draw, then read the diff."""

from tests.chat import GOLDEN, drawn
from tests.unit.bot.states import EVERY

if __name__ == "__main__":
    for old in GOLDEN.glob("*.txt"):
        old.unlink()
    for name, screen in EVERY.items():
        (GOLDEN / f"{name}.txt").write_text(drawn(screen), encoding="utf-8")
