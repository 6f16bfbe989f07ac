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


@dataclass(frozen=True, slots=True)
class PollNew(Callback):
    """The poll that the person is writing, or a new one."""

    prefix = "mp"


@dataclass(frozen=True, slots=True)
class PollPart(Callback):
    """The next message is this part, one of domain.meetings.polls.Part."""

    part: str
    prefix = "ma"
    shapes = ("slug",)


@dataclass(frozen=True, slots=True)
class PollTimeOut(Callback):
    slot: int
    prefix = "mx"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class PollAskedShow(Callback):
    """Which partnerships are asked."""

    prefix = "mh"


@dataclass(frozen=True, slots=True)
class PollPartnership(Callback):
    partnership: str
    prefix = "mi"
    shapes = ("slug",)


@dataclass(frozen=True, slots=True)
class PollOpen(Callback):
    prefix = "mo"


@dataclass(frozen=True, slots=True)
class PollDiscard(Callback):
    """The first press asks, the second, with `sure`, does it."""

    sure: int
    prefix = "md"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class PollShow(Callback):
    code: str
    prefix = "mb"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class PollVote(Callback):
    """`vote` is a value of storage.Vote."""

    slot: int
    vote: str
    prefix = "mv"
    shapes = ("number", "slug")


@dataclass(frozen=True, slots=True)
class PollOutcome(Callback):
    """Who can when, for whoever made it."""

    code: str
    prefix = "mr"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class PollDecide(Callback):
    """Make this time the meeting."""

    slot: int
    prefix = "mm"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class PollClose(Callback):
    """End it without a meeting. The first press asks, the second, with `sure`, does it."""

    code: str
    sure: int
    prefix = "mc"
    shapes = ("code", "number")
