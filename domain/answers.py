"""What a person types in answer to a question of ours."""

from datetime import datetime

from domain import asking, changes, company, preferences
from domain.asking import Asking
from domain.changes import Proposal
from domain.company import Company
from domain.preferences import Preferences
from domain.usual import Usual
from storage import Session, people

Answer = Company | Preferences | Proposal


def take(session: Session, person_id: int, text: str, usual: Usual, *, now: datetime) -> Answer | None:
    """Take the answer; nothing if no question is open.

    Raises FieldError, LeadError, PlaceError or WhenError, and then the question stays open.
    """
    person = people.lock(session, person_id)
    match asking.asked(person, now=now):
        case Asking.COMPANY:
            return company.name(session, person_id, text)
        case Asking.LEAD:
            return preferences.add_lead(session, person_id, text, usual)
        case Asking.PLACE:
            return preferences.set_timezone(session, person_id, text, usual)
        case Asking.MOVE:
            return changes.propose_move(session, person.asking_about, person_id, text, now=now)
        case _:
            return None


def drop(session: Session, person_id: int) -> None:
    """The person turned to something else: their next message means what it says."""
    person = people.lock(session, person_id)
    asking.close(person)
    people.save(session, person)
