"""Webinars, who comes to them, and how they changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, DateTime, Index, UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Table
from storage.tables.choices import (
    Circle,
    HostState,
    MaterialKind,
    NoticeKind,
    Readers,
    RegistrationStatus,
    WebinarStatus,
    choice,
)

_SHOWN = ("circle", "starts_at", "id", "ends_at", "status", "sequence", "last_modified")
"""In an index all that is asked for after every write, in a calendar's order: the table is wide."""


class Webinar(Table, table=True):
    """`local_start` and `timezone` are the truth; `starts_at` and `ends_at` are derived from them.

    `sequence` and `last_modified` are RFC 5545's: both move with every visible change and never go back. `moved_at`
    is when organisers last gave it another time. `circle` says who may know of it at all.
    """

    __table_args__ = (
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity"),
        CheckConstraint("duration_minutes > 0", name="duration"),
        Index("ix_webinar_status_starts_at", "status", "starts_at"),
        Index("ix_webinar_shown", *_SHOWN),
    )

    id: int = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=16)
    uid: str = Field(unique=True)
    title: str
    description: str = ""
    status: WebinarStatus = Field(default=WebinarStatus.PUBLISHED, sa_type=choice(WebinarStatus, "webinar_status"))
    local_start: datetime = Field(sa_type=DateTime(timezone=False))
    timezone: str
    starts_at: datetime = Field(index=True)
    ends_at: datetime = Field(index=True)
    duration_minutes: int
    language: str = Field(max_length=16)
    capacity: int | None = None
    join_url: str
    cancel_reason: str = ""
    circle: Circle = Field(default=Circle.EVERYBODY, sa_type=choice(Circle, "circle"))
    sequence: int = 0
    last_modified: datetime
    moved_at: datetime | None = None
    created_by: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime


class WebinarHost(Table, table=True):
    """A partnership that hosts a webinar once it has accepted. `answer` is what it wants changed first."""

    __tablename__ = "webinar_host"

    webinar_id: int = Field(foreign_key="webinar.id", primary_key=True)
    partnership_id: str = Field(foreign_key="partnership.id", primary_key=True, index=True)
    state: HostState = Field(default=HostState.ACCEPTED, sa_type=choice(HostState, "host_state"))
    position: int = 0
    asked_by: int | None = Field(default=None, foreign_key="person.id")
    asked_at: datetime | None = None
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = None
    answer: str = ""


class WebinarTopic(Table, table=True):
    __tablename__ = "webinar_topic"

    webinar_id: int = Field(foreign_key="webinar.id", primary_key=True)
    topic_id: str = Field(foreign_key="topic.id", primary_key=True, index=True)


class AgendaItem(Table, table=True):
    __tablename__ = "agenda_item"

    webinar_id: int = Field(foreign_key="webinar.id", primary_key=True)
    position: int = Field(primary_key=True)
    minutes: int | None = None
    title: str
    speaker: str = ""


class Registration(Table, table=True):
    """One person, one webinar, one row for ever: leaving and coming back changes it.

    `queue_number` orders the waitlist and is new each time a person queues. `promotions` counts seats won
    from the waitlist. `sequence` counts the changes that this person's own calendar shows. `seen_sequence` is the
    webinar's when they came: of later changes they are told. `link_given_at` is when they last took the join
    link away in a calendar file, which follows no change.
    """

    __table_args__ = (
        UniqueConstraint("webinar_id", "person_id"),
        Index("ix_registration_queue", "webinar_id", "status", "queue_number"),
    )

    id: int = Field(default=None, primary_key=True)
    webinar_id: int = Field(foreign_key="webinar.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    status: RegistrationStatus = Field(sa_type=choice(RegistrationStatus, "registration_status"))
    queue_number: int
    promotions: int = 0
    sequence: int = 0
    seen_sequence: int = 0
    link_given_at: datetime | None = None
    created_at: datetime
    changed_at: datetime


class Revision(Table, table=True):
    """What one change altered: `changes` maps a field to `[before, after]` as JSON values.

    Of one that is `silent` nobody is told but of what nobody can do without.
    """

    __table_args__ = (UniqueConstraint("webinar_id", "sequence"),)

    id: int = Field(default=None, primary_key=True)
    webinar_id: int = Field(foreign_key="webinar.id")
    sequence: int
    changes: dict[str, Any] = Field(sa_type=JSON)
    changed_by: int | None = Field(default=None, foreign_key="person.id")
    changed_at: datetime
    silent: bool = False


class Proposal(Table, table=True):
    """A change that somebody has in mind: `values` maps a field to what it would be, as JSON.

    `sequence` is the webinar's when they were shown what it means.
    """

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    webinar_id: int = Field(foreign_key="webinar.id", index=True)
    values: dict[str, Any] = Field(sa_type=JSON)
    sequence: int
    proposed_at: datetime


class Notice(Table, table=True):
    """Something many must be told. A tick expands it into deliveries once `notify_at` has come.

    With `parts_left` not all of them are written yet.
    """

    __table_args__ = (Index("ix_notice_due", "expanded_at", "notify_at"),)

    id: int = Field(default=None, primary_key=True)
    webinar_id: int = Field(foreign_key="webinar.id", index=True)
    kind: NoticeKind = Field(sa_type=choice(NoticeKind, "notice_kind"))
    first_sequence: int
    last_sequence: int
    notify_at: datetime
    expanded_at: datetime | None = None
    parts_left: bool = False
    created_at: datetime


class Letter(Table, table=True):
    """What organisers wrote to those who come, or wait."""

    id: int = Field(default=None, primary_key=True)
    webinar_id: int = Field(foreign_key="webinar.id", index=True)
    readers: Readers = Field(sa_type=choice(Readers, "readers"))
    text: str
    written_by: int | None = Field(default=None, foreign_key="person.id")
    written_at: datetime


class Material(Table, table=True):
    """Slides or a recording: a link, or a file that Telegram keeps."""

    __table_args__ = (
        CheckConstraint("(url IS NULL) <> (file_id IS NULL)", name="one_place"),
        UniqueConstraint("webinar_id", "kind"),
    )

    id: int = Field(default=None, primary_key=True)
    webinar_id: int = Field(foreign_key="webinar.id")
    kind: MaterialKind = Field(sa_type=choice(MaterialKind, "material_kind"))
    url: str | None = None
    file_id: str | None = None
    file_name: str = ""
    added_by: int | None = Field(default=None, foreign_key="person.id")
    added_at: datetime
