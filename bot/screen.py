"""A screen is a value: what stands in one message and which buttons are under it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal

from markupsafe import Markup
from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.callbacks import Callback

_LAST_WORD = re.compile(r"\s+\S*\Z")


@dataclass(frozen=True, slots=True)
class Press:
    """A button that comes back to us; with `below` its message stays, and what it shows comes below."""

    label: str
    callback: Callback
    below: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an https address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A button that puts up to 256 characters on the clipboard."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Share:
    """A button that lets the person choose a chat and puts our inline answer to `query` there."""

    label: str
    query: str


Button = Press | Link | Copy | Share
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """`text` is Telegram's HTML, every value in it escaped where it was put in."""

    text: Markup
    rows: Rows = ()

    def markup(self) -> InlineKeyboardMarkup | None:
        if not any(self.rows):
            return None
        return InlineKeyboardMarkup([[_button(button) for button in row] for row in self.rows if row])


def _button(button: Button) -> InlineKeyboardButton:
    match button:
        case Press():
            return _press(button)
        case Link(label, url):
            return InlineKeyboardButton(label, url=url)
        case Copy(label, text):
            return InlineKeyboardButton(label, copy_text=CopyTextButton(text))
        case Share(label, query):
            return InlineKeyboardButton(label, switch_inline_query=query)


@lru_cache(maxsize=256)
def _press(button: Press) -> InlineKeyboardButton:
    """Made once, for the same stands under the messages of many, and making it takes longer than all else of it."""
    return InlineKeyboardButton(button.label, callback_data=button.callback.pack(below=button.below))


def own_time(moment: datetime, fallback: str, style: Literal["wDt", "r"] = "wDt") -> Markup:
    """Telegram's date-time entity: each reader sees their own time.

    `fallback` is what notifications, exports and older apps show, so it must be complete and name its zone.
    """
    return Markup('<tg-time unix="{unix}" format="{style}">{fallback}</tg-time>').format(
        unix=int(moment.timestamp()), style=style, fallback=fallback
    )


def cut(text: str, length: int) -> str:
    """The text, or as many of its words as fit and a sign that there was more. Before it becomes markup."""
    if len(text) <= length:
        return text
    return _LAST_WORD.sub("", text[:length]) + " …"


def lines(*parts: Markup | str | None) -> Markup:
    """One under the other, leaving out what is nothing."""
    return Markup("\n").join(part for part in parts if part is not None)


def grid(buttons: Sequence[Button], a_row: int = 2) -> Rows:
    """Buttons side by side, as many in a row as a phone has room for."""
    return tuple(tuple(buttons[first : first + a_row]) for first in range(0, len(buttons), a_row))
