"""How long things take: several rounds of the same, and what they say together."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from statistics import median, quantiles
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Series:
    """The same thing measured once in each round."""

    values: tuple[float, ...]

    def __str__(self) -> str:
        """The median, and in brackets the least and the most: the noise."""
        middle, low, high = (figure(value) for value in (median(self.values), min(self.values), max(self.values)))
        return middle if len(self.values) == 1 else f"{middle} ({low}-{high})"

    def over(self, base: "Series") -> "Series":
        """Ratios, each of two figures of the same round."""
        return Series(tuple(value / of for value, of in zip(self.values, base.values, strict=True)))


@dataclass(frozen=True, slots=True)
class Run:
    """Calls made side by side: how long all took, and each."""

    seconds: float
    latencies: tuple[float, ...]

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds


def figure(value: float) -> str:
    """Three digits are all that such measurements are worth."""
    if value >= 100:  # noqa: PLR2004 -- three digits
        return f"{value:,.0f}"
    return f"{value:.3g}"


def milliseconds(seconds: Iterable[float]) -> Series:
    return Series(tuple(1_000 * value for value in seconds))


def percentile(values: Iterable[float], share: int) -> float:
    """The value that `share` per cent of all do not exceed."""
    return quantiles(values, n=100, method="inclusive")[share - 1]


async def timed(work: Awaitable[object]) -> float:
    began = time.perf_counter()
    await work
    return time.perf_counter() - began


async def side_by_side(call: Callable[[T], Awaitable[object]], items: Iterable[T], *, tasks: int) -> Run:
    """Call once for each item, by so many tasks, each of which begins its next when the last has ended."""
    left, latencies = iter(items), list[float]()

    async def work() -> None:
        for item in left:
            latencies.append(await timed(call(item)))

    began = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(tasks)))
    return Run(time.perf_counter() - began, tuple(latencies))
