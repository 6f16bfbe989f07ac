"""Meetings of organisers, and the polls that find a time for them."""

from dataclasses import dataclass

from bot.callbacks.form import Callback


@dataclass(frozen=True, slots=True)
class MeetingsShow(Callback):
    page: int
    prefix = "mt"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class MeetingNew(Callback):
    """A draft that is one."""

    prefix = "mn"
