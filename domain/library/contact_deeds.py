"""What organisers do with contacts: take one to their phone, say that it is right, forget somebody who wishes it."""

from datetime import datetime

from domain.library import business_cards, contacts, deeds, entries, files, finding, rights
from domain.library.entries import Entry
from domain.library.rights import EntryNotFoundError
from domain.reading import words
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
    """Forget the person everywhere: here and where others shared them, in searches, in messages that ask.

    The log says that a contact was erased, and not who it was.
    """
    row, contact = _changeable(session, code, person_id)
    for each in (row, *_shared_by_others(session, row, contact)):
        deeds.record(session, each, person_id, deeds.Deed.ERASED, now=now)
        rows.forget_messages(session, each.id)
        library.delete_entry(session, each)
    rows.forget_stems(session)
    finding.forget_words(session)


def _shared_by_others(session: Session, row: LibraryEntry, contact: Contact) -> list[LibraryEntry]:
    """The same person once more: of the same address and name. An office's address alone may be several people's."""
    name = _name(session, row)
    found = rows.lock_at_address(session, contact.email)
    return [other for other in found if other.id != row.id and _name(session, other) == name]


def _name(session: Session, row: LibraryEntry) -> list[str]:
    return sorted(words.asked(library.present(session, row).title))


def _changeable(session: Session, code: str, person_id: int) -> tuple[LibraryEntry, Contact]:
    row = rights.changeable(session, code, person_id)
    contact = contacts.of(session, row)
    if contact is None:
        raise EntryNotFoundError(code)
    return row, contact
