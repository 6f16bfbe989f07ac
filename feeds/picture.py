"""The picture that messengers show of a link: whose webinar, when, and what it is called."""

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630

_NIGHT, _WHITE, _QUIET, _SIGNAL = "#101f4b", "#ffffff", "#c3cdea", "#ffcf33"
_LEFT, _RIGHT, _BAND = 72, 1128, 28
_KEPT = 200
_SIZES = (84, 72, 62, 54)
_TITLE_TOP, _TITLE_LINES, _LINE = 196, 3, 1.14


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
def draw(picture: Picture) -> bytes:
    """A PNG. What our lettering has no signs for, such as Chinese, is left out: the link's own title says it."""
    if not _drawable(picture.title):
        picture = replace(picture, title=picture.above, above="")
    image = Image.new("RGB", (WIDTH, HEIGHT), _NIGHT)
    pen = ImageDraw.Draw(image)
    _bands(pen, picture.colors)
    pen.text((_LEFT, 92), _drawable(picture.above), font=_font(44), fill=_SIGNAL)
    bottom = _title(pen, picture)
    pen.text((_LEFT, bottom + 26), _fitting(_drawable(picture.below), 44), font=_font(44), fill=_QUIET)
    pen.text((_LEFT, 544), _fitting(_drawable(picture.corner), 34), font=_font(34), fill=_QUIET)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _bands(pen: ImageDraw.ImageDraw, colors: tuple[str, ...]) -> None:
    width = WIDTH / len(colors)
    for number, color in enumerate(colors):
        pen.rectangle((number * width, 0, (number + 1) * width, _BAND), fill=color or _SIGNAL)
    pen.rectangle((0, _BAND, WIDTH, _BAND + 5), fill=_NIGHT)


def _title(pen: ImageDraw.ImageDraw, picture: Picture) -> float:
    """Returns where it ends."""
    size, lines = _set(_drawable(picture.title))
    y = float(_TITLE_TOP)
    for line in lines:
        pen.text((_LEFT, y), line, font=_font(size), fill=_WHITE)
        if picture.struck:
            middle = y + size * 0.68
            pen.line((_LEFT, middle, _LEFT + _font(size).getlength(line), middle), fill=_SIGNAL, width=6)
        y += size * _LINE
    return y


def _set(title: str) -> tuple[int, list[str]]:
    """As large as it fits; a title too long for all sizes is cut."""
    for size in _SIZES:
        lines = _wrapped(title, size)
        if len(lines) <= _TITLE_LINES:
            return size, lines
    size = _SIZES[-1]
    lines = _wrapped(title, size)
    return size, [*lines[: _TITLE_LINES - 1], _fitting(" ".join(lines[_TITLE_LINES - 1 :]), size)]


def _wrapped(text: str, size: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _font(size).getlength(longer) <= _RIGHT - _LEFT:
            lines[-1] = longer
        else:
            lines.append(_fitting(word, size))
    return lines


def _fitting(text: str, size: int) -> str:
    """Cut where the picture ends."""
    room = _RIGHT - _LEFT
    if _font(size).getlength(text) <= room:
        return text
    while text and _font(size).getlength(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _drawable(text: str) -> str:
    """The text, or nothing if most of it has no sign in our lettering; single signs such as emoji are left out."""
    shown = [character for character in text if _has(character)]
    return " ".join("".join(shown).split()) if len(shown) * 2 > len(text) else ""


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BytesIO(_lettering()), size)


@cache
def _lettering() -> bytes:
    return (files("feeds") / "fonts" / "RobotoCondensed-Bold.ttf").read_bytes()


@lru_cache(5_000)
def _has(character: str) -> bool:
    return character.isspace() or _drawn(character) != _drawn("\uffff")


@lru_cache(5_000)
def _drawn(character: str) -> bytes:
    return bytes(_font(20).getmask(character))
