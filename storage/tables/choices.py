"""The closed sets of words that columns hold: strings with a CHECK, the same in every database."""

from enum import StrEnum

from sqlalchemy import Enum


class TopicKind(StrEnum):
    MARKET = "market"
    SECTOR = "sector"


class RoleKind(StrEnum):
    ADMIN = "admin"
    ORGANISER = "organiser"


class WebinarStatus(StrEnum):
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class HostState(StrEnum):
    ACCEPTED = "accepted"
    INVITED = "invited"
    DECLINED = "declined"


class RegistrationStatus(StrEnum):
    REGISTERED = "registered"
    WAITLISTED = "waitlisted"
    CANCELLED = "cancelled"


class MaterialKind(StrEnum):
    """What is handed out after a webinar."""

    SLIDES = "slides"
    RECORDING = "recording"


class Readers(StrEnum):
    """Whom organisers write to."""

    REGISTERED = "registered"
    WAITLISTED = "waitlisted"
    BOTH = "both"


class NoticeKind(StrEnum):
    ANNOUNCED = "announced"
    HOSTED = "hosted"
    MOVED = "moved"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    CHANGED = "changed"


class DeliveryKind(StrEnum):
    ANNOUNCEMENT = "announcement"
    ANNOUNCEMENT_EDIT = "edit"
    HOSTED = "hosted"
    STAY = "stay"
    REMINDER = "reminder"
    SEAT_WON = "seat_won"
    MOVED = "moved"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    HOST_ASKED = "host_asked"
    HOST_ANSWERED = "host_answered"
    LETTER = "letter"
    MATERIAL = "material"
    ALERT = "alert"
    CHANGED = "changed"


class DeliveryState(StrEnum):
    PENDING = "pending"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    EXPIRED = "expired"
    FAILED = "failed"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"


def choice(words: type[StrEnum], name: str) -> Enum:
    """A column type that stores the words themselves, not Python's member names."""
    return Enum(
        words,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=16,
        values_callable=lambda members: [member.value for member in members],
    )
