"""What a person's next message answers, kept with the person so that it survives everything."""

from datetime import datetime, timedelta
from enum import StrEnum

from storage import Person

_PATIENCE = timedelta(minutes=30)


class Asking(StrEnum):
    COMPANY = "company"
    LEAD = "lead"
    PLACE = "place"
    MOVE = "move"


def ask(person: Person, asking: Asking, *, about: str = "", now: datetime) -> None:
    """`about` is the code of a webinar, where the question is of one."""
    person.asking, person.asking_about, person.asked_at = asking, about, now


def asked(person: Person, *, now: datetime) -> Asking | None:
    """The question that is open; a message that comes long after it means something else."""
    if person.asking is None or person.asked_at is None or now - person.asked_at > _PATIENCE:
        return None
    return Asking(person.asking)


def close(person: Person) -> None:
    person.asking = person.asked_at = None
    person.asking_about = ""
