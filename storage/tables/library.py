"""What the partnerships share: entries of the library with their versions and files, and contacts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Table
from storage.tables.choices import EntryKind, EntryReaders, EntryState, choice


class LibraryEntry(Table, table=True):
    """One thing that was shared; what it says is in its newest version, `version`.

    `stems` is what search looks in: the stems of all its words, folded, a space between them. `uses` counts how often
    it was opened, shared on or taken over. `webinar_id` is the webinar it came out of.
    """

    __tablename__ = "library_entry"
    __table_args__ = (CheckConstraint("kind <> 'contact' OR readers = 'organisers'", name="contacts_are_not_public"),)

    id: int = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=16)
    kind: EntryKind = Field(sa_type=choice(EntryKind, "entry_kind"))
    state: EntryState = Field(default=EntryState.DRAFT, sa_type=choice(EntryState, "entry_state"))
    readers: EntryReaders = Field(default=EntryReaders.ORGANISERS, sa_type=choice(EntryReaders, "entry_readers"))
    partnership_id: str = Field(foreign_key="partnership.id", index=True)
    language: str = Field(max_length=16)
    version: int = 1
    stems: str = ""
    uses: int = 0
    webinar_id: int | None = Field(default=None, foreign_key="webinar.id", index=True)
    created_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    created_at: datetime
    changed_at: datetime


class LibraryVersion(Table, table=True):
    """What an entry says, or said before. `keywords` are words by which people look for it.

    `content` is what the kind needs besides: lines of an agenda, questions of a feedback template.
    """

    __tablename__ = "library_version"

    entry_id: int = Field(foreign_key="library_entry.id", primary_key=True)
    number: int = Field(primary_key=True)
    title: str
    text: str = ""
    keywords: str = ""
    url: str | None = None
    file_digest: str | None = Field(default=None, foreign_key="stored_file.digest", index=True)
    file_name: str = ""
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    made_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    made_at: datetime


class LibraryTopic(Table, table=True):
    __tablename__ = "library_topic"

    entry_id: int = Field(foreign_key="library_entry.id", primary_key=True)
    topic_id: str = Field(foreign_key="topic.id", primary_key=True, index=True)


class Contact(Table, table=True):
    """A person outside who may be asked: the entry's title is their name. Only the present state is kept.

    `agreed_how` says how they agreed to be here and `agreed_on` when; `confirmed_at` is when the sharer last said that
    it is still right, and `check_asked_at` when they were asked.
    """

    entry_id: int = Field(foreign_key="library_entry.id", primary_key=True)
    organisation: str = ""
    role: str = ""
    country: str = Field(default="", max_length=2)
    email: str = ""
    phone: str = ""
    agreed_how: str = ""
    agreed_on: date | None = None
    confirmed_at: datetime = Field(index=True)
    check_asked_at: datetime | None = None


class StoredFile(Table, table=True):
    """The bytes of a file, once, whoever sent it. `digest` is its SHA-256 in hex; `media_type` was found in them."""

    __tablename__ = "stored_file"

    digest: str = Field(primary_key=True, max_length=64)
    size: int
    media_type: str = Field(max_length=128)
    content: bytes = Field(sa_type=LargeBinary)
    stored_at: datetime


class TelegramFile(Table, table=True):
    """What one bot calls a file: another bot has to bring the bytes again."""

    __tablename__ = "telegram_file"
    __table_args__ = (UniqueConstraint("digest", "bot_id"),)

    id: int = Field(default=None, primary_key=True)
    digest: str = Field(foreign_key="stored_file.digest")
    bot_id: str = Field(max_length=32)
    file_id: str
