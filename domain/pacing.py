"""When to begin telling many people, so that the last of them is told in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

AT_ONCE = timedelta(seconds=30)
"""What is through the bulk lane so quickly begins when it is due."""


@dataclass(frozen=True, slots=True)
class Load:
    """So many messages that are due at the same moment."""

    due_at: datetime
    messages: int


def beginnings(loads: Sequence[Load], interval: timedelta) -> list[datetime]:
    """When each load has to begin at the latest; one message leaves every `interval`.

    Seen from the end: the last load ends when it is due, the one before ends when that begins, or when it is due
    itself. What takes less than AT_ONCE begins when it is due, unless a long load has begun by then, behind which it
    would have to wait; and a long load makes room for it.
    """
    if not loads:
        return []
    order = sorted(range(len(loads)), key=lambda place: loads[place].due_at, reverse=True)
    found = [load.due_at for load in loads]
    free_until = next_begins = max(found)
    for place in order:
        load = loads[place]
        free_until = min(load.due_at, free_until) - load.messages * interval
        if load.due_at - free_until > AT_ONCE or load.due_at > next_begins:
            found[place] = free_until
        next_begins = found[place]
    return found
