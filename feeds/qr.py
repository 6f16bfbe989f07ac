"""Addresses as a picture that a phone reads from a screen."""

from functools import lru_cache

import segno
from markupsafe import Markup

_QUIET = 3


@lru_cache(500)
def qr(address: str) -> Markup:
    """Dark on light in every colour scheme, since not every camera reads it otherwise."""
    drawn = segno.make(address, error="m", micro=False)
    inline = drawn.svg_inline(border=_QUIET, omitsize=True, svgclass=None, lineclass=None, dark="#000", light="#fff")
    return Markup(inline)  # noqa: S704 -- drawn by us, without any of the address's text
