"""What a screen says about one thing that was shared, as one value."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain import access
from domain.library import contacts, files, rights
from domain.library.contacts import ContactFacts
from domain.library.files import File
from storage import (
    EntryKind,
    EntryReaders,
    EntryState,
    LibraryEntry,
    LibraryVersion,
    Session,
    consortium,
    library,
    webinars,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`number` is the version that this is, `newest` the one that readers see.

    `mine`: the person may change it; `organiser`: they may do with it what every organiser may. `topics` are names in
    the data's own words, `topic_ids` theirs. `webinar` is the title of the webinar it came out of, if any. `content`
    is what the kind needs besides.
    """

    code: str
    kind: EntryKind
    state: EntryState
    readers: EntryReaders
    partnership_id: str
    partnership: str
    language: str
    number: int
    newest: int
    title: str
    text: str
    keywords: str
    url: str | None
    topics: tuple[str, ...]
    topic_ids: tuple[str, ...]
    content: dict[str, Any]
    made_at: datetime
    file: File | None
    contact: ContactFacts | None
    mine: bool
    organiser: bool
    webinar: str | None = None


def look(session: Session, code: str, person_id: int) -> Entry:
    """What it says now. Raises EntryNotFoundError, also if it is not for this person."""
    return entry(session, rights.readable(session, code, person_id), person_id)


def entry(session: Session, row: LibraryEntry, person_id: int | None, version: LibraryVersion | None = None) -> Entry:
    """As this person sees it, who may; None is a stranger. Without a version, the present one."""
    return entries(session, [row], person_id, version)[0]


def entries(
    session: Session, rows: Sequence[LibraryEntry], person_id: int | None, version: LibraryVersion | None = None
) -> list[Entry]:
    filed = library.topics(session, [row.id for row in rows])
    return [
        _entry(session, row, version or library.present(session, row), filed.get(row.id, ()), person_id) for row in rows
    ]


def _entry(
    session: Session, row: LibraryEntry, version: LibraryVersion, filed: Sequence[Any], person_id: int | None
) -> Entry:
    return Entry(
        code=row.code,
        kind=row.kind,
        state=row.state,
        readers=row.readers,
        partnership_id=row.partnership_id,
        partnership=consortium.short_name(session, row.partnership_id),
        language=row.language,
        number=version.number,
        newest=row.version,
        title=version.title,
        text=version.text,
        keywords=version.keywords,
        url=version.url,
        topics=tuple(topic.name for topic in filed),
        topic_ids=tuple(topic.id for topic in filed),
        content=version.content,
        made_at=version.made_at,
        file=files.describe(session, version),
        contact=contacts.facts(session, row),
        mine=person_id is not None and rights.may_change(session, row, person_id),
        organiser=person_id is not None and access.may_post(session, person_id),
        webinar=None if row.webinar_id is None else webinars.get(session, row.webinar_id).title,
    )
