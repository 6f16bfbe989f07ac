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


class Circle(StrEnum):
    """Who may know of a webinar and come: one for organisers alone is a meeting."""

    EVERYBODY = "everybody"
    ORGANISERS = "organisers"


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
    CONTACT_ASKED = "contact_asked"
    LESSON_ASKED = "lesson_asked"
    FEEDBACK_ASKED = "feedback_asked"
    MISSED = "missed"
    POLL_ASKED = "poll_asked"
    MEETING_CALLED = "meeting_called"


class DeliveryState(StrEnum):
    PENDING = "pending"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    EXPIRED = "expired"
    FAILED = "failed"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"


class EntryKind(StrEnum):
    """What can be shared. A lesson is what somebody learnt from a mistake, a practice what worked."""

    CONTACT = "contact"
    TEMPLATE = "template"
    AGENDA = "agenda"
    PRACTICE = "practice"
    LESSON = "lesson"


class EntryState(StrEnum):
    DRAFT = "draft"
    SHARED = "shared"
    RETIRED = "retired"


class EntryReaders(StrEnum):
    """Who may find an entry: organisers alone, or companies too."""

    ORGANISERS = "organisers"
    EVERYBODY = "everybody"


class Measure(StrEnum):
    """What is counted of a webinar."""

    REACHED = "reached"
    REGISTERED = "registered"
    WAITED = "waited"
    ATTENDED = "attended"
    NEWCOMERS = "newcomers"


class Vote(StrEnum):
    YES = "yes"
    IF_NEED_BE = "if_need_be"
    NO = "no"


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
