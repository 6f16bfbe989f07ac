"""What a client would rather have: RFC 9110, section 12."""

import re
from collections.abc import Iterator

from texts import closest

_WEIGHT = re.compile(r"[01](?:\.[0-9]{0,3})?")


def prefers_gzip(accept_encoding: str | None) -> bool:
    weights = dict(_weighed(accept_encoding or ""))
    gzip = max(weights.get(name, -1.0) for name in ("gzip", "x-gzip"))
    if gzip < 0:
        gzip = weights.get("*", 0.0)
    return gzip > 0 and gzip >= weights.get("identity", 0.0)


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
