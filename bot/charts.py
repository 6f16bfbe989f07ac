"""Numbers as a picture for a phone: bars on a sheet of its own colour, which reads the same in light and dark chats.

The library that draws them takes as long to load as half of Convoke: it is loaded with the first picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bot.screen import cut

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.gridspec import GridSpec

_SHEET, _INK, _SOFT, _RULE, _BAR = "#f7f8fb", "#10182b", "#4a5570", "#d3dae6", "#1a3c9c"
_WIDTH_IN, _BAR_IN, _HEADING_IN, _TITLE_IN = 6.0, 0.35, 0.55, 0.7
_DPI = 180
_TITLE_PT, _HEADING_PT, _LABEL_PT = 17, 14, 14
_TITLE_LENGTH, _HEADING_LENGTH, _LABEL_LENGTH = 40, 42, 22
_THICK, _GAP, _SIGN = 0.62, 0.015, 0.036
"""How thick a bar is, in bars; how far behind it its number stands and how wide a sign of that is, in charts."""

_EDGE, _LEFT, _RIGHT = 0.041, 0.41, 0.97
_MARGIN = (_EDGE - _LEFT) / (_RIGHT - _LEFT)
"""Where headings begin, counted in charts from their left side."""

_ABOVE = 0.8 * _HEADING_IN / _BAR_IN
"""How high a heading is, in bars."""

_AS_IT_IS: dict[str, Any] = {"parse_math": False}
_LABEL: dict[str, Any] = {"size": _LABEL_PT, "color": _INK} | _AS_IT_IS


@dataclass(frozen=True, slots=True)
class Bar:
    """`said` is what stands behind the bar where that is more than the number."""

    label: str
    number: int
    said: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from the top down, under a heading. Empty: it is left out."""

    heading: str
    bars: tuple[Bar, ...]


def draw(title: str, charts: Sequence[Chart]) -> bytes:
    """A PNG, 1,080 pixels wide and as high as there are bars."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.gridspec import GridSpec  # noqa: PLC0415

    shown = [chart for chart in charts if chart.bars]
    heights = [_HEADING_IN + _BAR_IN * len(chart.bars) for chart in shown]
    height = _TITLE_IN + sum(heights)
    figure = Figure(figsize=(_WIDTH_IN, height), dpi=_DPI, facecolor=_SHEET)
    FigureCanvasAgg(figure)
    top = 1 - _TITLE_IN / height
    figure.text(
        _EDGE,
        1 - 0.55 * _TITLE_IN / height,
        _plain(title, _TITLE_LENGTH),
        va="center",
        size=_TITLE_PT,
        color=_INK,
        weight="bold",
        **_AS_IT_IS,
    )
    grid = GridSpec(
        len(shown), 1, figure, left=_LEFT, right=_RIGHT, top=top, bottom=0.01, hspace=0, height_ratios=heights
    )
    for place, chart in enumerate(shown):
        _bars(figure, grid, place, chart)
    file = BytesIO()
    figure.savefig(file, format="png", facecolor=_SHEET)
    return file.getvalue()


def _bars(figure: "Figure", grid: "GridSpec", place: int, chart: Chart) -> None:
    axes = figure.add_subplot(grid[place, 0])
    rows, numbers = range(len(chart.bars)), [bar.number for bar in chart.bars]
    said = [_plain(bar.said or f"{bar.number:,}".replace(",", "\u202f"), _LABEL_LENGTH) for bar in chart.bars]
    width, bottom = _width(numbers, said), len(rows) - 0.4
    axes.barh(rows, numbers, height=_THICK, color=_BAR)
    axes.vlines(0, -0.5, bottom, color=_RULE, linewidth=1)
    axes.set_xlim(0, width)
    axes.set_ylim(bottom, -0.5 - _ABOVE)
    axes.set_facecolor(_SHEET)
    axes.set_xticks([])
    axes.set_yticks(rows, [_plain(bar.label, _LABEL_LENGTH) for bar in chart.bars], **_LABEL)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    heading = _plain(chart.heading, _HEADING_LENGTH)
    beside = axes.get_yaxis_transform()
    axes.text(_MARGIN, -0.95, heading, transform=beside, size=_HEADING_PT, color=_SOFT, va="center", **_AS_IT_IS)
    for row, number in enumerate(numbers):
        axes.text(number + width * _GAP, row, said[row], va="center_baseline", **_LABEL)


def _width(numbers: Sequence[int], said: Sequence[str]) -> float:
    """What the chart is wide, in numbers: so that behind each bar there is room for what is said of it."""
    return max(number / (1 - _GAP - _SIGN * len(text)) for number, text in zip([*numbers, 1], [*said, ""], strict=True))


def _plain(text: str, length: int) -> str:
    """Cut to what has room, without signs that the lettering does not have: those would be empty boxes."""
    signs = _signs()
    return cut("".join(sign for sign in text if ord(sign) in signs).strip(), length)


@cache
def _signs() -> frozenset[int]:
    from matplotlib.font_manager import FontProperties, findfont, get_font  # noqa: PLC0415

    lettering = get_font(findfont(FontProperties()))
    return frozenset(lettering.get_charmap())
