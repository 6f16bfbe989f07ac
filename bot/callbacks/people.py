"""Talking to those who come: letters, slides and recordings, lists. The domain asks whether who presses may."""

from dataclasses import dataclass

from bot.callbacks.form import Callback


@dataclass(frozen=True, slots=True)
class LettersShow(Callback):
    code: str
    prefix = "e"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class LetterTo(Callback):
    """`readers` is a word of storage's Readers."""

    code: str
    readers: str
    prefix = "er"
    shapes = ("code", "slug")


@dataclass(frozen=True, slots=True)
class LetterWrite(Callback):
    code: str
    prefix = "ew"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class LetterSend(Callback):
    code: str
    letter: int
    prefix = "es"
    shapes = ("code", "number")


@dataclass(frozen=True, slots=True)
class MaterialsShow(Callback):
    code: str
    prefix = "k"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class MaterialAsk(Callback):
    """`material` is a word of storage's MaterialKind."""

    code: str
    material: str
    prefix = "ka"
    shapes = ("code", "slug")


@dataclass(frozen=True, slots=True)
class MaterialRemove(Callback):
    code: str
    material: str
    prefix = "kx"
    shapes = ("code", "slug")


@dataclass(frozen=True, slots=True)
class MaterialGet(Callback):
    """On everybody's card, where it is a file."""

    code: str
    material: str
    prefix = "kg"
    shapes = ("code", "slug")


@dataclass(frozen=True, slots=True)
class PeopleShow(Callback):
    code: str
    page: int
    prefix = "n"
    shapes = ("code", "number")


@dataclass(frozen=True, slots=True)
class PeopleCount(Callback):
    code: str
    prefix = "nc"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class PeopleExport(Callback):
    """`form` is a word of domain's Form."""

    code: str
    form: str
    prefix = "ne"
    shapes = ("code", "slug")


@dataclass(frozen=True, slots=True)
class NumbersShow(Callback):
    """What `/stats` shows: this year's, of all partnerships."""

    prefix = "nn"


@dataclass(frozen=True, slots=True)
class PastShow(Callback):
    page: int
    prefix = "np"
    shapes = ("number",)
