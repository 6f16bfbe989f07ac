"""Numbers: of a webinar, of a partnership's webinars or of all in a period. The domain asks whether who presses may."""

from dataclasses import dataclass

from bot.callbacks.form import Callback

EVERYBODY = "all"
"""As a scope: the whole consortium. No partnership may have this id, since calendars have it already."""


@dataclass(frozen=True, slots=True)
class StatsShow(Callback):
    """`scope` is a partnership's id or EVERYBODY, `period` the code of a Period."""

    scope: str
    period: str
    prefix = "ns"
    shapes = ("slug", "slug")


@dataclass(frozen=True, slots=True)
class StatsAsk(Callback):
    """How to ask for other months."""

    scope: str
    prefix = "na"
    shapes = ("slug",)


@dataclass(frozen=True, slots=True)
class StatsDraw(Callback):
    scope: str
    period: str
    prefix = "nd"
    shapes = ("slug", "slug")


@dataclass(frozen=True, slots=True)
class StatsReport(Callback):
    scope: str
    period: str
    prefix = "nr"
    shapes = ("slug", "slug")


@dataclass(frozen=True, slots=True)
class StatsEach(Callback):
    """A page of the webinars that are counted."""

    scope: str
    period: str
    page: int
    prefix = "ni"
    shapes = ("slug", "slug", "number")


@dataclass(frozen=True, slots=True)
class StatsAnyOf(Callback):
    """Of one of these, whoever hosts it."""

    code: str
    prefix = "ny"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class StatsOf(Callback):
    """Of a webinar of one's own, which they manage."""

    code: str
    prefix = "nw"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class StatsDrawOf(Callback):
    code: str
    prefix = "nv"
    shapes = ("code",)
