"""The zone beside a time: `CET`, `CET (Brussels)`, `(UTC+01:00) Amsterdam, Berlin, Rome`, `heure de Paris`."""

import re
from dataclasses import dataclass

from domain.reading import places
from domain.reading.places import PlaceError
from domain.reading.when_faults import WhenError, WhenFault

_BETWEEN = re.compile(r"[()\[\],;|·]")
_TWO_MEANINGS = frozenset({"CST", "IST", "AST"})
_FILLED = re.compile(
    r"(?:\b(?:on|the|le|am|den|el|il|op|de|dne|pa|i|uhr|at|date|time|when)\b|[\s,;:.@\-\u2013\u2014])*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Zone:
    """An IANA zone. `check`: another that was named beside it, which must show the same time; `offset`: no place."""

    name: str
    written: str
    check: str | None = None
    offset: bool = False


def named(text: str) -> Zone | None:
    """The zone that is meant, nothing if none is named. Raises WhenError.

    A city says more than an abbreviation, and that more than an offset, which mail programs write as it is in winter.
    Of several cities it is the first: they are examples.
    """
    whole = text.strip(" ,;()").rstrip(".")
    split = [whole] if "/" in whole and _zone(whole) else _BETWEEN.split(whole)
    pieces = [piece for part in split if (piece := part.strip().rstrip("."))]
    if not pieces:
        return None
    cities = [piece for piece in pieces if not (places.is_offset(piece) or piece.upper() in _TWO_MEANINGS)]
    short = next((piece for piece in cities if places.abbreviates(piece)), None)
    city = next((piece for piece in cities if not places.abbreviates(piece)), None)
    chosen = city or short or pieces[0]
    zone = _zone(chosen)
    if zone is None:
        raise _unknown(chosen)
    return Zone(zone, text.strip(), _zone(short) if short and city else None, places.is_offset(chosen))


def is_filled(text: str) -> bool:
    """Whether this is only what stands around dates and times, and says nothing."""
    return _FILLED.fullmatch(text) is not None


def unfilled(text: str) -> str:
    found = _FILLED.match(text)
    return text[found.end() :] if found else text


def _zone(name: str) -> str | None:
    try:
        return places.timezone(name)
    except PlaceError:
        return None


def _unknown(name: str) -> WhenError:
    if name.upper() in _TWO_MEANINGS:
        return WhenError(WhenFault.TWO_ZONES, name)
    try:
        places.timezone(name)
    except PlaceError as error:
        return WhenError(WhenFault.UNKNOWN_ZONE, error.name)
    raise AssertionError(name)
