"""A partnership's colour, where it can be told from what it lies on: WCAG 2.2, 1.4.11."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

_ENOUGH = 3.0
_ENOUGH_AT_NIGHT = 4.2  # a narrow band looks dull on a dark ground
_STEPS = 64
_NEARLY_BLACK = 0.04045  # of sRGB, where its curve begins

DAY, NIGHT = "#e3eaf9", "#1c2849"
"""What colours lie on: the darkest ground of light pages, and the lightest of dark ones (style.css)."""


@dataclass(frozen=True, slots=True)
class Paint:
    """One colour in either colour scheme: by day on light pages, by night on dark ones."""

    day: str
    night: str


@cache
def paint(color: str) -> Paint | None:
    """`color` is `#rrggbb`, or empty. What is hard to see is made darker by day and lighter by night."""
    if not color:
        return None
    parts = bytes.fromhex(color.removeprefix("#"))
    return Paint(
        day=next(shade for shade in _darker(parts) if contrast(shade, DAY) >= _ENOUGH),
        night=next(shade for shade in _lighter(parts) if contrast(shade, NIGHT) >= _ENOUGH_AT_NIGHT),
    )


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _darker(parts: bytes) -> Iterator[str]:
    for step in range(_STEPS, -1, -1):
        yield _hex(part * step / _STEPS for part in parts)


def _lighter(parts: bytes) -> Iterator[str]:
    """As bright as it gets in its own hue, and then whiter and whiter."""
    brightest = 255 / max(1, *parts)
    for step in range(_STEPS + 1):
        yield _hex(part * (1 + (brightest - 1) * step / _STEPS) for part in parts)
    for step in range(_STEPS + 1):
        yield _hex(part * brightest + (255 - part * brightest) * step / _STEPS for part in parts)


def _hex(parts: Iterable[float]) -> str:
    return "#" + bytes(round(part) for part in parts).hex()


def _luminance(color: str) -> float:
    red, green, blue = (_linear(part / 255) for part in bytes.fromhex(color.removeprefix("#")))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= _NEARLY_BLACK else ((part + 0.055) / 1.055) ** 2.4
