"""Letters for pictures: our own lettering, and for Chinese one that the machine has, if it has one.

A lettering with Chinese weighs more than all the rest of this project, so it is not part of it: Debian's
fonts-wqy-microhei, fonts-droid-fallback or fonts-noto-cjk are found where they are installed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby, pairwise
from pathlib import Path

from PIL import ImageDraw, ImageFont

_EASTERN = (
    ("NotoSansCJK-Bold.ttc", 2),  # of several faces in the file the one for China
    ("NotoSansCJK-Regular.ttc", 2),
    ("wqy-microhei.ttc", 0),
    ("DroidSansFallbackFull.ttf", 0),
)
_EAST = "\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff"
_OPENING, _CLOSING = "「『《〈【（［｛", "」』》〉】）］｝、。，．！？：；·ー々"  # noqa: RUF001 -- signs of Chinese
_PIECE = re.compile(rf"[{_OPENING}]*(?:[{_EAST}]|[^\s{_EAST}]+)[{_CLOSING}]*")


@dataclass(frozen=True, slots=True)
class Face:
    """One lettering: a file, and which of those in it. `signs` is a class of a pattern, for all that it is used for."""

    path: str
    index: int = 0
    signs: str = r"[\s\S]"


@dataclass(frozen=True, slots=True)
class Lettering:
    """Each sign is taken from the first face that has it. Those of the first make the line that all stand on."""

    faces: tuple[Face, ...]

    def drawable(self, text: str) -> str:
        """The text, or nothing if no face has most of its signs; single ones such as emoji are left out."""
        shown = [sign for sign in text if sign.isspace() or _face_of(self, sign)]
        return " ".join("".join(shown).split()) if len(shown) * 2 > len(text) else ""

    def length(self, text: str, size: int) -> float:
        return sum(_font(face, size).getlength(run) for face, run in self._runs(text))

    def write(self, pen: ImageDraw.ImageDraw, place: tuple[float, float], text: str, size: int, fill: str) -> None:
        """`place` is the upper left corner."""
        x, y = place
        line = y + _font(self.faces[0], size).getmetrics()[0]
        for face, run in self._runs(text):
            pen.text((x, line), run, font=_font(face, size), fill=fill, anchor="ls")
            x += _font(face, size).getlength(run)

    def _runs(self, text: str) -> Iterator[tuple[Face, str]]:
        """Signs side by side that are of one face."""
        for face, run in groupby(text, lambda sign: _face_of(self, sign) or self.faces[0]):
            yield face, "".join(run)


@cache
def of_this_machine() -> Lettering:
    own = Face(str(files("feeds") / "fonts" / "RobotoCondensed-Bold.ttf"))
    return Lettering((own, *_eastern()))


def pieces(text: str) -> list[str]:
    """What stays together on a line, each with the space before it: words, and single signs of Chinese.

    A mark that ends something stays with what it ends, one that begins something with what it begins.
    """
    ends = [0, *(match.end() for match in _PIECE.finditer(text))]
    return [text[begin:end] for begin, end in pairwise(ends)]


def _eastern() -> Iterator[Face]:
    """The first that is where this machine keeps its letterings."""
    for name, index in _EASTERN:
        try:
            found = ImageFont.truetype(name, 20, index=index)
        except OSError:
            continue
        yield Face(str(found.path), index, f"[{_EAST}]")
        return


@lru_cache(10_000)
def _face_of(lettering: Lettering, sign: str) -> Face | None:
    return next((face for face in lettering.faces if re.match(face.signs, sign) and _has(face, sign)), None)


def _has(face: Face, sign: str) -> bool:
    return _drawn(face, sign) != _drawn(face, "\uffff")


@lru_cache(10_000)
def _drawn(face: Face, sign: str) -> bytes:
    return bytes(_font(face, 20).getmask(sign))


@lru_cache(100)
def _font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(Path(face.path), size, index=face.index)
