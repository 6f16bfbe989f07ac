"""Something being shared: a row that survives everything, filled part by part, then shown to others.

What is there already is written anew in the same way: its next version stands beside the present one, which readers
see until the new one is shared.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain import access, asking
from domain.asking import Asking
from domain.choices import Choice
from domain.draft_fields import LANGUAGES
from domain.errors import ConvokeError, NotAllowedError
from domain.library import deeds, entries, rights, stems, values
from domain.library.entries import Entry
from domain.publishing import new_code
from domain.reading import draft_values
from storage import (
    EntryKind,
    EntryState,
    LibraryEntry,
    LibraryVersion,
    Session,
    consortium,
    library,
    people,
)


class Part(StrEnum):
    """What can be asked for. SOURCE is a link."""

    TITLE = "title"
    TEXT = "text"
    SOURCE = "source"
    WORDS = "words"


QUESTIONS = {
    Asking.ENTRY_TITLE: Part.TITLE,
    Asking.ENTRY_TEXT: Part.TEXT,
    Asking.ENTRY_SOURCE: Part.SOURCE,
    Asking.ENTRY_WORDS: Part.WORDS,
}
CLEARABLE = frozenset({Part.TEXT, Part.SOURCE, Part.WORDS})

_ASKS = {part: question for question, part in QUESTIONS.items()}
_READERS: dict[Part, tuple[str, Callable[[str], str]]] = {
    Part.TITLE: ("title", draft_values.title),
    Part.TEXT: ("text", values.text),
    Part.SOURCE: ("url", draft_values.join_url),
    Part.WORDS: ("keywords", values.keywords),
}


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
    topic_ids: tuple[str, ...] = ()
    partnership_id: str | None = None
    content: dict[str, object] | None = None
    webinar_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What is being written. `asking` is what the person's next message fills."""

    entry: Entry
    partnerships: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    missing: tuple[Part, ...]
    asking: Part | None = None


def start(
    session: Session, person_id: int, kind: EntryKind, given: Given | None = None, *, language: str, now: datetime
) -> Writing:
    """A draft of what was given, in this language unless nobody could choose it. Its title is asked for if it has none.

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
    version = LibraryVersion(
        entry_id=0,
        number=1,
        title=given.title or values.title_of(given.text),
        text=values.text(given.text) if given.text else "",
        url=given.url,
        content=given.content or {},
        made_by=person_id,
        made_at=now,
    )
    library.add(session, row, version)
    library.set_topics(session, row.id, given.topic_ids)
    return _asked_next(session, row, version, person_id, now)


def revise(session: Session, code: str, person_id: int, *, now: datetime) -> Writing:
    """Begin the next version of what is shared, or go on with it."""
    row = rights.changeable(session, code, person_id)
    if row.state is not EntryState.SHARED:
        raise NothingOpenError
    version = library.version(session, row.id, row.version + 1)
    if version is None:
        present = library.present(session, row)
        same = present.model_dump(exclude={"number", "made_by", "made_at"})
        version = LibraryVersion(**same, number=row.version + 1, made_by=person_id, made_at=now)
        library.save(session, version)
    return _view(session, row, version, person_id)


def show(session: Session, code: str, person_id: int) -> Writing:
    row, version = _open(session, code, person_id)
    return _view(session, row, version, person_id)


def ask(session: Session, code: str, person_id: int, part: Part, *, now: datetime) -> Writing:
    """Let the person's next message fill this part."""
    row, version = _open(session, code, person_id)
    person = people.lock(session, person_id)
    asking.ask(person, _ASKS[part], about=code, now=now)
    people.save(session, person)
    return _view(session, row, version, person_id, part)


def asked(session: Session, person_id: int) -> Writing:
    """What the person's open question is about, as it is."""
    person = people.get(session, person_id)
    row, version = _open(session, person.asking_about, person_id)
    return _view(session, row, version, person_id, QUESTIONS[Asking(person.asking or "")])


def fill(session: Session, person_id: int, text: str, *, now: datetime) -> Writing:
    """Put the person's message into the part that was asked for. Raises FieldError, and then the question is open."""
    person = people.lock(session, person_id)
    part = QUESTIONS[Asking(person.asking or "")]
    row, version = _open(session, person.asking_about, person_id)
    name, read = _READERS[part]
    setattr(version, name, read(text))
    asking.close(person)
    people.save(session, person)
    return _asked_next(session, row, version, person_id, now)


