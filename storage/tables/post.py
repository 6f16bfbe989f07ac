"""What is to be sent, what is being written, and the installation's own notes."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, text
from sqlmodel import Field

from storage.tables.base import Table
from storage.tables.choices import DeliveryKind, DeliveryState, choice

_PENDING = text("state = 'pending'")
_SENT = text("state = 'sent'")
_TROUBLED = text("state IN ('failed', 'unknown') AND dismissed_at IS NULL")
_LEASED = text("state IN ('claimed', 'sending')")


class Delivery(Table, table=True):
    """One message to one person. `dedup_key` makes planning it twice impossible.

    `about` holds what the kind needs to find the present truth when it is sent: never a finished text. Rows that
    left in one message with another name it in `merged_into`. An administrator who has seen a doubtful or failed one
    and wants no more of it sets `dismissed_at`.
    """

    __table_args__ = (
        Index("ix_delivery_due", "priority", "due_at", "id", sqlite_where=_PENDING, postgresql_where=_PENDING),
        Index("ix_delivery_sent", "settled_at", sqlite_where=_SENT, postgresql_where=_SENT),
        Index("ix_delivery_troubled", "settled_at", sqlite_where=_TROUBLED, postgresql_where=_TROUBLED),
        Index("ix_delivery_lease", "lease_until", sqlite_where=_LEASED, postgresql_where=_LEASED),
    )

    id: int = Field(default=None, primary_key=True)
    kind: DeliveryKind = Field(sa_type=choice(DeliveryKind, "delivery_kind"))
    person_id: int = Field(foreign_key="person.id", index=True)
    webinar_id: int | None = Field(default=None, foreign_key="webinar.id", index=True)
    about: dict[str, Any] = Field(sa_type=JSON)
    due_at: datetime
    expires_at: datetime
    priority: int
    state: DeliveryState = Field(default=DeliveryState.PENDING, sa_type=choice(DeliveryState, "delivery_state"))
    attempts: int = 0
    claimed_by: str | None = None
    lease_until: datetime | None = None
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    error: str | None = None
    merged_into: int | None = Field(default=None, foreign_key="delivery.id", index=True)
    dismissed_at: datetime | None = None
    dedup_key: str = Field(unique=True)
    created_at: datetime
    settled_at: datetime | None = None


class Pace(Table, table=True):
    """The bulk lane of all processes: no message leaves it before `next_at`, nor while Telegram asks us to wait."""

    lane: str = Field(primary_key=True, max_length=16)
    next_at: datetime
    halted_until: datetime | None = None
    written_at: datetime | None = None


class SharedCard(Table, table=True):
    """A card that somebody put into a chat with inline mode. `shown` is a digest of what it says."""

    __tablename__ = "shared_card"

    inline_message_id: str = Field(primary_key=True, max_length=128)
    webinar_id: int = Field(foreign_key="webinar.id", index=True)
    language: str = Field(max_length=16)
    shown: str = Field(max_length=64)
    created_at: datetime
    checked_at: datetime = Field(index=True)


class Draft(Table, table=True):
    """A webinar being written; `asking` is the field that the next message of `person_id` fills.

    One that nobody has open has no `person_id`; it belongs to whoever made it and to the organisers of its hosts.
    """

    id: int = Field(default=None, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", unique=True)
    created_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    fields: dict[str, Any] = Field(sa_type=JSON)
    asking: str | None = Field(default=None, max_length=16)
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    created_at: datetime
    changed_at: datetime


class Imported(Table, table=True):
    """An event of a file that was taken. `fields` is what the file last said of it, so that the same says nothing.

    It became a webinar, or is a draft still; with neither, the draft was discarded.
    """

    uid: str = Field(primary_key=True, max_length=255)
    partnership_id: str = Field(foreign_key="partnership.id", index=True)
    fields: dict[str, Any] = Field(sa_type=JSON)
    webinar_id: int | None = Field(default=None, foreign_key="webinar.id", index=True)
    draft_id: int | None = Field(default=None, foreign_key="draft.id", index=True)
    imported_by: int | None = Field(default=None, foreign_key="person.id")
    imported_at: datetime


class Audit(Table, table=True):
    """What an organiser did. It outlives them: whoever is erased has no name any more.

    `subject` names what it was done to, as it was called then; `before` and `after` are what changed, as JSON values.
    """

    id: int = Field(default=None, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    action: str = Field(max_length=32)
    webinar_id: int | None = Field(default=None, foreign_key="webinar.id", index=True)
    partnership_id: str | None = Field(default=None, foreign_key="partnership.id")
    about_person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    subject: str = ""
    before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    after: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    at: datetime = Field(index=True)


class Lease(Table, table=True):
    """What only one process may do at a time, such as asking Telegram for updates."""

    name: str = Field(primary_key=True, max_length=64)
    holder: str
    until: datetime


class FeedFetch(Table, table=True):
    """When a kind of calendar app last fetched somebody's own feed, and what it saw then.

    `seen_until` is the latest change in what was sent; `interval_s` how long it had waited since the time before.
    """

    __tablename__ = "feed_fetch"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    family: str = Field(primary_key=True, max_length=32)
    fetched_at: datetime
    interval_s: int | None = None
    seen_until: datetime | None = None


class SeenUpdate(Table, table=True):
    """Updates already taken, per bot: Telegram repeats what it is not sure we got."""

    __tablename__ = "seen_update"

    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    update_id: int = Field(primary_key=True, sa_type=BigInteger)
    seen_at: datetime = Field(index=True)


class Setting(Table, table=True):
    key: str = Field(primary_key=True, max_length=64)
    value: str
