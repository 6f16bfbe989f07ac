"""What buttons carry: typed, at most 64 bytes, and checked when it comes back, since anyone can forge it.

Buttons live in chats for years: a form, once sent, is never given another meaning.
"""

import re
from dataclasses import dataclass, fields
from typing import ClassVar, Self

_MOST_BYTES = 64
_SHAPES = {"code": r"[0-9a-z]{1,16}", "slug": r"[a-z0-9][a-z0-9_-]{0,31}", "number": r"0|[1-9][0-9]{0,5}"}


@dataclass(frozen=True, slots=True)
class Callback:
    """`prefix` names the form on the wire; the fields follow, parted by colons."""

    prefix: ClassVar[str]
    shapes: ClassVar[tuple[str, ...]] = ()

    def pack(self) -> str:
        values = [str(getattr(self, field.name)) for field in fields(self)]
        data = ":".join([self.prefix, *values])
        if len(data.encode()) > _MOST_BYTES or type(self).unpack(data) != self:
            raise ValueError(data)
        return data

    @classmethod
    def unpack(cls, data: object) -> Self | None:
        """The callback, or nothing if the data is not of this form to the letter."""
        pattern = ":".join([re.escape(cls.prefix), *(f"({_SHAPES[shape]})" for shape in cls.shapes)])
        found = re.fullmatch(pattern, data) if isinstance(data, str) else None
        if found is None:
            return None
        values = (int(v) if s == "number" else v for s, v in zip(cls.shapes, found.groups(), strict=True))
        return cls(*values)


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
class DraftShow(Callback):
    prefix = "d"


@dataclass(frozen=True, slots=True)
class DraftAsk(Callback):
    """`field` is one of domain.drafts.Field; what is not is answered like any forged press."""

    field: str
    prefix = "da"
    shapes = ("slug",)


@dataclass(frozen=True, slots=True)
class DraftHost(Callback):
    partnership: str
    prefix = "dh"
    shapes = ("slug",)


@dataclass(frozen=True, slots=True)
class DraftTopic(Callback):
    topic: str
    prefix = "dt"
    shapes = ("slug",)


@dataclass(frozen=True, slots=True)
class DraftLanguage(Callback):
    language: str
    prefix = "dl"
    shapes = ("slug",)


@dataclass(frozen=True, slots=True)
class DraftPreview(Callback):
    prefix = "dv"


@dataclass(frozen=True, slots=True)
class DraftPublish(Callback):
    prefix = "dp"


@dataclass(frozen=True, slots=True)
class DraftDiscard(Callback):
    """The first press asks, the second, with `sure`, does it."""

    sure: int
    prefix = "dx"
    shapes = ("number",)
