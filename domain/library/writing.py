"""Something being shared: a row that survives everything, filled part by part, then shown to others.

What is there already is written anew in the same way: its next version stands beside the present one, which readers
see until the new one is shared.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain import access, asking
from domain.asking import Asking
from domain.choices import Choice
from domain.codes import new_code
from domain.draft_fields import LANGUAGES
from domain.errors import ConvokeError, NotAllowedError
from domain.library import contacts, deeds, entries, files, parts, rights, stems, values
from domain.library.entries import Entry
from domain.library.files import Received
from domain.library.parts import QUESTIONS, Part, Sheet
from domain.reading.vcards import BusinessCard
from storage import EntryKind, EntryState, LibraryEntry, LibraryVersion, Session, consortium, library, people


class NothingOpenError(ConvokeError):
    """Nobody is writing a version of this entry: it was shared or dropped, here or in another window."""


class IncompleteError(ConvokeError):
    """Something that must be there is missing."""

    def __init__(self, missing: tuple[Part, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody sent to be shared, or what something else found worth sharing.

    `content` is what the kind needs besides; `webinar_id` the webinar it came out of. Without a partnership it is the
    first of those in whose name the person may act.
    """

    title: str = ""
    text: str = ""
    url: str | None = None
    file: Received | None = None
    card: BusinessCard | None = None
    topic_ids: tuple[str, ...] = ()
    partnership_id: str | None = None
    content: dict[str, Any] = field(default_factory=dict)
    webinar_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What is being written. `asking` is what the person's next message fills, `parts` what can be asked for.

    With `live` readers see each change at once: of a contact only the present state is kept.
    """

    entry: Entry
    parts: tuple[Part, ...]
    missing: tuple[Part, ...]
    partnerships: tuple[Choice, ...]
    asking: Part | None = None

    @property
    def live(self) -> bool:
        return self.entry.kind is EntryKind.CONTACT and self.entry.state is EntryState.SHARED


def start(
    session: Session, person_id: int, kind: EntryKind, given: Given | None = None, *, language: str, now: datetime
) -> Writing:
    """A draft of what was given, in this language unless nobody could choose it. What is missing first is asked for.

    Raises FieldError if the text is too long.
    """
    given = given or Given()
    own = _own(session, person_id)
    if given.partnership_id is not None and given.partnership_id not in own:
        raise NotAllowedError
    row = LibraryEntry(
        code=new_code(),
        kind=kind,
        partnership_id=given.partnership_id or own[0],
        language=language if language in LANGUAGES else LANGUAGES[0],
        webinar_id=given.webinar_id,
        created_by=person_id,
        created_at=now,
        changed_at=now,
    )
    library.add(session, row, _first(session, given, person_id, now))
    library.set_topics(session, row.id, given.topic_ids)
    if kind is EntryKind.CONTACT:
        contacts.begin(session, row, given.card or BusinessCard(), now=now)
    return _asked_next(session, _sheet(session, row), person_id, now)


def revise(session: Session, code: str, person_id: int, *, now: datetime) -> Writing:
    """Begin the next version of what is shared, or go on with it; a contact has none, and is changed itself."""
    row = rights.changeable(session, code, person_id)
    if row.state is not EntryState.SHARED:
        raise NothingOpenError
    if row.kind is not EntryKind.CONTACT and library.version(session, row.id, row.version + 1) is None:
        same = library.present(session, row).model_dump(exclude={"number", "made_by", "made_at"})
        library.save(session, LibraryVersion(**same, number=row.version + 1, made_by=person_id, made_at=now))
    return _view(session, _open(session, code, person_id), person_id)


def show(session: Session, code: str, person_id: int) -> Writing:
    return _view(session, _open(session, code, person_id), person_id)


def ask(session: Session, code: str, person_id: int, part: Part, *, now: datetime) -> Writing:
    """Let the person's next message fill this part. One that such a thing has not is not asked for."""
    sheet = _open(session, code, person_id)
    return _ask(session, sheet, person_id, part, now) if part in sheet.parts else _view(session, sheet, person_id)


def asked(session: Session, person_id: int) -> Writing:
    """What the person's open question is about, as it is."""
    person = people.get(session, person_id)
    sheet = _open(session, person.asking_about, person_id)
    return _view(session, sheet, person_id, QUESTIONS[Asking(person.asking or "")])


def fill(session: Session, person_id: int, given: str | Received, *, now: datetime) -> Writing:
    """Put what the person sent into the part that was asked for.

    Raises FieldError or CountryError, and then the question is open.
    """
    person = people.lock(session, person_id)
    part = QUESTIONS[Asking(person.asking or "")]
    sheet = _open(session, person.asking_about, person_id)
    parts.fill(session, sheet, part, given, now=now)
    asking.close(person)
    people.save(session, person)
    return _changed(session, sheet, person_id, part, now)


