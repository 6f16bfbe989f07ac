"""What Telegram does to every text before it looks at it: control characters go, the ends are trimmed."""

import re
from bisect import bisect_left

from sandbox.text.entity import Entity

_BLANKS = {code: " " for code in range(32) if code not in {10, 13}}
_DROPPED = "\r\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u0333\u033f\u030a"
_TABLE = str.maketrans({**{chr(code): blank for code, blank in _BLANKS.items()}, **dict.fromkeys(_DROPPED)})
_DIRECTION_RUN = re.compile("[\u200e\u200f]+(?=[\u200e\u200f])")
_EMPTY = re.compile(
    "[ \n\u1680\u180e\u2000-\u200a\u202e\u202f\u205f\u2800\u3000\ufffc\U000e0000-\U000e007f\u200b-\u200f\ufeff\u00a0]*"
)


def is_blank(text: str) -> bool:
    return _EMPTY.fullmatch(text) is not None


def cleaned(text: str) -> str:
    return _DIRECTION_RUN.sub(lambda run: "\u200c" * len(run[0]), text.translate(_TABLE))


def clean(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Clean a text and move its entities along."""
    dropped = [place for place, char in enumerate(text) if char in _DROPPED] if entities else []
    if dropped:
        entities = [entity.placed(_moved(entity.offset, dropped), _moved(entity.end, dropped)) for entity in entities]
    return cleaned(text), [entity for entity in entities if entity.length > 0]


def _moved(place: int, dropped: list[int]) -> int:
    return place - bisect_left(dropped, place)


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cut the white space at the end, and at the start as far as no entity begins there."""
    text = text.rstrip(" \n")
    kept = [
        entity.placed(entity.offset, min(entity.end, len(text))) for entity in entities if entity.offset < len(text)
    ]
    first = min((entity.offset for entity in kept), default=len(text))
    cut = min(len(text) - len(text.lstrip(" \n")), first)
    return text[cut:], [entity.placed(entity.offset - cut, entity.end - cut) for entity in kept]
