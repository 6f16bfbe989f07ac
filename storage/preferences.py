"""Reminders that people chose for themselves."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import String, cast, literal
from sqlmodel import Session, col, delete, exists, func, select

from storage.tables import Delivery, Person, PersonLead, Registration, RegistrationStatus


def longest_lead(session: Session) -> timedelta:
    """The longest that anybody chose."""
    return timedelta(seconds=session.exec(select(func.max(PersonLead.seconds))).one() or 0)


def leads_to_plan(session: Session, webinar_id: int, key: str, shortest: timedelta) -> list[timedelta]:
    """Own leads, not shorter than this, of people with a seat, in reach, whose reminder is not in the outbox yet.

    `key` is what the reminders' `dedup_key` begins with; lead and person follow.
    """
    person_id, seconds = col(PersonLead.person_id), col(PersonLead.seconds)
    dedup_key = literal(f"{key}:") + cast(seconds, String) + literal(":") + cast(person_id, String)
    query = (
        select(PersonLead.seconds)
        .distinct()
        .join(Registration, col(Registration.person_id) == person_id)
        .join(Person, col(Person.id) == person_id)
        .where(
            col(Person.reachable).is_(True),
            Registration.webinar_id == webinar_id,
            Registration.status == RegistrationStatus.REGISTERED,
            seconds >= shortest.total_seconds(),
            ~exists().where(col(Delivery.dedup_key) == dedup_key),
        )
        .order_by(seconds.desc())
    )
    return [timedelta(seconds=found) for found in session.exec(query)]


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
