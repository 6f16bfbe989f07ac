"""People outside who may be asked: what is kept of them beside a name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from domain import countries
from domain.library import parts
from domain.reading.draft_values import FieldError
from domain.reading.vcards import BusinessCard
from storage import Contact, EntryKind, LibraryEntry, Session
from storage import contacts as rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFacts:
    """`country` is ISO 3166. `confirmed_at` is when somebody last said that it is right."""

    organisation: str
    role: str
    country: str
    email: str
    phone: str
    agreed_how: str
    agreed_on: date | None
    confirmed_at: datetime


def of(session: Session, row: LibraryEntry) -> Contact | None:
    return rows.find(session, row.id) if row.kind is EntryKind.CONTACT else None


def facts(session: Session, row: LibraryEntry) -> ContactFacts | None:
    contact = of(session, row)
    if contact is None:
        return None
    return ContactFacts(
        organisation=contact.organisation,
        role=contact.role,
        country=contact.country,
        email=contact.email,
        phone=contact.phone,
        agreed_how=contact.agreed_how,
        agreed_on=contact.agreed_on,
        confirmed_at=contact.confirmed_at,
    )


def words(session: Session, row: LibraryEntry) -> tuple[str, ...]:
    """By what else a contact is found: where they work and as what, never by their address or number."""
    contact = of(session, row)
    return (contact.organisation, contact.role) if contact else ()


def begin(session: Session, row: LibraryEntry, card: BusinessCard, *, now: datetime) -> None:
    """What a business card says, as far as it can be used. Whether its owner agreed no card can say."""
    contact = Contact(
        entry_id=row.id,
        organisation=parts.line(card.organisation)[: parts.LINE_LENGTH],
        role=parts.line(card.role)[: parts.LINE_LENGTH],
        email=_usable(parts.email, card.email),
        phone=_usable(parts.phone, card.phone),
        country=_usable(countries.country, card.country),
        confirmed_at=now,
    )
    rows.add(session, contact)


def _usable(read: Callable[[str], str], given: str) -> str:
    """What the reader makes of it, nothing if it can't be used."""
    try:
        return read(given) if given else ""
    except (FieldError, countries.CountryError):
        return ""
