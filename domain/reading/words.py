"""Words compared as people mean them: without case, accents or endings of a letter or two."""

import re
import unicodedata
from collections.abc import Iterable

# Chinese and Japanese are written without spaces: nobody types a whole sentence to find it, so each sign is a word.
SIGNS = "\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{SIGNS}]|[^\W{SIGNS}]+")
_MOST_WORDS = 8
_MOST_CHARACTERS = 20_000
_STEM, _ENDING = 4, 2


def asked(text: str) -> tuple[str, ...]:
    """The words that somebody looks for, at most eight."""
    return tuple(_plain(text))[:_MOST_WORDS]


def match(wanted: Iterable[str], texts: Iterable[str]) -> bool:
    """Whether each wanted word begins a word of the texts, or is one with an ending: `exports` finds `export`."""
    there = gathered(texts)
    return all(has(there, want) for want in wanted)


def gathered(texts: Iterable[str]) -> str:
    """All words of the texts, each once, between spaces: as `has` looks through them."""
    return f" {' '.join(dict.fromkeys(word for text in texts for word in _plain(text)))} "


def has(there: str, want: str) -> bool:
    """As `match`, one word."""
    stems = (want[:-cut] for cut in range(1, _ENDING + 1) if len(want) - cut >= _STEM)
    return f" {want}" in there or any(f" {stem} " in there for stem in stems)


class _Bare(dict[int, int | None]):
    """Each character as it is but for the marks above, below and in others, which are left out."""

    def __missing__(self, character: int) -> int | None:
        kept = None if unicodedata.combining(chr(character)) else character
        if len(self) < _MOST_CHARACTERS:
            self[character] = kept
        return kept


_BARE = _Bare()


def _plain(text: str) -> list[str]:
    folded = text.casefold()
    return _WORD.findall(folded if folded.isascii() else unicodedata.normalize("NFKD", folded).translate(_BARE))
