"""Words as search compares them: without case, accents or endings, in whichever language they are written.

An entry is kept as the stems of its words, in its own language and in English, which half of all titles borrow from.
What somebody looks for is stemmed in every language that an entry may have, since nobody says in which they type.
Each word stands there bare too, so that it is found while it is still being typed. Chinese and Japanese, which have
no spaces, become pairs of signs.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from domain.reading.words import SIGNS

_STEMMERS = {
    "en": "english",
    "fr": "french",
    "de": "german",
    "es": "spanish",
    "it": "italian",
    "pt": "portuguese",
    "nl": "dutch",
    "cs": "czech",
    "da": "danish",
    "sv": "swedish",
}
_ALWAYS = "en"
_WORD = re.compile(rf"[{SIGNS}]+|[^\W{SIGNS}_]+")
_IS_SIGNS = re.compile(rf"[{SIGNS}]")
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "\u0131": "i"})
"""Letters that people without such a keyboard write otherwise, though to Unicode they have no accent."""

_LONGEST = 40
_REMEMBERED = 20_000


def of_texts(texts: Iterable[str], language: str) -> str:
    """What is kept of an entry in this language: each stem once, a space between them."""
    languages = tuple(dict.fromkeys((language, _ALWAYS)))
    found: dict[str, None] = {}
    for text in texts:
        for word in _words(text):
            found |= dict.fromkeys(_pairs(word) if _IS_SIGNS.match(word) else of_word(word, languages))
    return " ".join(found)


def wanted(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The words that somebody looks for, each bare and as the stems of which one will do; a pair of signs is a word."""
    for word in _words(text):
        if not _IS_SIGNS.match(word):
            yield _bare(word), of_word(word, tuple(_STEMMERS))
        else:
            yield from ((pair, (pair,)) for pair in ([word] if len(word) == 1 else _pairs(word)[:-1]))


def _words(text: str) -> list[str]:
    """In small letters, their accents composed: stemmers know `é` and not `e` with a mark behind it.

    The Turkish capital with a dot becomes two signs when it is made small: there the dot is left out.
    """
    found = _WORD.findall(unicodedata.normalize("NFKC", text.casefold().replace("i\u0307", "i")))
    words = ("".join(letter for letter in word if letter.isalnum())[:_LONGEST] for word in found)
    return [word for word in words if word]


def _pairs(signs: str) -> list[str]:
    """Each two signs that stand together, and the last alone: so a word of one sign is found by what begins with it."""
    return [signs[place : place + 2] for place in range(len(signs))]


def _bare(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in decomposed if letter.isalnum())


@lru_cache(maxsize=_REMEMBERED)
def of_word(word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The word bare and its stems, made from it with its accents and without: people leave them out when they type."""
    bare = _bare(word)
    plain = bare.translate(_PLAIN)
    found = dict.fromkeys((bare, plain))
    for language in languages:
        for form in dict.fromkeys((word, bare, plain)):
            stem = _bare(_stem(form, language))
            found |= dict.fromkeys((stem, stem.translate(_PLAIN)))
    return tuple(stem for stem in found if stem)


def _stem(word: str, language: str) -> str:
    """A stemmer keeps what it works on, and use cases run in several threads: each word gets one of its own."""
    if language not in _STEMMERS:
        return word
    import snowballstemmer  # noqa: PLC0415 -- it loads thirty languages at once, with the first search

    stem: str = snowballstemmer.stemmer(_STEMMERS[language]).stemWord(word)
    return stem
