"""Every catalogue says everything the sources say, and nothing that would break a message."""

import gettext
import re
import unicodedata
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo

from tests.architecture.tree import ROOT
from texts import LANGUAGES
from texts.catalogue import CATALOGUES, Phrases
from texts.extraction import extracted, read, written
from texts.names import OURS

PATHS = sorted(CATALOGUES.glob("*.po"))

# What may read as it does in English. A language that is not here may say nothing in English words.
SAME = {
    "fr": {
        "Apple, Thunderbird, GNOME",  # their names
        "Outlook",
        "Thunderbird",
        "San Francisco",
        "Canada",
        "Contact",
        "<b>Contact</b>",
        "Organisation",
        "PDF",
        "archive",
        "Versions ({n})",
        "Cluster",  # the same word
        "Description",
        "Pages",
        "Programme",
        "Questions",
        "EEE d MMM",  # patterns for dates: the words come from CLDR
        "LLL y",
        "LLLL y",
        "MMM y",
        "d MMMM y",
        "{clock} {place}, weekend",  # the hyphen is another
        "{hours} h",  # units; the space is another
        "{hours} h {minutes} min",
        "{minutes} min",
        "{n} minute",
    },
}

_SLOT = re.compile(r"\{\w+\}|%\(\w+\)s")
_TAG = re.compile(r"</?\w[^>]*>")
_COMMAND = re.compile(r"(?<![\w/:<])/[a-z]+")
_LETTERS = re.compile(r"[^\W\d_]")
_FIRST_SIGN = 0x2000  # below are letters and marks such as °
_NUMBERS = range(201)


def slots(text: str) -> set[str]:
    return set(_SLOT.findall(text))


def kept(text: str) -> dict[str, list[str]]:
    """What a translation takes over as it stands."""
    signs = [sign for sign in text if ord(sign) > _FIRST_SIGN and unicodedata.category(sign) == "So"]
    return {
        "tags": sorted(_TAG.findall(text)),
        "commands": sorted(_COMMAND.findall(text)),
        "signs": sorted(signs),
        "lines": ["\n"] * text.count("\n"),
        "ends": [text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]],
    }


def ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def forms(message: Message) -> tuple[str, ...]:
    return (message.string or "",) if isinstance(message.string, str | None) else tuple(message.string)


def faults(message: Message, form_of: Callable[[int], int]) -> Iterator[str]:
    """What is wrong with a translation. `form_of` tells which plural form a number takes."""
    one, *many = ids(message)
    source = (many or [one])[0]
    if message.fuzzy:
        yield "fuzzy"
    for form, string in enumerate(forms(message)):
        if not string.strip():
            yield f"form {form} is missing"
            continue
        numbers = [number for number in _NUMBERS if form_of(number) == form] if many else []
        expected = slots(source) & slots(one) if numbers == [1] else slots(source)
        if not expected <= slots(string) <= slots(source) | slots(one):
            yield f"form {form} has the slots {sorted(slots(string))}"
        yield from (
            f"form {form} differs in its {what}" for what, found in kept(string).items() if found != kept(source)[what]
        )


def plain(message: Message) -> str:
    """The letters of the first form; nothing where there are only slots, tags and signs."""
    text = _TAG.sub("", _SLOT.sub("", forms(message)[0]))
    return "".join(_LETTERS.findall(text))


def messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def singular(message: Message) -> str:
    return ids(message)[0]


@pytest.fixture(scope="module")
def template() -> Catalog:
    return extracted()


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    found = request.param
    assert isinstance(found, Path)
    return found


@pytest.fixture
def catalog(path: Path) -> Catalog:
    return read(path)


def test_there_is_a_catalogue_for_every_language_but_english() -> None:
    assert [path.stem for path in PATHS] == [language for language in LANGUAGES if language != "en"] != []


def test_sources_are_found(template: Catalog) -> None:
    """Sentences, plurals and names in Python; sentences and plurals in templates."""
    expected: list[tuple[str | tuple[str, str], str | None]] = [
        ("Register", None),
        (("{n} day", "{n} days"), None),
        ("China", "market or sector"),
        ("Skip to the content", None),
        (("%(n)s more is coming.", "%(n)s more are coming."), None),
    ]

    assert [(found.id, found.context) for id_, context in expected if (found := template.get(id_, context))] == expected