def clear(session: Session, code: str, person_id: int, part: Part, *, now: datetime) -> Writing:
    """Take away what was typed into a part that may be empty; of others nothing is lost."""
    row, version = _open(session, code, person_id)
    if part in CLEARABLE:
        name, _ = _READERS[part]
        setattr(version, name, None if part is Part.SOURCE else "")
        _touch(session, row, version, now)
    return _view(session, row, version, person_id)


def share(session: Session, code: str, person_id: int, *, now: datetime) -> Entry:
    """Let others see what was written. Raises IncompleteError."""
    row, version = _open(session, code, person_id)
    missing = _missing(version)
    if missing:
        raise IncompleteError(missing)
    deed = deeds.Deed.SHARED if row.state is EntryState.DRAFT else deeds.Deed.REVISED
    row.state, row.version, row.changed_at = EntryState.SHARED, version.number, now
    version.made_by, version.made_at = person_id, now
    index(session, row, version)
    deeds.record(session, row, person_id, deed, now=now)
    return entries.entry(session, row, person_id)


def drop(session: Session, code: str, person_id: int, *, now: datetime) -> Entry | None:
    """Give up what was written and not shared. Returns what readers see, if there is something."""
    row, version = _open(session, code, person_id)
    if row.state is EntryState.SHARED:
        library.delete_version(session, version)
        return entries.entry(session, row, person_id)
    if version.title:
        deeds.record(session, row, person_id, deeds.Deed.DISCARDED, now=now)
    library.delete_entry(session, row)
    return None


def index(session: Session, row: LibraryEntry, version: LibraryVersion) -> None:
    """Write down by what the entry is found from now on."""
    row.stems = stems.of_texts((version.title, version.text, version.keywords), row.language)
    library.save(session, row, version)


def _own(session: Session, person_id: int) -> list[str]:
    """The partnerships in whose name the person may share, in the consortium's order."""
    own = access.partnerships(session, person_id)
    found = [partnership.id for partnership in consortium.active_partnerships(session) if partnership.id in own]
    if not found:
        raise NotAllowedError
    return found


def _open(session: Session, code: str, person_id: int) -> tuple[LibraryEntry, LibraryVersion]:
    """The entry, locked, and the version of it that is being written."""
    row = rights.changeable(session, code, person_id)
    number = row.version if row.state is EntryState.DRAFT else row.version + 1
    version = library.version(session, row.id, number) if row.state is not EntryState.RETIRED else None
    if version is None:
        raise NothingOpenError
    return row, version


def _missing(version: LibraryVersion) -> tuple[Part, ...]:
    said = version.text or version.url or version.content
    return tuple(part for part, there in ((Part.TITLE, version.title), (Part.TEXT, said)) if not there)


def _asked_next(session: Session, row: LibraryEntry, version: LibraryVersion, person_id: int, now: datetime) -> Writing:
    """Save, and let the person's next message fill what is missing first."""
    _touch(session, row, version, now)
    part = next(iter(_missing(version)), None)
    if part is not None:
        return ask(session, row.code, person_id, part, now=now)
    return _view(session, row, version, person_id)


def _touch(session: Session, row: LibraryEntry, version: LibraryVersion, now: datetime) -> None:
    if row.state is EntryState.DRAFT:
        row.changed_at = now
    library.save(session, row, version)


def _view(
    session: Session, row: LibraryEntry, version: LibraryVersion, person_id: int, part: Part | None = None
) -> Writing:
    found = entries.entry(session, row, person_id, version)
    own = access.partnerships(session, person_id)
    return Writing(
        entry=found,
        partnerships=tuple(
            Choice(each.id, each.short_name, each.id == row.partnership_id)
            for each in consortium.active_partnerships(session)
            if each.id in own
        ),
        topics=tuple(
            Choice(topic.id, topic.name, topic.id in found.topic_ids) for topic in consortium.active_topics(session)
        ),
        missing=_missing(version),
        asking=part,
    )
