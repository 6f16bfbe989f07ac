"""A calendar of one's own choosing, as its address names it: `?partnership=ec2i&topic=china&language=en`."""

from urllib.parse import parse_qsl, urlencode

from domain.calendar import UnknownChoiceError
from domain.selections import Custom

_KINDS = ("partnership", "topic", "language")
_CANCELLED = ("hide", "show")


def chosen(query: str) -> Custom:
    """Any number of each, in any order. Raises UnknownChoiceError for a kind that there is not."""
    found: dict[str, set[str]] = {kind: set() for kind in _KINDS}
    for kind, value in parse_qsl(query, keep_blank_values=True):
        if kind not in found:
            raise UnknownChoiceError("choice", kind, _KINDS)
        found[kind].add(value)
    return Custom(*(frozenset(found[kind]) for kind in _KINDS))


def hides_cancelled(query: str) -> bool:
    """Whether a personal calendar is asked for with `?cancelled=hide`. Raises UnknownChoiceError for another wish."""
    wishes = [value for name, value in parse_qsl(query, keep_blank_values=True) if name == "cancelled"]
    for wish in wishes:
        if wish not in _CANCELLED:
            raise UnknownChoiceError("cancelled", wish, _CANCELLED)
    return "hide" in wishes


def query_of(custom: Custom) -> str:
    """The same for the same choice, with its question mark; empty for one of everything."""
    ids = (custom.partnership_ids, custom.topic_ids, custom.languages)
    pairs = [(kind, id_) for kind, chosen_ids in zip(_KINDS, ids, strict=True) for id_ in sorted(chosen_ids)]
    return f"?{urlencode(pairs)}" if pairs else ""
