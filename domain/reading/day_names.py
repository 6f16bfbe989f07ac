"""Months, weekdays and days such as `tomorrow`, in the members' languages, English and Chinese."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from babel.core import Locale

_LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl", "cs", "da", "sv", "zh")

# What people write besides the forms that CLDR has.
_MORE_MONTHS = {"sept": 9, "mrz": 3}
_MORE_WEEKDAYS = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3, "周天": 6, "星期天": 6, "礼拜天": 6}

_DAYS_AHEAD = {
    0: "today|aujourd'hui|heute|hoy|oggi|hoje|vandaag|dnes|i dag|idag|今天",
    1: "tomorrow|demain|morgen|mañana|domani|amanhã|zítra|i morgen|i morgon|imorgon|明天",
    2: "day after tomorrow|après-demain|übermorgen|pasado mañana|dopodomani|depois de amanhã|overmorgen|pozítří"
    "|i overmorgen|i övermorgon|后天",
}

_FIRST_SIGN = "\u2e80"  # from here on, Chinese


def fold(text: str) -> str:
    """The text in small letters without accents, letter for letter: what is found in it stands at the same place."""
    return "".join(map(_plain, text))


def _plain(character: str) -> str:
    """A character that is written wide becomes the usual one; what would become several stays."""
    if "\uff01" <= character <= "\uff5e":
        character = unicodedata.normalize("NFKC", character)
    base, *marks = list(unicodedata.normalize("NFD", character))
    small = base.lower() if all(map(unicodedata.combining, marks)) else character
    if small == "\u2019":
        return "'"
    return small if len(small) == 1 else character


@cache
def months() -> Mapping[str, int]:
    """Numbers from 1 by folded name; short forms without their full stop."""
    named = {name: numbers for name, numbers in _names("months").items() if not name[0].isdigit()}
    return {name: min(numbers) for name, numbers in named.items()} | _MORE_MONTHS


@cache
def weekdays() -> Mapping[str, frozenset[int]]:
    """Numbers from 0, Monday, by folded name. `so` is a Sunday in German and a Saturday in Czech."""
    more = {name: frozenset({number}) for name, number in _MORE_WEEKDAYS.items()}
    return _names("days") | more


@cache
def days_ahead() -> Mapping[str, int]:
    return {fold(name): number for number, names in _DAYS_AHEAD.items() for name in names.split("|")}


def pattern(names: Iterable[str]) -> str:
    """A pattern for one of these names, whole; where words are not parted by spaces, it may end anywhere."""
    longest = sorted(names, key=lambda name: (-len(name), name))
    letters = "|".join(re.escape(name) for name in longest if name[0] < _FIRST_SIGN)
    signs = "|".join(re.escape(name) for name in longest if name[0] >= _FIRST_SIGN)
    return rf"(?:(?:{letters})(?![^\W\d_])|(?:{signs}))" if signs else rf"(?:{letters})(?![^\W\d_])"


def _names(kind: str) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for language in _LANGUAGES:
        forms = getattr(Locale.parse(language), kind)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in forms[context][width].items():
                    found[fold(name).rstrip(".")].add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}
