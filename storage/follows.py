"""What people follow."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from storage.statements import insert_once
from storage.tables import Follow


@dataclass(frozen=True, slots=True)
class Followed:
    """Ids of partnerships and topics."""

    partnerships: frozenset[str]
    topics: frozenset[str]


def of_person(session: Session, person_id: int) -> Followed:
    rows = session.exec(select(Follow).where(Follow.person_id == person_id)).all()
    return Followed(
        frozenset(row.partnership_id for row in rows if row.partnership_id),
        frozenset(row.topic_id for row in rows if row.topic_id),
    )


def add(
    session: Session, person_id: int, *, partnership_id: str | None = None, topic_id: str | None = None, now: datetime
) -> bool:
    """Follow one partnership or one topic. False: they did so already."""
    values = {"person_id": person_id, "partnership_id": partnership_id, "topic_id": topic_id, "created_at": now}
    return insert_once(session, Follow, values)


def remove(session: Session, person_id: int, *, partnership_id: str | None = None, topic_id: str | None = None) -> bool:
    """Stop following it. False: they did not."""
    column, subject = (Follow.partnership_id, partnership_id) if partnership_id else (Follow.topic_id, topic_id)
    return session.exec(delete(Follow).where(col(Follow.person_id) == person_id, col(column) == subject)).rowcount > 0
