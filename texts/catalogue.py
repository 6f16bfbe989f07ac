"""Catalogues: English is the source, every other language is a gettext file in `catalogues/`."""

import gettext
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup

from texts.names import NAME

CATALOGUES = Path(__file__).parent / "catalogues"

# Plain "en" is American to CLDR: 1/19/2027 and 3:00 PM would puzzle every reader in Europe.
_LOCALES = {"en": "en_GB"}

LANGUAGES: tuple[str, ...] = ("en", *sorted(path.stem for path in CATALOGUES.glob("*.po")))


@cache
def _translations(language: str) -> gettext.NullTranslations:
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def closest(language_code: str | None, default: str = "en") -> str:
    """The language to use for an IETF tag such as `pt-br`: the primary subtag if we have it, else the default."""
    primary = (language_code or "").lower().split("-")[0]
    return primary if primary in LANGUAGES else default


class Phrases:
    """Whole sentences in one language. Rooms subclass it with the phrases they need."""

    def __init__(self, language: str) -> None:
        self.language = closest(language)
        self.locale = Locale.parse(_LOCALES.get(self.language, self.language))
        self.translations = _translations(self.language)

    def _(self, message: str) -> str:
        return self.translations.gettext(message)

    def _n(self, one: str, many: str, number: int) -> str:
        return self.translations.ngettext(one, many, number)

    def _p(self, context: str, message: str) -> str:
        """For words that are one in English and several elsewhere; the context tells them apart."""
        return self.translations.pgettext(context, message)

    def name(self, name: str) -> str:
        """What the consortium's data calls a market or a sector, in this language if we know it, else as given."""
        return self._p(NAME, name)

    def names(self, names: Iterable[str]) -> list[str]:
        return [self.name(name) for name in names]

    def html(self, sentence: str, **values: object) -> Markup:
        """A catalogue's sentence as Telegram's HTML, with the values put in escaped."""
        return Markup(sentence).format(**values)  # noqa: S704 -- catalogues are ours, and the values are escaped
