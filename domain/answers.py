"""What a person types in answer to a question of ours."""

from datetime import datetime

from domain import asking, company, edit_questions, preferences
from domain.asking import Asking
from domain.company import Company
from domain.editing import Prospect
from domain.preferences import Preferences
from domain.usual import Usual
from storage import Session, people

Answer = Company | Preferences | Prospect


def take(
    session: Session, person_id: int, text: str, usual: Usual, *, picked: datetime | None = None, now: datetime
) -> Answer | None:
    """Take the answer; nothing if no question is open.

    `picked` is the moment of a date that was inserted with the chat app. Raises CountryError, FieldError, LeadError,
    PlaceError, WhenError or UnchangedError, and then the question stays open.
    """
    person = people.lock(session, person_id)
    match asking.asked(person, now=now):
        case Asking.COMPANY:
            return company.name(session, person_id, text)
        case Asking.COUNTRY:
            return company.name_country(session, person_id, text)
        case Asking.LEAD:
            return preferences.add_lead(session, person_id, text, usual)
        case Asking.PLACE:
            return preferences.set_timezone(session, person_id, text, usual)
        case question if question in edit_questions.QUESTIONS:
            return edit_questions.answer(session, person, text, usual, picked=picked, now=now)
        case _:
            return None


def drop(session: Session, person_id: int) -> None:
    """The person turned to something else: their next message means what it says."""
    person = people.lock(session, person_id)
    asking.close(person)
    people.save(session, person)