def test_catalogue_is_as_make_words_would_write_it(path: Path, catalog: Catalog, template: Catalog) -> None:
    """Nothing missing, nothing left over, in order."""
    catalog.update(template, no_fuzzy_matching=True)

    assert written(catalog) == path.read_text(encoding="utf-8")


def test_catalogue_says_everything_and_keeps_what_is_no_word(catalog: Catalog) -> None:
    form_of = gettext.c2py(catalog.plural_expr)

    assert {singular(message): found for message in messages(catalog) if (found := [*faults(message, form_of)])} == {}


def test_catalogue_compiles_and_every_message_is_found_in_it(catalog: Catalog) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    translations = gettext.GNUTranslations(compiled)

    assert [error for message in messages(catalog) for error in message.check(catalog)] == []
    assert {singular(message): _said(translations, message) for message in messages(catalog)} == {
        singular(message): forms(message)[0] for message in messages(catalog)
    }


def _said(translations: gettext.NullTranslations, message: Message) -> str:
    """As it is said of one."""
    one, *many = ids(message)
    if many:
        return translations.ngettext(one, many[0], 1)
    return translations.pgettext(message.context, one) if message.context else translations.gettext(one)


def test_nothing_is_left_in_english(path: Path, catalog: Catalog) -> None:
    source = {singular(message): plain(Message(singular(message), singular(message))) for message in messages(catalog)}
    same = {one for message in messages(catalog) if (one := singular(message)) and plain(message) == source[one] != ""}

    assert same == SAME.get(path.stem, set())


def test_names_of_our_consortium_are_those_of_its_data() -> None:
    data = (ROOT / "consortium.toml").read_text(encoding="utf-8")
    topics = data[data.index("[[topic]]") :]

    assert sorted(OURS) == sorted(re.findall(r'^name = "(.*)"$', topics, re.MULTILINE))


@pytest.mark.parametrize("name", ["Brazil", "Register", "", "{name} & <b>"])
def test_names_of_others_are_said_as_they_are_given(path: Path, name: str) -> None:
    assert Phrases(path.stem).name(name) == name


def _message(*string: str, one: str = "<b>1</b> of {all}", many: str | None = "<b>{n}</b> of {all}") -> Message:
    return Message((one, many), string) if many else Message(one, string[0])


def _french(number: int) -> int:
    return int(number > 1)


def _english(number: int) -> int:
    return int(number != 1)


GOOD = "<b>{n}</b> sur {all}"


@pytest.mark.parametrize(
    ("message", "form_of", "found"),
    [
        (_message(GOOD, GOOD), _french, []),
        (_message("<b>un</b> sur {all}", GOOD), _english, []),
        (_message("<b>un</b> sur {all}", GOOD), _french, ["form 0 has the slots ['{all}']"]),
        (_message(GOOD, "<b>deux</b> sur {all}"), _english, ["form 1 has the slots ['{all}']"]),
        (_message(GOOD, "<b>{n}</b> sur {tous}"), _french, ["form 1 has the slots ['{n}', '{tous}']"]),
        (_message(GOOD, ""), _french, ["form 1 is missing"]),
        (_message(GOOD, "<i>{n}</i> sur {all}"), _french, ["form 1 differs in its tags"]),
        (_message(GOOD, GOOD + " "), _french, ["form 1 differs in its ends"]),
        (_message("Envoyez {x}.", one="Send {x}.", many=None), _french, []),
        (_message("Envoyez {y}.", one="Send {x}.", many=None), _french, ["form 0 has the slots ['{y}']"]),
        (_message("Envoyez %(n)s.", one="Send %(m)s.", many=None), _french, ["form 0 has the slots ['%(n)s']"]),
        (_message("Envoyez /mine.", one="Send /new.", many=None), _french, ["form 0 differs in its commands"]),
        (_message("Inscription", one="✅ Registered", many=None), _french, ["form 0 differs in its signs"]),
        (_message("n° 1\nci-joint", one="number 1", many=None), _french, ["form 0 differs in its lines"]),
        (Message("Send", "Envoyer", flags=("fuzzy",)), _french, ["fuzzy"]),
    ],
)
def test_faults_are_found(message: Message, form_of: Callable[[int], int], found: list[str]) -> None:
    assert list(faults(message, form_of)) == found
