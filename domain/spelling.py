from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The question for somebody who mistyped one of the known words, or nothing if none is near."""
    matches = get_close_matches(word, known, n=1)
    return f' Did you mean "{matches[0]}"?' if matches else ""
