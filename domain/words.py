"""Words compared as people mean them: without case, accents or endings of a letter or two."""

import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"\w+")
_MOST_WORDS = 8


def asked(text: str) -> tuple[str, ...]:
    """The words that somebody looks for, at most eight."""
    return tuple(_plain(text))[:_MOST_WORDS]


def match(wanted: Iterable[str], texts: Iterable[str]) -> bool:
    """Whether each wanted word begins a word of the texts."""
    there = [word for text in texts for word in _plain(text)]
    return all(any(word.startswith(want) for word in there) for want in wanted)


def _plain(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(letter for letter in decomposed if not unicodedata.combining(letter)))
