"""Looking before a time is settled, and finding a better one for the draft."""

from dataclasses import dataclass

from bot.callbacks.form import Callback


@dataclass(frozen=True, slots=True)
class SlotsShow(Callback):
    """Times in the coming `weeks`; `weekends` is 1 where they may be on weekends too."""

    weeks: int
    weekends: int
    prefix = "os"
    shapes = ("number", "number")


@dataclass(frozen=True, slots=True)
class SlotTake(Callback):
    """`minute` is the start, in minutes since 1970 (UTC)."""

    minute: int
    prefix = "ot"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class ClashesShow(Callback):
    """A page of all that is near the draft's time."""

    page: int
    prefix = "oc"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class MoveClashesShow(Callback):
    """A page of all that is near the time to which a webinar may be moved, in minutes since 1970 (UTC)."""

    code: str
    minute: int
    page: int
    prefix = "om"
    shapes = ("code", "number", "number")
