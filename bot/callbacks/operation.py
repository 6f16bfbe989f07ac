"""Why a message came, and how the outbox does."""

from dataclasses import dataclass

from bot.callbacks.form import Callback


@dataclass(frozen=True, slots=True)
class Why(Callback):
    """Of the message under which the button stands."""

    prefix = "y"


@dataclass(frozen=True, slots=True)
class StatusShow(Callback):
    prefix = "z"


@dataclass(frozen=True, slots=True)
class SendAgain(Callback):
    delivery: int
    prefix = "za"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class Dismiss(Callback):
    delivery: int
    prefix = "zd"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class DismissAll(Callback):
    """As many as were shown to be there: of what came since nobody has heard."""

    number: int
    prefix = "ze"
    shapes = ("number",)
