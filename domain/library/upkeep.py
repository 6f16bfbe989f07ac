"""What becomes of entries: opened, retired, brought back; and lists of those that only organisers see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain import access
from domain.library import deeds, entries, rights
from domain.library.deeds import Deed
from domain.library.entries import Entry
from domain.library.rights import EntryNotFoundError
from storage import EntryState, LibraryEntry, Session, library

PAGE_SIZE = 8


@dataclass(frozen=True, slots=True)
class Pile:
    """One page, what was changed last first. `number` counts from 1; `total` counts all there are."""

    entries: tuple[Entry, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Edition:
    """A version that was shared, and when."""

    number: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class History:
    """Newest first."""

    entry: Entry
    editions: tuple[Edition, ...]


def opened(session: Session, code: str, person_id: int) -> Entry:
    """What it says now, to somebody who reads it: that counts, unless it is their own. Raises EntryNotFoundError."""
    row = rights.readable(session, code, person_id)
    found = entries.entry(session, row, person_id)
    if row.state is EntryState.SHARED and not found.mine:
        library.count_use(session, row.id)
    return found


def used(session: Session, code: str) -> None:
    """Somebody put it into a chat, or took it over."""
    row = library.by_code(session, code)
    if row is not None and row.state is EntryState.SHARED:
        library.count_use(session, row.id)


def history(session: Session, code: str, person_id: int) -> History:
    """All versions that were shared, for organisers."""
    row = _of_organisers(session, code, person_id)
    editions = [Edition(each.number, each.made_at) for each in library.versions(session, row.id)]
    return History(
        entries.entry(session, row, person_id), tuple(each for each in editions if each.number <= row.version)
    )


def edition(session: Session, code: str, person_id: int, number: int) -> Entry:
    """What one version said, for organisers. Raises EntryNotFoundError, also for one that is not shared yet."""
    row = _of_organisers(session, code, person_id)
    version = library.version(session, row.id, number)
    if version is None or number > row.version:
        raise EntryNotFoundError(code)
    return entries.entry(session, row, person_id, version)


def look(session: Session, code: str, person_id: int) -> Entry:
    """What is about to be retired, for somebody who may."""
    return entries.entry(session, rights.changeable(session, code, person_id), person_id)


def retire(session: Session, code: str, person_id: int, *, now: datetime) -> Entry:
    """Let nobody find it any more. Twice is once."""
    row = rights.changeable(session, code, person_id)
    if row.state is EntryState.SHARED:
        row.state, row.changed_at = EntryState.RETIRED, now
        library.save(session, row)
        deeds.record(session, row, person_id, Deed.RETIRED, now=now)
    return entries.entry(session, row, person_id)


def restore(session: Session, code: str, person_id: int, *, now: datetime) -> Entry:
    row = rights.changeable(session, code, person_id)
    if row.state is EntryState.RETIRED:
        row.state, row.changed_at = EntryState.SHARED, now
        library.save(session, row)
        deeds.record(session, row, person_id, Deed.RESTORED, now=now)
    return entries.entry(session, row, person_id)


def drafts(session: Session, person_id: int, number: int) -> Pile:
    """A page of what the person's partnerships have not shared yet."""
    access.require_poster(session, person_id)
    return _pile(session, _drafts(session, person_id), person_id, number)


def count_drafts(session: Session, person_id: int) -> int:
    return len(_drafts(session, person_id))


def retired(session: Session, person_id: int, number: int) -> Pile:
    """A page of what was retired, whoever had shared it."""
    access.require_poster(session, person_id)
    return _pile(session, library.in_state(session, EntryState.RETIRED, None), person_id, number)


def _drafts(session: Session, person_id: int) -> list[LibraryEntry]:
    own = None if access.is_admin(session, person_id) else access.partnerships(session, person_id)
    return library.in_state(session, EntryState.DRAFT, own)


def _pile(session: Session, rows: Sequence[LibraryEntry], person_id: int, number: int) -> Pile:
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    shown = rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return Pile(tuple(entries.entries(session, shown, person_id)), number, pages, len(rows))


def _of_organisers(session: Session, code: str, person_id: int) -> LibraryEntry:
    row = rights.readable(session, code, person_id)
    if not access.may_post(session, person_id):
        raise EntryNotFoundError(code)
    return row
