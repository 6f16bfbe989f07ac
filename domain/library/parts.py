"""What something that is shared is made of: what can be asked for, what it becomes, what must be there."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain import countries
from domain.asking import Asking
from domain.library import files, values
from domain.library.files import Received
from domain.reading import dates, day_names, draft_values
from domain.reading.draft_values import FieldError, FieldFault
from domain.reading.when_faults import WhenError
from storage import Contact, EntryKind, EntryState, LibraryEntry, LibraryVersion, Session

LINE_LENGTH = 120
AGREED_LENGTH = 200
_EMAIL_LENGTH = 254
_EMAIL = re.compile(r"[^\s@<>(),;:\"\\]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,24}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{4,24}")


class Part(StrEnum):
    """SOURCE is a link or a file. Of a contact the title is the name, and AGREED is how and when they said yes."""

    TITLE = "title"
    TEXT = "text"
    SOURCE = "source"
    WORDS = "words"
    ORGANISATION = "organisation"
    ROLE = "role"
    COUNTRY = "country"
    EMAIL = "email"
    PHONE = "phone"
    AGREED = "agreed"


OF_CONTACT = (
    *(Part.TITLE, Part.ORGANISATION, Part.ROLE, Part.COUNTRY, Part.EMAIL, Part.PHONE, Part.AGREED),
    Part.WORDS,
)
OF_OTHERS = (Part.TITLE, Part.TEXT, Part.SOURCE, Part.WORDS)
QUESTIONS = {
    Asking.ENTRY_TITLE: Part.TITLE,
    Asking.ENTRY_TEXT: Part.TEXT,
    Asking.ENTRY_SOURCE: Part.SOURCE,
    Asking.ENTRY_WORDS: Part.WORDS,
    Asking.CONTACT_FIRM: Part.ORGANISATION,
    Asking.CONTACT_ROLE: Part.ROLE,
    Asking.CONTACT_COUNTRY: Part.COUNTRY,
    Asking.CONTACT_EMAIL: Part.EMAIL,
    Asking.CONTACT_PHONE: Part.PHONE,
    Asking.CONTACT_AGREED: Part.AGREED,
}
ASKS = {part: question for question, part in QUESTIONS.items()}
CLEARABLE = frozenset(Part) - {Part.TITLE, Part.AGREED}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that hold what is being written."""

    entry: LibraryEntry
    version: LibraryVersion
    contact: Contact | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        return OF_CONTACT if self.entry.kind is EntryKind.CONTACT else OF_OTHERS

    @property
    def missing(self) -> tuple[Part, ...]:
        """What must be there before it is shared. A contact can be reached, and has agreed."""
        needed = {Part.TITLE: bool(self.version.title)}
        if self.contact is not None:
            needed[Part.EMAIL] = bool(self.contact.email or self.contact.phone)
            needed[Part.AGREED] = bool(self.contact.agreed_how)
        else:
            said = self.version.text or self.version.url or self.version.file_name or self.version.content
            needed[Part.TEXT] = bool(said)
        return tuple(part for part, there in needed.items() if not there)


def fill(session: Session, sheet: Sheet, part: Part, given: str | Received, *, now: datetime) -> None:
    """Let the part be what was given. Raises FieldError."""
    if part is Part.SOURCE:
        _set_source(session, sheet.version, given, now)
        return
    if isinstance(given, Received):
        raise FieldError(FieldFault.EMPTY)
    if part is Part.AGREED:
        assert sheet.contact
        sheet.contact.agreed_on = agreed_on(given, now.date())
        sheet.contact.agreed_how = draft_values.within(line(given), AGREED_LENGTH)
        return
    name, read = _READERS[part]
    setattr(_row(sheet, part), name, read(given))


def may_be_cleared(sheet: Sheet, part: Part) -> bool:
    """Whether it may be empty: of a contact that others see one way to reach them stays."""
    if part not in CLEARABLE or part not in sheet.parts:
        return False
    reached = {Part.EMAIL: "phone", Part.PHONE: "email"}.get(part)
    shared = sheet.contact is not None and sheet.entry.state is EntryState.SHARED
    return not shared or reached is None or bool(getattr(sheet.contact, reached))


def clear(session: Session, sheet: Sheet, part: Part) -> None:
    """Take away what is there."""
    if part is Part.SOURCE:
        _set_source(session, sheet.version, None, sheet.version.made_at)
    else:
        setattr(_row(sheet, part), _READERS[part][0], "")


def agreed_on(text: str, today: date) -> date:
    """The day that is in the text, not after today. Without a year it is the last that was. Raises FieldError."""
    folded = day_names.fold(draft_values.clean(text))
    try:
        possible = [day for found in dates.days(folded) for day in _meant(found, text, today) if day <= today]
    except WhenError as error:
        raise FieldError(FieldFault.NO_DAY) from error
    if not possible:
        raise FieldError(FieldFault.NO_DAY)
    return max(possible)


def _meant(found: dates.Day, text: str, today: date) -> list[date]:
    if found.month is not None and found.year is None:
        return dates.meant(found, text, today.replace(year=today.year - 1, day=1))[:2]
    return dates.meant(found, text, today) if found.month is not None or found.ahead == 0 else []


def line(text: str) -> str:
    return " ".join(draft_values.clean(text).split())


def email(text: str) -> str:
    found = line(text)
    if len(found) > _EMAIL_LENGTH or not _EMAIL.fullmatch(found):
        raise FieldError(FieldFault.NO_EMAIL)
    return found


def phone(text: str) -> str:
    found = line(text)
    if not _PHONE.fullmatch(found):
        raise FieldError(FieldFault.NO_PHONE)
    return found


def _short(text: str) -> str:
    return draft_values.within(line(text), LINE_LENGTH)


_READERS: Mapping[Part, tuple[str, Callable[[str], str]]] = {
    Part.TITLE: ("title", draft_values.title),
    Part.TEXT: ("text", values.text),
    Part.WORDS: ("keywords", values.keywords),
    Part.ORGANISATION: ("organisation", _short),
    Part.ROLE: ("role", _short),
    Part.COUNTRY: ("country", countries.country),
    Part.EMAIL: ("email", email),
    Part.PHONE: ("phone", phone),
}
_OF_VERSION = frozenset({Part.TITLE, Part.TEXT, Part.WORDS})


def _row(sheet: Sheet, part: Part) -> LibraryVersion | Contact:
    if part in _OF_VERSION:
        return sheet.version
    assert sheet.contact
    return sheet.contact


def _set_source(session: Session, version: LibraryVersion, given: str | Received | None, now: datetime) -> None:
    """A link takes the place of a file, and a file of a link."""
    before = version.file_digest
    url = draft_values.join_url(given) if isinstance(given, str) else None
    if isinstance(given, Received):
        files.keep(session, given, now=now)
    received = given if isinstance(given, Received) else None
    version.url = url
    version.file_digest, version.file_name = (received.digest, received.name) if received else (None, "")
    session.add(version)
    session.flush()
    files.release(session, [before])
