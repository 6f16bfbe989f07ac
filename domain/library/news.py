"""Asking once a year whether a contact is still right: whoever shared it, and if they have left, their team."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import access
from domain.library import contacts, rights
from domain.planning import Priority
from storage import (
    Delivery,
    DeliveryKind,
    EntryState,
    LibraryEntry,
    Person,
    Session,
    audiences,
    deliveries,
    library,
    people,
)
from storage import contacts as rows

KINDS = frozenset({DeliveryKind.CONTACT_ASKED})
ASKED_AFTER = timedelta(days=365)

_ANSWERED_WITHIN = timedelta(days=30)
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class ContactAsked:
    """Whether this is still right, which nobody has said since `confirmed_at`."""

    code: str
    name: str
    organisation: str
    confirmed_at: datetime


def ask_about_contacts(session: Session, *, now: datetime) -> int:
    """Ask about each contact that nobody has said to be right for a year, once. Returns about how many."""
    due = rows.lock_unconfirmed(session, now - ASKED_AFTER, _AT_ONCE)
    for contact, row in due:
        plan = deliveries.Plan(
            kind=DeliveryKind.CONTACT_ASKED,
            webinar_id=None,
            about={"entry": row.code},
            key=rows.key(row.id, contact.confirmed_at),
            due_at=now,
            expires_at=now + _ANSWERED_WITHIN,
            priority=Priority.ANNOUNCEMENT,
        )
        _plan(session, plan, row, now)
        contact.check_asked_at = now
        library.save(session, contact)
    return len(due)


def _plan(session: Session, plan: deliveries.Plan, row: LibraryEntry, now: datetime) -> None:
    sharer = None if row.created_by is None else people.get(session, row.created_by)
    if sharer and sharer.reachable and rights.may_change(session, row, sharer.id):
        deliveries.add(session, plan, sharer.id, now)
    elif not deliveries.plan_for(session, plan, audiences.team([row.partnership_id]), now):
        deliveries.plan_for(session, plan, audiences.administrators(), now)


def holds(session: Session, delivery: Delivery, person: Person, *, now: datetime) -> bool:
    """Whether it is there, nobody has said meanwhile that it is right, and this person may say so."""
    row = _row(session, delivery)
    if row is None or row.state is not EntryState.SHARED or now >= delivery.expires_at:
        return False
    contact = contacts.of(session, row)
    asked = contact is not None and contact.check_asked_at is not None
    return asked and access.may_post(session, person.id) and rights.may_change(session, row, person.id)


def compose(session: Session, delivery: Delivery) -> ContactAsked:
    row = _row(session, delivery)
    assert row
    facts = contacts.facts(session, row)
    assert facts
    return ContactAsked(row.code, library.present(session, row).title, facts.organisation, facts.confirmed_at)


def _row(session: Session, delivery: Delivery) -> LibraryEntry | None:
    return library.by_code(session, delivery.about["entry"])
