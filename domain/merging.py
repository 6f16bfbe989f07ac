"""Changes that wait for the same person leave as one message."""

from collections.abc import Sequence
from typing import Any

from domain import takes_place
from storage import Delivery, DeliveryKind, Registration


def family(kind: DeliveryKind) -> frozenset[DeliveryKind]:
    """The kinds of change that are told together: several that wait become one message; empty for other kinds."""
    if kind in takes_place.KINDS:
        return takes_place.KINDS
    return frozenset({kind}) if kind in (DeliveryKind.HOSTED, DeliveryKind.CHANGED) else frozenset()


def gather(rows: Sequence[Delivery], registration: Registration | None) -> None:
    """Let the first, the oldest, say all that the person knew before these changes."""
    if rows[0].kind in takes_place.KINDS:
        takes_place.gather(rows, registration)
    if rows[0].kind is DeliveryKind.CHANGED:
        before: dict[str, Any] = {}
        for row in reversed(rows):
            before |= row.about["before"]
        rows[0].about = {"before": before}
