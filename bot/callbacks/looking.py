"""Webinars: looking, finding, taking a seat, calendars."""

from dataclasses import dataclass

from bot.callbacks.form import Callback


@dataclass(frozen=True, slots=True)
class ShowCard(Callback):
    code: str
    prefix = "w"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class Register(Callback):
    code: str
    prefix = "r"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class Leave(Callback):
    code: str
    prefix = "l"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class AddToCalendar(Callback):
    code: str
    prefix = "i"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class ShowUpcoming(Callback):
    page: int
    prefix = "u"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class ShowMine(Callback):
    page: int
    prefix = "m"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class ShowCalendar(Callback):
    prefix = "cal"


@dataclass(frozen=True, slots=True)
class FindShow(Callback):
    prefix = "q"


@dataclass(frozen=True, slots=True)
class FindToggle(Callback):
    """`kind` is a field of domain.browsing.Filter."""

    kind: str
    value: str
    prefix = "qt"
    shapes = ("code", "slug")  # two slugs could be longer than a button takes


@dataclass(frozen=True, slots=True)
class FindClear(Callback):
    prefix = "qc"


@dataclass(frozen=True, slots=True)
class ReplaceLink(Callback):
    """The first press asks, the second, with `sure`, does it."""

    sure: int
    prefix = "cr"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class ShowFitting(Callback):
    """A page of what fits the person's choices or words."""

    page: int
    prefix = "qf"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class TurnFitting(Callback):
    """Another page of what fitted these choices or words, whatever was looked for since."""

    search: str
    page: int
    prefix = "qp"
    shapes = ("code", "number")
