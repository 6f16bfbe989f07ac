"""Countries as people call them, in their own language or another: `Poland`, `Polska`, `Pologne`, `PL`, `POL`."""

import unicodedata
from collections.abc import Mapping
from functools import cache

from babel import Locale
from babel.core import get_global

from storage import ConvokeError

# People write the name they know at home. Of these Europe, China and America are made.
_LANGUAGES = (
    *("en", "fr", "de", "es", "it", "pt", "nl", "pl", "cs", "sk", "sl", "hr", "sr", "hu", "ro", "bg", "el", "sv"),
    *("da", "fi", "no", "is", "et", "lv", "lt", "ga", "mt", "sq", "mk", "uk", "ru", "tr", "zh", "ja", "ko"),
)
_NAMES = {
    "america": "US",
    "unitedstatesofamerica": "US",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "britain": "GB",
    "greatbritain": "GB",
    "holland": "NL",
    "turkey": "TR",
    "czechrepublic": "CZ",
    "korea": "KR",
    "hongkong": "HK",
    "macao": "MO",
    "macau": "MO",
    "uae": "AE",
}
_NONE = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
_CODE, _LONG_CODE = 2, 3
_NO = "no"  # more often an answer than Norway


class CountryError(ConvokeError):
    """No country is called so."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def country(text: str) -> str:
    """The country that is meant, as ISO 3166 with two letters. Raises CountryError."""
    name = _plain(text)
    code = _by_name().get(name) or _by_name().get(name.removeprefix("the"))
    if code is None or (name == _NO and not text.isupper()):
        raise CountryError(" ".join(text.split()))
    return code


@cache
def _by_name() -> dict[str, str]:
    codes = {code for code in _territories("en") if len(code) == _CODE and code.isalpha()} - _NONE
    found = {**_NAMES, **{code.lower(): code for code in codes}, **_aliases(codes)}
    for language in _LANGUAGES:
        for code, name in _territories(language).items():
            if code in codes:
                found.setdefault(_plain(name), code)
    return found


def _territories(language: str) -> dict[str, str]:
    return {str(code): str(name) for code, name in Locale.parse(language).territories.items()}


def _aliases(codes: set[str]) -> dict[str, str]:
    """Codes with three letters, and old ones that mean one country: UK, USA, POL."""
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    return {
        alias.lower(): now[0]
        for alias, now in aliases.items()
        if alias.isalpha() and len(alias) in {_CODE, _LONG_CODE} and len(now) == 1 and now[0] in codes
    }


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())
