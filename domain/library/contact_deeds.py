"""What organisers do with contacts: take one to their phone, say that it is right, forget somebody who wishes it."""

from datetime import datetime

from domain.library import business_cards, contacts, deeds, entries, files, finding, rights
from domain.library.entries import Entry
from domain.library.rights import EntryNotFoundError
from storage import Contact, EntryState, LibraryEntry, Session, library
from storage import contacts as rows


def card(session: Session, code: str, person_id: int) -> tuple[str, bytes]:
    """The contact as a business card: the file's name and what is in it. Only for those who see contacts."""
    row = rights.readable(session, code, person_id)
    facts = contacts.facts(session, row)
    if facts is None:
        raise EntryNotFoundError(code)
    if row.state is EntryState.SHARED and not rights.may_change(session, row, person_id):
        library.count_use(session, row.id)
    title = library.present(session, row).title
    return files.cleaned(title, "text/vcard"), business_cards.write(title, facts)


def look(session: Session, code: str, person_id: int) -> Entry:
    """A contact, for somebody who may change it."""
    row, _ = _changeable(session, code, person_id)
    return entries.entry(session, row, person_id)


def confirm(session: Session, code: str, person_id: int, *, now: datetime) -> Entry:
    """Somebody who may change the contact says that it is still right."""
    row, contact = _changeable(session, code, person_id)
    contact.confirmed_at, contact.check_asked_at = now, None
    library.save(session, contact)
    return entries.entry(session, row, person_id)


def erase(session: Session, code: str, person_id: int, *, now: datetime) -> None:
    """Forget the person everywhere: here, in what is searched, in what others looked for, in messages that ask.

    The log says that a contact was erased, and not who it was.
    """
    row, _ = _changeable(session, code, person_id)
    deeds.record(session, row, person_id, deeds.Deed.ERASED, now=now)
    rows.forget_messages(session, row.id)
    library.delete_entry(session, row)
    rows.forget_stems(session)
    finding.forget_words(session)


def _changeable(session: Session, code: str, person_id: int) -> tuple[LibraryEntry, Contact]:
    row = rights.changeable(session, code, person_id)
    contact = contacts.of(session, row)
    if contact is None:
        raise EntryNotFoundError(code)
    return row, contact
