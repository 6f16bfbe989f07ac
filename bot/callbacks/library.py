"""What the partnerships share: found, opened, written, filed."""

from dataclasses import dataclass

from bot.callbacks.form import Callback


@dataclass(frozen=True, slots=True)
class LibraryShow(Callback):
    """A page of what fits the person's choices and words."""

    page: int
    prefix = "v"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class LibraryTurn(Callback):
    """Another page of what fitted these choices and words, whatever was looked for since."""

    search: str
    page: int
    prefix = "vp"
    shapes = ("code", "number")


@dataclass(frozen=True, slots=True)
class LibraryFind(Callback):
    prefix = "vf"


@dataclass(frozen=True, slots=True)
class LibraryToggle(Callback):
    """`kind` is a field of domain.library.finding.Filter."""

    kind: str
    value: str
    prefix = "vt"
    shapes = ("code", "slug")


@dataclass(frozen=True, slots=True)
class LibraryClear(Callback):
    prefix = "vc"


@dataclass(frozen=True, slots=True)
class EntryShow(Callback):
    code: str
    prefix = "vo"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class EntryVersions(Callback):
    code: str
    prefix = "vv"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class EntryVersion(Callback):
    code: str
    number: int
    prefix = "vg"
    shapes = ("code", "number")


@dataclass(frozen=True, slots=True)
class EntryFile(Callback):
    """The file of a version."""

    code: str
    number: int
    prefix = "vh"
    shapes = ("code", "number")


@dataclass(frozen=True, slots=True)
class ContactCard(Callback):
    """A contact as a business card for the phone."""

    code: str
    prefix = "vl"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class ContactConfirm(Callback):
    """It is still right."""

    code: str
    prefix = "vk"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class ContactErase(Callback):
    """The first press asks, the second, with `sure`, does it."""

    code: str
    sure: int
    prefix = "vj"
    shapes = ("code", "number")


@dataclass(frozen=True, slots=True)
class EntryRevise(Callback):
    code: str
    prefix = "vr"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class EntryRetire(Callback):
    """The first press asks, the second, with `sure`, does it."""

    code: str
    sure: int
    prefix = "vz"
    shapes = ("code", "number")


@dataclass(frozen=True, slots=True)
class EntryRestore(Callback):
    code: str
    prefix = "vy"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class RetiredShow(Callback):
    """What was retired, a page at a time."""

    page: int
    prefix = "vm"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class ShareAsk(Callback):
    """Share something: what kind of thing is asked first."""

    prefix = "vb"


@dataclass(frozen=True, slots=True)
class ShareKind(Callback):
    """Share something of this kind, still to be written."""

    kind: str
    prefix = "vn"
    shapes = ("slug",)


@dataclass(frozen=True, slots=True)
class ShareThis(Callback):
    """Share, as something of this kind, what the message answers that has the button."""

    kind: str
    prefix = "vu"
    shapes = ("slug",)


@dataclass(frozen=True, slots=True)
class ShareDrafts(Callback):
    page: int
    prefix = "vd"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class WritingShow(Callback):
    code: str
    prefix = "vw"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class WritingAsk(Callback):
    """`part` is one of domain.library.writing.Part; what is not is answered like any forged press."""

    code: str
    part: str
    prefix = "va"
    shapes = ("code", "slug")


@dataclass(frozen=True, slots=True)
class WritingClear(Callback):
    code: str
    part: str
    prefix = "vx"
    shapes = ("code", "slug")


@dataclass(frozen=True, slots=True)
class WritingShare(Callback):
    code: str
    prefix = "vs"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class WritingDrop(Callback):
    """The first press asks, the second, with `sure`, does it."""

    code: str
    sure: int
    prefix = "vq"
    shapes = ("code", "number")


@dataclass(frozen=True, slots=True)
class FilingShow(Callback):
    """Under what it is found: all of it, or the choices of one kind."""

    code: str
    what: str
    prefix = "ve"
    shapes = ("code", "slug")


@dataclass(frozen=True, slots=True)
class FilingSet(Callback):
    """`what` is one of the kinds of choices; topics are switched, of the others one is chosen."""

    code: str
    what: str
    value: str
    prefix = "vi"
    shapes = ("code", "code", "slug")
