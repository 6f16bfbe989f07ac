"""What people thought of a webinar, and the questions they are asked."""

from dataclasses import dataclass

from bot.callbacks.form import Callback


@dataclass(frozen=True, slots=True)
class FeedbackRate(Callback):
    code: str
    rating: int
    prefix = "ar"
    shapes = ("code", "number")


@dataclass(frozen=True, slots=True)
class FeedbackTurn(Callback):
    """Come to a question, by its position, or past the last."""

    code: str
    position: int
    prefix = "aq"
    shapes = ("code", "number")


@dataclass(frozen=True, slots=True)
class FeedbackAnswer(Callback):
    code: str
    position: int
    number: int
    prefix = "aa"
    shapes = ("code", "number", "number")


@dataclass(frozen=True, slots=True)
class FeedbackTakeBack(Callback):
    code: str
    position: int
    prefix = "ad"
    shapes = ("code", "number")


@dataclass(frozen=True, slots=True)
class FeedbackName(Callback):
    """Let the hosts see who it was, or not."""

    code: str
    on: int
    prefix = "an"
    shapes = ("code", "number")


@dataclass(frozen=True, slots=True)
class FeedbackChange(Callback):
    """Begin again with the stars; what was said stays until it is said otherwise."""

    code: str
    prefix = "af"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class CameAfterAll(Callback):
    """Somebody whom we missed was there."""

    code: str
    prefix = "ai"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class FeedbackResults(Callback):
    """For its hosts."""

    code: str
    prefix = "ah"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class FeedbackPicture(Callback):
    code: str
    prefix = "ap"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class FeedbackComments(Callback):
    code: str
    page: int
    prefix = "ac"
    shapes = ("code", "number")


@dataclass(frozen=True, slots=True)
class FormShow(Callback):
    code: str
    page: int
    prefix = "at"
    shapes = ("code", "number")


@dataclass(frozen=True, slots=True)
class FormUse(Callback):
    """`entry` is the code of a template in the library."""

    code: str
    entry: str
    prefix = "au"
    shapes = ("code", "code")


@dataclass(frozen=True, slots=True)
class FormUsual(Callback):
    code: str
    prefix = "ax"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class FormWrite(Callback):
    code: str
    prefix = "aw"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class DraftForm(Callback):
    """The same for the draft that is open."""

    page: int
    prefix = "dz"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class DraftFormUse(Callback):
    entry: str
    prefix = "dg"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class DraftFormUsual(Callback):
    prefix = "di"
