"""Changing a webinar that is published. Whoever presses, the domain asks whether they may."""

from dataclasses import dataclass

from bot.callbacks.form import Callback


@dataclass(frozen=True, slots=True)
class ManageList(Callback):
    page: int
    prefix = "g"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class ManageAll(Callback):
    """The webinars of all partnerships."""

    page: int
    prefix = "gg"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class ManageLook(Callback):
    """A webinar of others."""

    code: str
    prefix = "gl"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class ManageShow(Callback):
    code: str
    prefix = "gw"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class MoveAsk(Callback):
    code: str
    prefix = "gm"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class MoveSure(Callback):
    """`minute` is the new start, in minutes since 1970 (UTC)."""

    code: str
    minute: int
    prefix = "gs"
    shapes = ("code", "number")


@dataclass(frozen=True, slots=True)
class CallOff(Callback):
    """The first press asks, the second, with `sure`, does it."""

    code: str
    sure: int
    prefix = "gx"
    shapes = ("code", "number")


@dataclass(frozen=True, slots=True)
class Restore(Callback):
    code: str
    prefix = "gr"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class HostsShow(Callback):
    code: str
    prefix = "gh"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class HostAdd(Callback):
    code: str
    partnership: str
    prefix = "ga"
    shapes = ("code", "slug")
