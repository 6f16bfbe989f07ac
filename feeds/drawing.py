"""Colours on pages: attributes of drawings, since the content policy allows no style in a page.

Each is there twice, and the style sheet shows the one for the reader's colour scheme.
"""

from collections.abc import Mapping
from functools import cache

from markupsafe import Markup

from feeds.contrast import paint

_DOT = Markup('<svg class="dot" viewBox="0 0 8 8" aria-hidden="true">{}</svg>')
_STRIPE = Markup('<svg class="stripe" viewBox="0 0 {} 1" preserveAspectRatio="none" aria-hidden="true">{}</svg>')
_POST = Markup('<svg class="post" viewBox="0 0 1 {}" preserveAspectRatio="none" aria-hidden="true">{}</svg>')
_RECTANGLE = Markup("<rect{}/>")
_ATTRIBUTE = Markup(' {}="{}"')
_OVERLAP = 1.02  # so that no gap shows where two meet

Place = dict[str, float]


@cache
def dot(color: str) -> Markup:
    """Beside a partnership's name; nothing where it has no colour."""
    return _DOT.format(_rectangle(color, {"width": 8, "height": 8})) if color else Markup()


@cache
def stripe(colors: tuple[str, ...]) -> Markup:
    """Side by side, as wide as there is room."""
    places: list[Place] = [{"x": number, "width": _OVERLAP, "height": 1} for number in range(len(colors))]
    return _STRIPE.format(len(colors), Markup().join(map(_rectangle, colors, places)))


@cache
def post(colors: tuple[str, ...]) -> Markup:
    """One below the other, as high as what they stand beside."""
    places: list[Place] = [{"y": number, "width": 1, "height": _OVERLAP} for number in range(len(colors))]
    return _POST.format(len(colors), Markup().join(map(_rectangle, colors, places)))


def _rectangle(color: str, place: Place) -> Markup:
    found = paint(color)
    looks = [{"class": "by-day", "fill": found.day}, {"class": "by-night", "fill": found.night}] if found else [{}]
    return Markup().join(_RECTANGLE.format(_attributes({**look, **place})) for look in looks)


def _attributes(values: Mapping[str, str | float]) -> Markup:
    return Markup().join(_ATTRIBUTE.format(name, value) for name, value in values.items())
