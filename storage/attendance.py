"""Queries about who came."""

from datetime import datetime

from sqlmodel import Session, col, delete, func, select

from storage.statements import insert
from storage.tables import Attendance


def find(session: Session, webinar_id: int, person_id: int) -> Attendance | None:
    return session.get(Attendance, (webinar_id, person_id))


def of_person(session: Session, person_id: int) -> list[Attendance]:
    query = select(Attendance).where(Attendance.person_id == person_id)
    return list(session.exec(query.order_by(col(Attendance.first_at), col(Attendance.webinar_id))))


def is_measured(session: Session, webinar_id: int) -> bool:
    """Whether anybody was seen to come: else nobody may have had a link that tells us."""
    query = select(Attendance.person_id).where(Attendance.webinar_id == webinar_id, col(Attendance.said).is_(False))
    return session.exec(query.limit(1)).first() is not None


def count(session: Session, webinar_id: int) -> int:
    """How many came, those who said so and those who were erased since included."""
    query = select(func.count()).select_from(Attendance).where(Attendance.webinar_id == webinar_id)
    return session.exec(query).one()


def note(session: Session, webinar_id: int, person_id: int, now: datetime, *, said: bool = False) -> None:
    """Somebody came, or came again. What we saw counts more than what was said."""
    values = {"webinar_id": webinar_id, "person_id": person_id, "first_at": now, "last_at": now, "said": said}
    statement = insert(session, Attendance).values(**values)
    again = {"last_at": statement.excluded.last_at, **({} if said else {"said": False})}
    session.exec(statement.on_conflict_do_update(index_elements=["webinar_id", "person_id"], set_=again))


def forget_before(session: Session, webinar_id: int, moment: datetime) -> None:
    """Whoever was last here before then came to what did not take place then."""
    session.exec(delete(Attendance).where(col(Attendance.webinar_id) == webinar_id, col(Attendance.last_at) < moment))
