"""Under what an entry is found: changed at once, before and after it is shared."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain import access
from domain.choices import Choice
from domain.draft_fields import LANGUAGES
from domain.library import deeds, entries, rights, writing
from domain.library.entries import Entry
from storage import EntryKind, EntryReaders, EntryState, LibraryEntry, Session, consortium, library


class Heading(StrEnum):
    KIND = "kind"
    TOPICS = "topics"
    LANGUAGE = "language"
    PARTNERSHIP = "partnership"
    READERS = "readers"


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be chosen under one heading; of topics several may be."""

    entry: Entry
    heading: Heading
    choices: tuple[Choice, ...]


def look(session: Session, code: str, person_id: int) -> Entry:
    """What is shared, for somebody who may file it anew."""
    return entries.entry(session, rights.changeable(session, code, person_id), person_id)


def offer(session: Session, code: str, person_id: int, heading: Heading) -> Offer:
    return _offer(session, rights.changeable(session, code, person_id), person_id, heading)


def choose(session: Session, code: str, person_id: int, heading: Heading, value: str, *, now: datetime) -> Offer:
    """Choose this, or of topics switch it. What is not among the choices changes nothing."""
    row = rights.changeable(session, code, person_id)
    offered = _offer(session, row, person_id, heading)
    if value in {choice.id for choice in offered.choices}:
        before = _value(session, row, heading)
        if heading is Heading.TOPICS:
            library.set_topics(
                session, row.id, [each.id for each in offered.choices if each.chosen != (each.id == value)]
            )
        else:
            _SETTERS[heading](row, value)
        _save(session, row, person_id, heading, before, now)
    return _offer(session, row, person_id, heading)


def _set_kind(row: LibraryEntry, value: str) -> None:
    row.kind = EntryKind(value)


def _set_language(row: LibraryEntry, value: str) -> None:
    row.language = value


def _set_partnership(row: LibraryEntry, value: str) -> None:
    row.partnership_id = value


def _set_readers(row: LibraryEntry, value: str) -> None:
    row.readers = EntryReaders(value)


_SETTERS: dict[Heading, Callable[[LibraryEntry, str], None]] = {
    Heading.KIND: _set_kind,
    Heading.LANGUAGE: _set_language,
    Heading.PARTNERSHIP: _set_partnership,
    Heading.READERS: _set_readers,
}


def _save(session: Session, row: LibraryEntry, person_id: int, heading: Heading, before: Any, now: datetime) -> None:
    """Of what others see already the log says what changed."""
    library.save(session, row)
    after = _value(session, row, heading)
    if before == after:
        return
    if row.state is EntryState.DRAFT:
        row.changed_at = now
        library.save(session, row)
        return
    change = {"before": {heading.value: before}, "after": {heading.value: after}}
    deeds.record(session, row, person_id, deeds.Deed.EDITED, **change, now=now)
    if heading is Heading.LANGUAGE:
        writing.index(session, row)


def _value(session: Session, row: LibraryEntry, heading: Heading) -> Any:
    """As it is stored, as JSON."""
    match heading:
        case Heading.TOPICS:
            return [topic.id for topic in library.topics(session, [row.id]).get(row.id, ())]
        case Heading.PARTNERSHIP:
            return row.partnership_id
        case _:
            return str(getattr(row, heading.value))


def _offer(session: Session, row: LibraryEntry, person_id: int, heading: Heading) -> Offer:
    there = _value(session, row, heading)
    chosen = set(there) if heading is Heading.TOPICS else {there}
    named = _named(session, row, person_id, heading)
    choices = tuple(Choice(each, name, each in chosen) for each, name in named)
    return Offer(entries.entry(session, row, person_id), heading, choices)


def _named(session: Session, row: LibraryEntry, person_id: int, heading: Heading) -> list[tuple[str, str]]:
    """What may be chosen: a contact stays one and among organisers, and what has the content of its kind stays so."""
    fixed = row.kind is EntryKind.CONTACT
    match heading:
        case Heading.KIND if fixed or library.present(session, row).content:
            return [(row.kind, row.kind)]
        case Heading.KIND:
            return [(kind, kind) for kind in EntryKind if kind is not EntryKind.CONTACT]
        case Heading.TOPICS:
            return [(topic.id, topic.name) for topic in consortium.active_topics(session)]
        case Heading.LANGUAGE:
            return [(language, language) for language in LANGUAGES]
        case Heading.PARTNERSHIP:
            own = access.partnerships(session, person_id)
            return [(each.id, each.short_name) for each in consortium.active_partnerships(session) if each.id in own]
        case Heading.READERS:
            return [(each, each) for each in EntryReaders if each is EntryReaders.ORGANISERS or not fixed]
