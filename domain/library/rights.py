"""Who may see and who may change what is shared.

What is shared is for organisers, or for everybody; a contact never is for everybody. A draft is its partnership's
alone, as is the right to change anything. What was retired only organisers find again. Whoever may not see an entry
is told the same as for a code that was made up.
"""

from domain import access
from domain.errors import ConvokeError, NotAllowedError
from storage import EntryReaders, EntryState, LibraryEntry, Session, consortium, library


class EntryNotFoundError(ConvokeError):
    """No entry has this code, or it is not for this person."""


class OthersEntryError(NotAllowedError):
    """The person may see it but not change it: `hosts` is the partnership that shares it."""


def may_change(session: Session, entry: LibraryEntry, person_id: int | None) -> bool:
    """Administrators, and organisers of the partnership that shares it."""
    return access.is_admin(session, person_id) or entry.partnership_id in access.partnerships(session, person_id)


def may_read(session: Session, entry: LibraryEntry, person_id: int) -> bool:
    match entry.state:
        case EntryState.DRAFT:
            return may_change(session, entry, person_id)
        case EntryState.RETIRED:
            return access.may_post(session, person_id)
        case EntryState.SHARED:
            return entry.readers is EntryReaders.EVERYBODY or access.may_post(session, person_id)


def may_read_version(session: Session, entry: LibraryEntry, number: int, person_id: int) -> bool:
    """Old versions are for organisers, one that is being written for those who may change the entry."""
    if number == entry.version:
        return may_read(session, entry, person_id)
    if number > entry.version:
        return may_change(session, entry, person_id)
    return may_read(session, entry, person_id) and access.may_post(session, person_id)


def readable(session: Session, code: str, person_id: int) -> LibraryEntry:
    entry = library.by_code(session, code)
    if entry is None or not may_read(session, entry, person_id):
        raise EntryNotFoundError(code)
    return entry


def changeable(session: Session, code: str, person_id: int) -> LibraryEntry:
    """The entry, locked, for somebody who may change it. Who may only see it is told whose it is."""
    entry = library.lock(session, code)
    if entry is None or not may_read(session, entry, person_id):
        raise EntryNotFoundError(code)
    if not may_change(session, entry, person_id):
        raise OthersEntryError([consortium.short_name(session, entry.partnership_id)])
    return entry
