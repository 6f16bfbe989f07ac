"""Writing a webinar."""

from dataclasses import dataclass

from bot.callbacks.form import Callback


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
class DraftClear(Callback):
    """Take away what was typed into `field`."""

    field: str
    prefix = "dc"
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
class DraftFor(Callback):
    """`whom` is one of domain.draft_fields.ForWhom."""

    whom: str
    prefix = "df"
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


@dataclass(frozen=True, slots=True)
class DraftNew(Callback):
    """The draft that is open, or a new one."""

    prefix = "dn"


@dataclass(frozen=True, slots=True)
class DraftAnother(Callback):
    """A new draft beside the one that is open."""

    prefix = "db"


@dataclass(frozen=True, slots=True)
class DraftsShow(Callback):
    page: int
    prefix = "ds"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class DraftOpen(Callback):
    draft: int
    prefix = "do"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class DraftDuplicate(Callback):
    """`code` is the webinar's that is the pattern."""

    code: str
    prefix = "dd"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class DraftUse(Callback):
    """Take what a pasted text says for a field that was filled before."""

    field: str
    prefix = "du"
    shapes = ("slug",)


@dataclass(frozen=True, slots=True)
class DraftKeep(Callback):
    prefix = "dk"
