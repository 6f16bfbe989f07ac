"""Queries about the log of what organisers did."""

from dataclasses import dataclass

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from storage.tables import Audit, Partnership, Person


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log with what it points to, as that is now."""

    row: Audit
    person: Person | None
    about: Person | None
    partnership: Partnership | None


def add(session: Session, row: Audit) -> None:
    session.add(row)
    session.flush()


def count(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Audit)).one()


def newest(session: Session, *, limit: int, offset: int = 0) -> list[Entry]:
    actor, about = aliased(Person), aliased(Person)
    query = (
        select(Audit, actor, about, Partnership)
        .join(actor, col(actor.id) == Audit.person_id, isouter=True)
        .join(about, col(about.id) == Audit.about_person_id, isouter=True)
        .join(Partnership, col(Partnership.id) == Audit.partnership_id, isouter=True)
        .order_by(col(Audit.id).desc())
        .limit(limit)
        .offset(offset)
    )
    return [Entry(*found) for found in session.exec(query)]
