"""What was learnt, and agendas that are handed on."""

from dataclasses import dataclass

from bot.callbacks.form import Callback


@dataclass(frozen=True, slots=True)
class LessonTell(Callback):
    """`kind` is a word of storage's EntryKind: what worked, or what to do better."""

    code: str
    kind: str
    prefix = "j"
    shapes = ("code", "slug")


@dataclass(frozen=True, slots=True)
class LessonsShow(Callback):
    """For the draft that is open."""

    prefix = "jd"


@dataclass(frozen=True, slots=True)
class AgendaShare(Callback):
    code: str
    prefix = "ja"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class AgendasShow(Callback):
    prefix = "jl"


@dataclass(frozen=True, slots=True)
class AgendaUse(Callback):
    """`code` is an entry's."""

    code: str
    prefix = "ju"
    shapes = ("code",)