def clear(session: Session, code: str, person_id: int, part: Part, *, now: datetime) -> Writing:
    """Take away what is in a part that may be empty. What others see already stays complete."""
    sheet = _open(session, code, person_id)
    if not parts.may_be_cleared(sheet, part):
        return _view(session, sheet, person_id)
    parts.clear(session, sheet, part)
    return _changed(session, sheet, person_id, part, now)


def share(session: Session, code: str, person_id: int, *, now: datetime) -> Entry:
    """Let others see what was written. Raises IncompleteError."""
    sheet = _open(session, code, person_id)
    if sheet.missing:
        raise IncompleteError(sheet.missing)
    row, version = sheet.entry, sheet.version
    if row.state is EntryState.SHARED and row.kind is EntryKind.CONTACT:
        return entries.entry(session, row, person_id)
    deed = deeds.Deed.SHARED if row.state is EntryState.DRAFT else deeds.Deed.REVISED
    row.state, row.version, row.changed_at = EntryState.SHARED, version.number, now
    version.made_by, version.made_at = person_id, now
    index(session, row)
    deeds.record(session, row, person_id, deed, now=now)
    return entries.entry(session, row, person_id)


def drop(session: Session, code: str, person_id: int, *, now: datetime) -> Entry | None:
    """Give up what was written and not shared. Returns what readers see, if there is something."""
    sheet = _open(session, code, person_id)
    row, version = sheet.entry, sheet.version
    if row.state is EntryState.DRAFT:
        if version.title:
            deeds.record(session, row, person_id, deeds.Deed.DISCARDED, now=now)
        library.delete_entry(session, row)
    elif version.number > row.version:
        library.delete_version(session, version)
    files.release(session, [version.file_digest])
    return None if row.state is EntryState.DRAFT else entries.entry(session, row, person_id)


def index(session: Session, row: LibraryEntry) -> None:
    """Write down by what the entry is found from now on."""
    version = library.present(session, row)
    found = [version.title, version.text, version.keywords, version.file_name, *contacts.words(session, row)]
    row.stems = stems.of_texts(found, row.language)
    library.save(session, row)


def _first(session: Session, given: Given, person_id: int, now: datetime) -> LibraryVersion:
    card, file = given.card, given.file
    if file is not None:
        files.keep(session, file, now=now)
    called = card.name if card else files.title_of(file.name) if file else values.title_of(given.text)
    return LibraryVersion(
        entry_id=0,
        number=1,
        title=given.title or values.title(called),
        text=values.text(given.text) if given.text else "",
        url=given.url,
        file_digest=file.digest if file else None,
        file_name=file.name if file else "",
        content=given.content,
        made_by=person_id,
        made_at=now,
    )


def _own(session: Session, person_id: int) -> list[str]:
    """The partnerships in whose name the person may share, in the consortium's order."""
    own = access.partnerships(session, person_id)
    found = [partnership.id for partnership in consortium.active_partnerships(session) if partnership.id in own]
    if not found:
        raise NotAllowedError
    return found


def _open(session: Session, code: str, person_id: int) -> Sheet:
    """What is being written of the entry, which is locked."""
    return _sheet(session, rights.changeable(session, code, person_id))


def _sheet(session: Session, row: LibraryEntry) -> Sheet:
    """Raises NothingOpenError."""
    present = row.state is EntryState.DRAFT or row.kind is EntryKind.CONTACT
    version = library.version(session, row.id, row.version if present else row.version + 1)
    if version is None or row.state is EntryState.RETIRED:
        raise NothingOpenError
    return Sheet(row, version, contacts.of(session, row))


def _asked_next(session: Session, sheet: Sheet, person_id: int, now: datetime) -> Writing:
    """Let the person's next message fill what is missing first."""
    missing = sheet.missing
    return _ask(session, sheet, person_id, missing[0], now) if missing else _view(session, sheet, person_id)


def _ask(session: Session, sheet: Sheet, person_id: int, part: Part, now: datetime) -> Writing:
    person = people.lock(session, person_id)
    asking.ask(person, parts.ASKS[part], about=sheet.entry.code, now=now)
    people.save(session, person)
    return _view(session, sheet, person_id, part)


def _changed(session: Session, sheet: Sheet, person_id: int, part: Part, now: datetime) -> Writing:
    row = sheet.entry
    if row.state is EntryState.DRAFT:
        row.changed_at = now
    library.save(session, row, sheet.version, *([sheet.contact] if sheet.contact else []))
    if row.state is EntryState.SHARED and sheet.contact is not None:
        deeds.record(session, row, person_id, deeds.Deed.EDITED, after={"changed": part.value}, now=now)
        index(session, row)
    return _asked_next(session, sheet, person_id, now)


def _view(session: Session, sheet: Sheet, person_id: int, part: Part | None = None) -> Writing:
    own = access.partnerships(session, person_id)
    return Writing(
        entry=entries.entry(session, sheet.entry, person_id, sheet.version),
        parts=sheet.parts,
        missing=sheet.missing,
        partnerships=tuple(
            Choice(each.id, each.short_name, each.id == sheet.entry.partnership_id)
            for each in consortium.active_partnerships(session)
            if each.id in own
        ),
        asking=part,
    )
