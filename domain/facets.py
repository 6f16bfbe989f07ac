"""What a list can be narrowed by, and how many webinars each choice would leave."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from storage.outlines import Outline

Kind = Literal["partnership", "market", "sector", "language", "month"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Option:
    """`count` is how many there would be with this one chosen, beside what is chosen of the other kinds."""

    id: str
    count: int
    chosen: bool


Values = Callable[[Outline], Iterable[str]]


def values(zone: str) -> dict[Kind, Values]:
    """What a webinar has of each kind. A month is 2027-01, as the calendar of this zone (IANA) has it."""
    return {
        "partnership": lambda outline: outline.partnership_ids,
        "market": lambda outline: outline.topic_ids,
        "sector": lambda outline: outline.topic_ids,
        "language": lambda outline: (outline.language,),
        "month": lambda outline: (_month(outline.starts_at, zone),),
    }


@lru_cache(20_000)
def _month(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m}"


def fitting(outlines: Iterable[Outline], chosen: Mapping[Kind, str], have: Mapping[Kind, Values]) -> list[Outline]:
    """Those that fit every choice."""
    if not chosen:
        return list(outlines)
    return [each for each in outlines if all(value in have[kind](each) for kind, value in chosen.items())]


def options(
    outlines: Sequence[Outline], ids: Iterable[str], kind: Kind, chosen: Mapping[Kind, str], have: Mapping[Kind, Values]
) -> tuple[Option, ...]:
    """One of each id, in their order."""
    others = {other: value for other, value in chosen.items() if other != kind}
    counts = Counter(chain.from_iterable(map(have[kind], fitting(outlines, others, have))))
    return tuple(Option(id_, counts[id_], chosen.get(kind) == id_) for id_ in ids)
