"""What a client would rather have: RFC 9110, section 12."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from texts import closest

_WEIGHT = re.compile(r"[01](?:\.[0-9]{0,3})?")


class Coding(StrEnum):
    """How a calendar's bytes can be sent, the best first where a client likes several alike."""

    BROTLI = "br"
    GZIP = "gzip"
    IDENTITY = "identity"


_ALIASES = {Coding.GZIP: ("gzip", "x-gzip")}


@lru_cache(256)
def coding(accept_encoding: bytes) -> Coding:
    """What the client likes best. Plain bytes are the answer to everything that we cannot do or read."""
    weights = dict(_weighed(accept_encoding.decode("latin-1")))
    unnamed = {Coding.GZIP: weights.get("*", 0.0)}  # which everybody who says * can read

    def weight(one: Coding) -> float:
        named = [weights[name] for name in _ALIASES.get(one, (one.value,)) if name in weights]
        return max(named, default=unnamed.get(one, 0.0))

    best = max(Coding, key=weight)  # of several alike, the first
    return best if weight(best) > 0 else Coding.IDENTITY


def language(accept_language: str | None, default: str) -> str:
    """The first language that we have, most wanted first."""
    wanted = sorted(_weighed(accept_language or ""), key=lambda choice: -choice[1])
    for tag, weight in wanted:
        if weight > 0 and (found := closest(tag, "")):
            return found
    return closest(default)


def _weighed(header: str) -> Iterator[tuple[str, float]]:
    """Names and their weights; one that cannot be read weighs nothing."""
    for part in header.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                weight = min(1.0, float(value)) if _WEIGHT.fullmatch(value) else 0.0
        if name:
            yield name, weight
