"""Colours on pages: attributes of drawings, since the content policy allows no style in a page.

Each is there twice, and the style sheet shows the one for the reader's colour scheme.
"""

from functools import cache

from markupsafe import Markup

from feeds.contrast import paint

_DOT = Markup('<svg class="dot" viewBox="0 0 8 8" aria-hidden="true">{}</svg>')
_STRIPE = Markup('<svg class="stripe" viewBox="0 0 {} 1" preserveAspectRatio="none" aria-hidden="true">{}</svg>')
_POST = Markup('<svg class="post" viewBox="0 0 1 {}" preserveAspectRatio="none" aria-hidden="true">{}</svg>')
_PAINTED = Markup('<rect class="by-day" fill="{}" {}/><rect class="by-night" fill="{}" {}/>')
_BARE = Markup("<rect {}/>")
_OVERLAP = 1.02  # so that no gap shows where two meet


@cache
def dot(color: str) -> Markup:
    """Beside a partnership's name; nothing where it has no colour."""
    return _DOT.format(_rectangle(color, Markup('width="8" height="8"'))) if color else Markup()


@cache
def stripe(colors: tuple[str, ...]) -> Markup:
    """Side by side, as wide as there is room."""
    places = (Markup('x="{}" width="{}" height="1"').format(number, _OVERLAP) for number in range(len(colors)))
    return _STRIPE.format(len(colors), Markup().join(map(_rectangle, colors, places)))


@cache
def post(colors: tuple[str, ...]) -> Markup:
    """One below the other, as high as what they stand beside."""
    places = (Markup('y="{}" width="1" height="{}"').format(number, _OVERLAP) for number in range(len(colors)))
    return _POST.format(len(colors), Markup().join(map(_rectangle, colors, places)))


def _rectangle(color: str, place: Markup) -> Markup:
    found = paint(color)
    return _PAINTED.format(found.day, place, found.night, place) if found else _BARE.format(place)
