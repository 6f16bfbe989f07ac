"""Reminders that people chose for themselves."""

from collections.abc import Iterable
from datetime import timedelta

from sqlmodel import Session, col, delete, select

from storage.tables import Person, PersonLead


def chosen_leads(session: Session) -> list[timedelta]:
    """Every lead that somebody chose, longest first."""
    query = select(PersonLead.seconds).distinct().order_by(col(PersonLead.seconds).desc())
    return [timedelta(seconds=seconds) for seconds in session.exec(query)]


def leads_of(session: Session, person: Person) -> tuple[timedelta, ...] | None:
    """The person's own leads, longest first, maybe none at all; None: they take the usual ones."""
    if not person.own_leads:
        return None
    query = select(PersonLead.seconds).where(PersonLead.person_id == person.id).order_by(col(PersonLead.seconds).desc())
    return tuple(timedelta(seconds=seconds) for seconds in session.exec(query))


def set_leads(session: Session, person: Person, leads: Iterable[timedelta]) -> None:
    forget_leads(session, person)
    person.own_leads = True
    session.add_all(PersonLead(person_id=person.id, seconds=int(lead.total_seconds())) for lead in set(leads))
    session.add(person)
    session.flush()


def forget_leads(session: Session, person: Person) -> None:
    """Back to the usual ones."""
    session.exec(delete(PersonLead).where(col(PersonLead.person_id) == person.id))
    person.own_leads = False
    session.add(person)
    session.flush()
