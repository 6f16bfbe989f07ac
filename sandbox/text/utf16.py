"""Telegram counts text in UTF-16 code units; Python counts code points."""

from bisect import bisect_left
from itertools import accumulate

LAST_OF_BASIC_PLANE = "\uffff"


def units(text: str) -> int:
    return len(text) + sum(char > LAST_OF_BASIC_PLANE for char in text) if not text.isascii() else len(text)


class Ruler:
    """Converts places in one text between code points and UTF-16 units."""

    def __init__(self, text: str) -> None:
        wide = not text.isascii() and max(text) > LAST_OF_BASIC_PLANE
        self._marks = list(accumulate((1 + (char > LAST_OF_BASIC_PLANE) for char in text), initial=0)) if wide else None
        self._size = len(text)

    def to_units(self, place: int) -> int:
        return place if self._marks is None else self._marks[place]

    def to_points(self, place: int) -> int | None:
        """The code point at a place in UTF-16 units; None in the middle of a symbol."""
        if self._marks is None:
            return min(place, self._size)
        if place >= self._marks[-1]:
            return self._size
        point = bisect_left(self._marks, place)
        return point if self._marks[point] == place else None
