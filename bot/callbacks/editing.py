"""Changing what a webinar says. What would be changed is kept, and a button names it by its number."""

from dataclasses import dataclass

from bot.callbacks.form import Callback


@dataclass(frozen=True, slots=True)
class EditShow(Callback):
    code: str
    prefix = "x"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class EditAsk(Callback):
    """`part` is one of domain.edit_questions.Part; what is not is answered like any forged press."""

    code: str
    part: str
    prefix = "xa"
    shapes = ("code", "slug")


@dataclass(frozen=True, slots=True)
class EditClear(Callback):
    """Take away what is in `part`, once that is confirmed."""

    code: str
    part: str
    prefix = "xc"
    shapes = ("code", "slug")


@dataclass(frozen=True, slots=True)
class EditLanguage(Callback):
    code: str
    language: str
    prefix = "xl"
    shapes = ("code", "slug")


@dataclass(frozen=True, slots=True)
class EditTopic(Callback):
    code: str
    proposal: int
    topic: str
    prefix = "xt"
    shapes = ("code", "number", "slug")


@dataclass(frozen=True, slots=True)
class EditReview(Callback):
    """Show what it would mean."""

    code: str
    proposal: int
    prefix = "xv"
    shapes = ("code", "number")


@dataclass(frozen=True, slots=True)
class EditSave(Callback):
    """Without `tell` people hear only of what they can't do without."""

    code: str
    proposal: int
    tell: int
    prefix = "xs"
    shapes = ("code", "number", "number")
