"""People, what they follow, and what they may do."""

from datetime import datetime, time
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.tables.base import Table
from storage.tables.choices import RoleKind, choice

_ADMIN = text("kind = 'admin'")


class Person(Table, table=True):
    """One Telegram account. `telegram_id` is also the id of the private chat with them.

    `timezone` (IANA) and the quiet hours (wall time, may pass midnight) are the consortium's while empty. With
    `own_leads` the rows of PersonLead are their reminders, else the configured ones are. `asking` is what their next
    message answers, about the webinar with the code `asking_about`, if it comes soon after `asked_at`. Someone
    erased has no `telegram_id`, and nothing here tells who they were. With `feed_follows` their own calendar also
    shows what they follow; `feed_changed_at` is when that, or what they follow, last changed. Without `extras` they get
    only what they need to take part.
    """

    id: int = Field(default=None, primary_key=True)
    telegram_id: int | None = Field(default=None, sa_type=BigInteger, unique=True)
    name: str = ""
    language: str = Field(default="en", max_length=16)
    language_chosen: bool = False
    timezone: str | None = None
    quiet_from: time | None = None
    quiet_until: time | None = None
    announcements: bool = True
    extras: bool = True
    own_leads: bool = False
    company: str = ""
    country: str = Field(default="", max_length=2)
    cluster_id: str | None = Field(default=None, foreign_key="cluster.id", index=True)
    company_asked_at: datetime | None = None
    follow_offered_at: datetime | None = None
    asking: str | None = Field(default=None, max_length=16)
    asking_about: str = Field(default="", max_length=16)
    asked_at: datetime | None = None
    browsing: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    reachable: bool = True
    unreachable_since: datetime | None = None
    feed_generation: int = 1
    feed_follows: bool = False
    feed_changed_at: datetime | None = None
    created_at: datetime
    seen_at: datetime = Field(index=True)
    stay_asked_at: datetime | None = None
    erased_at: datetime | None = None


class PersonLead(Table, table=True):
    """A reminder of somebody who chose their own: this many seconds before the start."""

    __tablename__ = "person_lead"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    seconds: int = Field(primary_key=True, index=True)


class Follow(Table, table=True):
    """A person's wish to hear of new webinars of one partnership or one topic."""

    __table_args__ = (
        CheckConstraint("(partnership_id IS NULL) <> (topic_id IS NULL)", name="one_subject"),
        UniqueConstraint("person_id", "partnership_id"),
        UniqueConstraint("person_id", "topic_id"),
    )

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    partnership_id: str | None = Field(default=None, foreign_key="partnership.id", index=True)
    topic_id: str | None = Field(default=None, foreign_key="topic.id", index=True)
    created_at: datetime


class Role(Table, table=True):
    """A right. `granted_by` is empty for the administrators named in the configuration."""

    __table_args__ = (
        CheckConstraint("(kind = 'admin') = (partnership_id IS NULL)", name="scope"),
        UniqueConstraint("person_id", "partnership_id"),
        Index("uq_role_admin", "person_id", unique=True, sqlite_where=_ADMIN, postgresql_where=_ADMIN),
    )

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: RoleKind = Field(sa_type=choice(RoleKind, "role_kind"))
    partnership_id: str | None = Field(default=None, foreign_key="partnership.id", index=True)
    granted_by: int | None = Field(default=None, foreign_key="person.id")
    granted_at: datetime


class Invitation(Table, table=True):
    """A one-use link to a role; only a digest of its secret is kept."""

    id: int = Field(default=None, primary_key=True)
    digest: str = Field(unique=True, max_length=64)
    kind: RoleKind = Field(sa_type=choice(RoleKind, "role_kind"))
    partnership_id: str | None = Field(default=None, foreign_key="partnership.id")
    created_by: int = Field(foreign_key="person.id")
    created_at: datetime
    expires_at: datetime
    used_by: int | None = Field(default=None, foreign_key="person.id")
    used_at: datetime | None = None
    revoked_at: datetime | None = None
