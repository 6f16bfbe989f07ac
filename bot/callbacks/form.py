"""What buttons carry: typed, at most 64 bytes, and checked when it comes back, since anyone can forge it.

Buttons live in chats for years: a form, once sent, is never given another meaning.
"""

import re
from dataclasses import dataclass, fields
from typing import ClassVar, Self

_MOST_BYTES = 64
_BELOW = "b:"
_SHAPES = {
    "code": r"[0-9a-z]{1,16}",
    "slug": r"[a-z0-9][a-z0-9_-]{0,31}",
    "number": r"0|[1-9][0-9]{0,8}",
    "secret": r"[A-Za-z0-9_-]{1,56}",
}


@dataclass(frozen=True, slots=True)
class Callback:
    """`prefix` names the form on the wire; the fields follow, parted by colons."""

    prefix: ClassVar[str]
    shapes: ClassVar[tuple[str, ...]] = ()

    def pack(self, *, below: bool = False) -> str:
        """With `below` the message under which the button stands stays as it is: what is shown comes below it."""
        values = [str(getattr(self, field.name)) for field in fields(self)]
        data = (_BELOW if below else "") + ":".join([self.prefix, *values])
        if len(data.encode()) > _MOST_BYTES or type(self).unpack(data) != self:
            raise ValueError(data)
        return data

    @classmethod
    def unpack(cls, data: object) -> Self | None:
        """The callback, or nothing if the data is not of this form to the letter."""
        pattern = ":".join([re.escape(cls.prefix), *(f"({_SHAPES[shape]})" for shape in cls.shapes)])
        found = re.fullmatch(f"(?:{_BELOW})?{pattern}", data) if isinstance(data, str) else None
        if found is None:
            return None
        values = (int(v) if s == "number" else v for s, v in zip(cls.shapes, found.groups(), strict=True))
        return cls(*values)


def opens_below(data: str | None) -> bool:
    """Whether what a button shows comes below its message, which stays."""
    return data is not None and data.startswith(_BELOW)
