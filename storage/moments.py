"""How far time had come when something was last written down."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from storage.tables import Delivery, Pace, Person, Webinar

_WRITTEN = (Person.seen_at, Webinar.last_modified, Delivery.created_at, Delivery.settled_at, Pace.next_at)


def newest(session: Session) -> datetime | None:
    """A clock that shows less than this has gone back."""
    found = [session.exec(select(func.max(col(moment)))).one() for moment in _WRITTEN]
    return max((moment for moment in found if moment is not None), default=None)
