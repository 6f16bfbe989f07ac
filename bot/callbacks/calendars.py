"""Somebody's own calendar."""

from dataclasses import dataclass

from bot.callbacks.form import Callback


@dataclass(frozen=True, slots=True)
class FeedCheck(Callback):
    """Which apps fetch it."""

    prefix = "kc"


@dataclass(frozen=True, slots=True)
class FeedFollows(Callback):
    """Show in it what the person follows (1), or don't (0)."""

    on: int
    prefix = "kf"
    shapes = ("number",)
