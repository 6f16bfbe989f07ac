"""The sandbox's own time: the machine's clock, which people and tests may push forward."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

_EPOCH = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
_STEPS_A_SECOND = 8


class Clock:
    def __init__(self) -> None:
        self.offset = 0.0
        self.pushes: list[Callable[[], None]] = []

    def now(self) -> float:
        return time.time() + self.offset

    def date(self) -> int:
        return int(self.now())

    def advance(self, seconds: float) -> None:
        self.offset += seconds
        for listener in self.pushes:
            listener()


class Sequence:
    """Numbers that grow over resets and restarts: a fresh one starts from the wall clock, far below 2^31."""

    def __init__(self, last: int = 0) -> None:
        self.last = max(last, int((time.time() - _EPOCH) * _STEPS_A_SECOND), 1)

    def take(self) -> int:
        self.last += 1
        return self.last

    def raise_to(self, last: int) -> None:
        self.last = max(self.last, last)
