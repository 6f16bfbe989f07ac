"""For maintainers: bring every catalogue up to date with the words in the sources. `make words`."""

import tomllib
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import generate_po, read_po

from texts.catalogue import CATALOGUES

_ROOT = Path(__file__).parents[1]

# What gettext and Babel need and nothing else: dates, names and versions would make every diff longer.
_HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def extracted() -> Catalog:
    """Every message of the sources. Where they are is for Babel's own tools too, so it stands in pyproject.toml."""
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    mappings = project["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    options = {mapping["pattern"]: {"keywords": parse_keywords(mapping.get("keywords", ()))} for mapping in mappings}
    catalog = Catalog()
    for _, _, message, _, context in extract_from_dir(_ROOT, methods, options):
        catalog.add(message, context=context)
    return catalog


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.stem, ignore_obsolete=True, abort_invalid=True)


def written(catalog: Catalog) -> str:
    """Sorted, a message's line as long as it is, without places: a diff shows the words that changed."""
    header = _HEADER.format(language=catalog.locale_identifier, plurals=catalog.plural_forms)
    lines = generate_po(catalog, width=0, no_location=True, omit_header=True, ignore_obsolete=True, sort_by="message")
    return header + "".join(lines).rstrip("\n") + "\n"


def update(path: Path, template: Catalog) -> int:
    """Add what is new, drop what is gone. Returns how many messages are still to be translated."""
    catalog = read(path)
    catalog.update(template, no_fuzzy_matching=True)
    path.write_text(written(catalog), encoding="utf-8")
    return sum(not message.string or not all(message.string) for message in catalog if message.id)


if __name__ == "__main__":
    words = extracted()
    for found in sorted(CATALOGUES.glob("*.po")):
        print(f"{found.name}: {update(found, words)} of {len(words)} to translate")  # noqa: T201 -- for whoever ran it
