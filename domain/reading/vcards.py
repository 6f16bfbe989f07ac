"""A business card as phones send it: vCard 2.1, 3.0 and 4.0, of which a few lines are read and the rest is left out.

What comes is hostile: it is short, of one person, and nothing in it is followed (links, pictures, dates). RFC 2426 and
RFC 6350 fold lines with a space at the beginning, 2.1 writes other letters as `=C3=A9` and ends lines with `=`.
"""

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.reading import draft_values

LARGEST = 64 * 1024
"""Pictures are left out by phones that send a card to a chat; a longer one is no card."""

_MOST_LINES = 500
_LONGEST = 500
_LINE = re.compile(r"(?:[A-Za-z0-9-]+\.)?(?P<name>[A-Za-z-]+)(?P<parameters>(?:;[^:]*)?):(?P<value>.*)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_FOLD = re.compile(r"\r?\n[ \t]")
_SOFT_BREAK = re.compile(r"=\r?\n")
_PARTS = re.compile(r"(?<!\\);")
_COUNTRY, _ADDRESS = 6, 7
_READ = frozenset({"FN", "N", "ORG", "TITLE", "ROLE", "EMAIL", "TEL", "ADR"})


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessCard:
    """What was found, as it was written; the first where there are several."""

    name: str = ""
    organisation: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class _Property:
    name: str
    value: str

    @property
    def plain(self) -> str:
        return _plain(self.value)

    @property
    def parts(self) -> list[str]:
        return [_plain(part) for part in _PARTS.split(self.value)]


def read(content: bytes) -> BusinessCard | None:
    """The first card; nothing if it is none, or has neither a name nor a way to reach somebody."""
    if len(content) > LARGEST:
        return None
    found: dict[str, _Property] = {}
    for each in _properties(content.decode("utf-8", "replace").removeprefix("\ufeff")):
        if each.value.strip():
            found.setdefault(each.name, each)
    card = BusinessCard(
        name=_name(found),
        organisation=" ".join(part for part in found["ORG"].parts if part) if "ORG" in found else "",
        role=next((found[name].plain for name in ("TITLE", "ROLE") if name in found), ""),
        email=found["EMAIL"].plain.removeprefix("mailto:") if "EMAIL" in found else "",
        phone=found["TEL"].plain.removeprefix("tel:") if "TEL" in found else "",
        country=_country(found),
    )
    return card if card.name or card.email or card.phone else None


def _name(found: dict[str, _Property]) -> str:
    if "FN" in found:
        return found["FN"].plain
    if "N" not in found:
        return ""
    family, given, *_ = [*found["N"].parts, "", ""]
    return f"{given} {family}".strip()


def _country(found: dict[str, _Property]) -> str:
    parts = found["ADR"].parts if "ADR" in found else []
    return parts[_COUNTRY] if len(parts) == _ADDRESS else ""


def _properties(text: str) -> Iterator[_Property]:
    """Those that are read, of the first card."""
    unfolded = _FOLD.sub("", _SOFT_BREAK.sub("", text) if "QUOTED-PRINTABLE" in text.upper() else text)
    begun = False
    for line in unfolded.splitlines()[:_MOST_LINES]:
        found = _LINE.fullmatch(line.strip())
        name = found["name"].upper() if found else ""
        if name == "BEGIN":
            begun = True
        elif name == "END":
            return
        elif begun and found and name in _READ:
            yield _Property(name, _decoded(found["value"], found["parameters"].upper()))


def _decoded(value: str, parameters: str) -> str:
    if "QUOTED-PRINTABLE" not in parameters:
        return value[:_LONGEST]
    letters = quopri.decodestring(value[: 3 * _LONGEST].encode("ascii", "ignore"))
    return letters.decode("utf-8" if "UTF-8" in parameters else "latin-1", "replace")[:_LONGEST]


def _plain(value: str) -> str:
    text = _ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], value)
    return " ".join(draft_values.clean(text).split())
