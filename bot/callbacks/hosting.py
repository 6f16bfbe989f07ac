"""Hosting together: what is asked of another partnership, and what it answers."""

from dataclasses import dataclass

from bot.callbacks.form import Callback


@dataclass(frozen=True, slots=True)
class HostAsked(Callback):
    code: str
    partnership: str
    prefix = "hs"
    shapes = ("code", "slug")


@dataclass(frozen=True, slots=True)
class HostAccept(Callback):
    code: str
    partnership: str
    prefix = "ha"
    shapes = ("code", "slug")


@dataclass(frozen=True, slots=True)
class HostDecline(Callback):
    code: str
    partnership: str
    prefix = "hd"
    shapes = ("code", "slug")


@dataclass(frozen=True, slots=True)
class HostWish(Callback):
    """The next message is what should change first."""

    code: str
    partnership: str
    prefix = "hq"
    shapes = ("code", "slug")


@dataclass(frozen=True, slots=True)
class HostWithdraw(Callback):
    code: str
    partnership: str
    prefix = "hw"
    shapes = ("code", "slug")


@dataclass(frozen=True, slots=True)
class HostLeave(Callback):
    """The first press asks, the second, with `sure`, does it."""

    code: str
    partnership: str
    sure: int
    prefix = "hl"
    shapes = ("code", "slug", "number")
