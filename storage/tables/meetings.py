"""When organisers can meet: polls with a few times, and who can come to which."""

from datetime import datetime

from sqlalchemy import DateTime
from sqlmodel import Field

from storage.tables.base import Table
from storage.tables.choices import Vote, choice


class Poll(Table, table=True):
    """Times to choose from. When one was taken, `webinar_id` is the meeting it became; `closed_at`: no more votes."""

    id: int = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=16)
    title: str
    text: str = ""
    timezone: str
    duration_minutes: int
    join_url: str = ""
    webinar_id: int | None = Field(default=None, foreign_key="webinar.id", index=True)
    created_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    created_at: datetime
    opened_at: datetime | None = None
    closed_at: datetime | None = None


class PollPartnership(Table, table=True):
    """A partnership whose organisers are asked."""

    __tablename__ = "poll_partnership"

    poll_id: int = Field(foreign_key="poll.id", primary_key=True)
    partnership_id: str = Field(foreign_key="partnership.id", primary_key=True, index=True)


class PollSlot(Table, table=True):
    """`local_start` is a wall time in the poll's zone; `starts_at` is derived from it."""

    __tablename__ = "poll_slot"

    id: int = Field(default=None, primary_key=True)
    poll_id: int = Field(foreign_key="poll.id", index=True)
    local_start: datetime = Field(sa_type=DateTime(timezone=False))
    starts_at: datetime


class PollVote(Table, table=True):
    __tablename__ = "poll_vote"

    slot_id: int = Field(foreign_key="poll_slot.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    vote: Vote = Field(sa_type=choice(Vote, "vote"))
    voted_at: datetime
