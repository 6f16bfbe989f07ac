"""What became of a message that was to leave."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Sent:
    message_id: int


@dataclass(frozen=True, slots=True)
class NotSent:
    """The call never left us: safe to try again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """The call may have arrived."""

    reason: str


@dataclass(frozen=True, slots=True)
class Postponed:
    """Telegram asks everybody to wait."""

    retry_after: timedelta


@dataclass(frozen=True, slots=True)
class Unreachable:
    reason: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """Telegram will never take this message."""

    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The message that was to be changed is not there any more."""

    reason: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The chat has another id now, and the message was not taken."""

    chat_id: int


Failure = NotSent | Doubtful | Postponed | Unreachable | Rejected | Gone | Elsewhere
Outcome = Sent | Failure
