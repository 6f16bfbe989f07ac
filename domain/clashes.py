"""Webinars too near to each other for people who would want both."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

NEAR = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Span:
    """When a webinar is, from its start to its end."""

    starts_at: datetime
    ends_at: datetime


def near(one: Span, other: Span) -> bool:
    """Whether they overlap or begin within the same two hours."""
    overlap = one.starts_at < other.ends_at and other.starts_at < one.ends_at
    return overlap or abs(one.starts_at - other.starts_at) < NEAR


class Busy:
    """Webinars of a time, looked through quickly for those near to another."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans, key=lambda span: span.starts_at)
        self._starts = [span.starts_at for span in self._spans]
        self._reach = max((span.ends_at - span.starts_at for span in spans), default=NEAR)

    def count(self, span: Span) -> int:
        first = bisect_left(self._starts, span.starts_at - max(self._reach, NEAR))
        last = bisect_left(self._starts, max(span.ends_at, span.starts_at + NEAR))
        return sum(near(span, other) for other in self._spans[first:last])
