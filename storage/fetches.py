"""Which calendar apps have fetched people's own calendars, and when."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from storage.statements import insert_once
from storage.tables import FeedFetch, Registration, RegistrationStatus

_PLACES = (RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED)


@dataclass(frozen=True, slots=True)
class Seen:
    """One app of somebody with a place in a webinar: which change it has seen, since when they have the place."""

    person_id: int
    family: str
    until: datetime | None
    place_since: datetime


def find(session: Session, person_id: int, family: str) -> FeedFetch | None:
    return session.get(FeedFetch, (person_id, family))


def save(session: Session, fetch: FeedFetch) -> None:
    session.add(fetch)
    session.flush()


def add(session: Session, fetch: FeedFetch) -> None:
    """Of two processes that note the first fetch at once, one is enough."""
    insert_once(session, FeedFetch, fetch.model_dump())


def of_person(session: Session, person_id: int) -> list[FeedFetch]:
    """The latest first."""
    query = select(FeedFetch).where(FeedFetch.person_id == person_id)
    return list(session.exec(query.order_by(col(FeedFetch.fetched_at).desc(), col(FeedFetch.family))))


def forget(session: Session, person_id: int) -> None:
    session.exec(delete(FeedFetch).where(col(FeedFetch.person_id) == person_id))


def of_webinar(session: Session, webinar_id: int, since: datetime, person_id: int | None = None) -> list[Seen]:
    """The apps, in use since then, of all who have a place in the webinar, or of this person if they have one."""
    conditions = [
        col(Registration.webinar_id) == webinar_id,
        col(Registration.status).in_(_PLACES),
        col(FeedFetch.fetched_at) >= since,
    ]
    if person_id is not None:
        conditions.append(col(FeedFetch.person_id) == person_id)
    query = (
        select(FeedFetch.person_id, FeedFetch.family, FeedFetch.seen_until, Registration.changed_at)
        .join(Registration, col(Registration.person_id) == col(FeedFetch.person_id))
        .where(*conditions)
        .order_by(col(FeedFetch.person_id), col(FeedFetch.family))
    )
    return [Seen(*row) for row in session.exec(query)]
