"""Words compared as people mean them: without case, accents or endings of a letter or two."""

import re
import unicodedata
from collections.abc import Iterable

# Chinese and Japanese are written without spaces: nobody types a whole sentence to find it, so each sign is a word.
SIGNS = "\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{SIGNS}]|[^\W{SIGNS}]+")
_MOST_WORDS = 8
_STEM, _ENDING = 4, 2


def asked(text: str) -> tuple[str, ...]:
    """The words that somebody looks for, at most eight."""
    return tuple(_plain(text))[:_MOST_WORDS]


def match(wanted: Iterable[str], texts: Iterable[str]) -> bool:
    """Whether each wanted word begins a word of the texts, or is one with an ending: `exports` finds `export`."""
    there = {word for text in texts for word in _plain(text)}
    return all(any(_fits(word, want) for word in there) for want in wanted)


def _fits(word: str, want: str) -> bool:
    return word.startswith(want) or (len(word) >= _STEM and want.startswith(word) and len(want) <= len(word) + _ENDING)


def _plain(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(letter for letter in decomposed if not unicodedata.combining(letter)))
