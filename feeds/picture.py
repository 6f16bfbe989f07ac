"""The picture that messengers show of a link: whose webinar, when, and what it is called."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from feeds.contrast import paint
from feeds.lettering import Lettering, pieces

WIDTH, HEIGHT = 1200, 630

_NIGHT, _WHITE, _QUIET, _SIGNAL = "#101f4b", "#ffffff", "#c3cdea", "#ffcf33"
_LEFT, _BAND = 72, 28
_ROOM = float(WIDTH - 2 * _LEFT)
_FOOT = 544
_MARK, _BARS = (1056, 526), ((0, 9, 27, 20), (15, 30, 54, 41), (33, 51, 72, 62))
_KEPT = 200
_SIZES = (84, 72, 62, 54)
_TITLE_TOP, _TITLE_HEIGHT, _LINE = 196, 250, 1.14


@dataclass(frozen=True, slots=True)
class Picture:
    """`above` stands over the title, `below` under it. `colors` are the hosts', `struck` a title that is off."""

    above: str
    title: str
    below: str
    corner: str
    colors: tuple[str, ...]
    struck: bool = False


@lru_cache(_KEPT)
def draw(picture: Picture, lettering: Lettering) -> bytes:
    """A PNG. What the lettering has no signs for is left out: the link's own title says it."""
    return _Sheet(lettering).drawn(picture)


class _Sheet:
    def __init__(self, lettering: Lettering) -> None:
        self._lettering = lettering
        self._image = Image.new("RGB", (WIDTH, HEIGHT), _NIGHT)
        self._pen = ImageDraw.Draw(self._image)

    def drawn(self, picture: Picture) -> bytes:
        if not self._lettering.drawable(picture.title):
            picture = replace(picture, title=picture.above, above="")
        self._bands(picture.colors)
        self._line(92, picture.above, 44, _SIGNAL)
        bottom = self._title(picture)
        self._line(bottom + 26, picture.below, 44, _QUIET)
        self._line(_FOOT, picture.corner, 34, _QUIET, room=_MARK[0] - _LEFT)
        self._mark()
        file = BytesIO()
        self._image.save(file, "PNG")
        return file.getvalue()

    def _bands(self, colors: tuple[str, ...]) -> None:
        width = WIDTH / len(colors)
        for number, color in enumerate(colors):
            found = paint(color)
            fill = found.night if found else _SIGNAL
            self._pen.rectangle((number * width, 0, (number + 1) * width, _BAND), fill=fill)
        self._pen.rectangle((0, _BAND, WIDTH, _BAND + 5), fill=_NIGHT)

    def _mark(self) -> None:
        """As in static/mark.svg: three bars of a timetable, and the line that is now."""
        x, y = _MARK
        for bar in _BARS:
            self._pen.rectangle((x + bar[0], y + bar[1], x + bar[2], y + bar[3]), fill=_WHITE)
        self._pen.rectangle((x + 34, y, x + 39, y + 71), fill=_SIGNAL)

    def _line(self, y: float, text: str, size: int, fill: str, room: float = _ROOM) -> None:
        shown = self._fitting(self._lettering.drawable(text), size, room)
        self._lettering.write(self._pen, (_LEFT, y), shown, size, fill)

    def _title(self, picture: Picture) -> float:
        """Returns where it ends."""
        size, lines = self._set(self._lettering.drawable(picture.title))
        y = float(_TITLE_TOP)
        for line in lines:
            self._lettering.write(self._pen, (_LEFT, y), line, size, _WHITE)
            if picture.struck:
                middle, end = y + size * 0.68, _LEFT + self._lettering.length(line, size)
                self._pen.line((_LEFT, middle, end, middle), fill=_SIGNAL, width=6)
            y += size * _LINE
        return y

    def _set(self, title: str) -> tuple[int, list[str]]:
        """As large as it fits; a title too long for all sizes is cut."""
        for size in _SIZES:
            lines = self._wrapped(title, size)
            if len(lines) <= _lines_of(size):
                return size, [self._fitting(line.strip(), size) for line in lines]
        size = _SIZES[-1]
        lines = self._wrapped(title, size)
        last = _lines_of(size) - 1
        shown = [*lines[:last], "".join(lines[last:])]
        return size, [self._fitting(line.strip(), size) for line in shown]

    def _wrapped(self, text: str, size: int) -> list[str]:
        """Together they are the text. What is too long by itself is on a line of its own."""
        lines: list[str] = []
        for piece in pieces(text):
            longer = f"{lines[-1]}{piece}" if lines else piece
            if lines and self._lettering.length(longer.strip(), size) <= _ROOM:
                lines[-1] = longer
            else:
                lines.append(piece)
        return lines

    def _fitting(self, text: str, size: int, room: float = _ROOM) -> str:
        """Cut where its room ends."""
        if self._lettering.length(text, size) <= room:
            return text
        lengths = range(len(text))
        kept = bisect_right(lengths, room, key=lambda kept: self._lettering.length(f"{text[:kept]}…", size)) - 1
        return f"{text[: max(kept, 0)].rstrip()}…"


def _lines_of(size: int) -> int:
    return int(_TITLE_HEIGHT / (size * _LINE))
