"""What a person's next message answers, kept with the person so that it survives everything."""

from datetime import datetime, timedelta
from enum import StrEnum

from storage import Person

_PATIENCE = timedelta(minutes=30)


class Asking(StrEnum):
    COMPANY = "company"
    COUNTRY = "country"
    LEAD = "lead"
    PLACE = "place"
    MOVE = "move"
    CANCEL_REASON = "cancel_reason"
    EDIT_TITLE = "edit_title"
    EDIT_DESCRIPTION = "edit_description"
    EDIT_LINK = "edit_link"
    EDIT_DURATION = "edit_duration"
    EDIT_SEATS = "edit_seats"
    EDIT_ZONE = "edit_zone"
    EDIT_AGENDA = "edit_agenda"
    HOST_CHANGE = "host_change"
    LETTER = "letter"
    LESSON_WORKED = "lesson_worked"
    LESSON_BETTER = "lesson_better"
    SLIDES = "slides"
    RECORDING = "recording"
    QUESTIONS = "questions"
    FEEDBACK_1 = "feedback_1"
    FEEDBACK_2 = "feedback_2"
    FEEDBACK_3 = "feedback_3"
    POLL_TITLE = "poll_title"
    POLL_TIMES = "poll_times"
    POLL_LINK = "poll_link"
    POLL_LENGTH = "poll_length"
    POLL_TEXT = "poll_text"
    ENTRY_TITLE = "entry_title"
    ENTRY_TEXT = "entry_text"
    ENTRY_SOURCE = "entry_source"
    ENTRY_WORDS = "entry_words"
    CONTACT_FIRM = "contact_firm"
    CONTACT_ROLE = "contact_role"
    CONTACT_COUNTRY = "contact_country"
    CONTACT_EMAIL = "contact_email"
    CONTACT_PHONE = "contact_phone"
    CONTACT_AGREED = "contact_agreed"


def ask(person: Person, asking: Asking, *, about: str = "", now: datetime) -> None:
    """`about` is the code of a webinar, or of an entry of the library, where the question is of one."""
    person.asking, person.asking_about, person.asked_at = asking, about, now


def asked(person: Person, *, now: datetime) -> Asking | None:
    """The question that is open; a message that comes long after it means something else."""
    if person.asking is None or person.asked_at is None or now - person.asked_at > _PATIENCE:
        return None
    return Asking(person.asking)


def close(person: Person) -> None:
    person.asking = person.asked_at = None
    person.asking_about = ""
