"""Webinars that come with a file. The file is the message that the one with the button answers."""

from dataclasses import dataclass

from bot.callbacks.form import Callback


@dataclass(frozen=True, slots=True)
class ImportShow(Callback):
    prefix = "im"


@dataclass(frozen=True, slots=True)
class ImportFor(Callback):
    """Show what would happen to the file in the name of a partnership."""

    partnership: str
    prefix = "ip"
    shapes = ("slug",)


@dataclass(frozen=True, slots=True)
class ImportTake(Callback):
    """`publish` 0: what is new becomes drafts; 1: webinars."""

    partnership: str
    publish: int
    prefix = "it"
    shapes = ("slug", "number")


@dataclass(frozen=True, slots=True)
class ImportFill(Callback):
    """Put the one event of the file into the draft that is open."""

    prefix = "if"
