"""Queries about people outside who may be asked."""

from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session, col, delete, func, select

from storage.tables import Contact, Delivery, DeliveryKind, EntryState, LibraryEntry

_KEY = "contact_asked:"


def key(entry_id: int, confirmed_at: datetime) -> str:
    """What the keys of the messages begin with that ask whether a contact is still right, since it last was."""
    return f"{_KEY}{entry_id}:{int(confirmed_at.timestamp())}"


def find(session: Session, entry_id: int) -> Contact | None:
    return session.get(Contact, entry_id)


def add(session: Session, contact: Contact) -> None:
    session.add(contact)
    session.flush()


def lock_at_address(session: Session, email: str) -> list[LibraryEntry]:
    """All that have this address, shared or not; none if it is empty."""
    if not email:
        return []
    query = (
        select(LibraryEntry)
        .join(Contact, col(Contact.entry_id) == col(LibraryEntry.id))
        .where(func.lower(col(Contact.email)) == email.lower())
        .order_by(col(LibraryEntry.id))
        .with_for_update(of=LibraryEntry)
    )
    return list(session.exec(query))


def lock_unconfirmed(session: Session, before: datetime, limit: int) -> list[tuple[Contact, LibraryEntry]]:
    """Shared contacts that nobody has said to be right since then and that nobody was asked about since."""
    query = (
        select(Contact, LibraryEntry)
        .join(LibraryEntry, col(LibraryEntry.id) == Contact.entry_id)
        .where(
            LibraryEntry.state == EntryState.SHARED,
            col(Contact.confirmed_at) < before,
            col(Contact.check_asked_at).is_(None),
        )
        .order_by(col(Contact.confirmed_at), col(Contact.entry_id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.exec(query))


def forget_messages(session: Session, entry_id: int) -> None:
    """Delete every message that asked about this contact."""
    about = col(Delivery.dedup_key).startswith(f"{_KEY}{entry_id}:")
    session.exec(delete(Delivery).where(col(Delivery.kind) == DeliveryKind.CONTACT_ASKED, about))


def forget_stems(session: Session) -> None:
    """Let the index of SQLite forget what was deleted from it: it keeps it until it has reason to tidy up."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection().execute(text("INSERT INTO library_search(library_search) VALUES ('optimize')"))
