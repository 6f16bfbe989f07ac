"""What a person types in answer to a question of ours."""

from datetime import datetime

from domain import asking, company, preferences
from domain.asking import Asking
from domain.company import Company
from domain.preferences import Preferences
from domain.usual import Usual
from storage import Session, people


def take(session: Session, person_id: int, text: str, usual: Usual, *, now: datetime) -> Company | Preferences | None:
    """Take the answer; nothing if no question is open. Raises FieldError, LeadError or PlaceError: it stays open."""
    match asking.asked(people.lock(session, person_id), now=now):
        case Asking.COMPANY:
            return company.name(session, person_id, text)
        case Asking.LEAD:
            return preferences.add_lead(session, person_id, text, usual)
        case Asking.PLACE:
            return preferences.set_timezone(session, person_id, text, usual)
        case _:
            return None


def drop(session: Session, person_id: int) -> None:
    """The person turned to something else: their next message means what it says."""
    person = people.lock(session, person_id)
    asking.close(person)
    people.save(session, person)
