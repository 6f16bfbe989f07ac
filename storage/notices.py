"""Queries about what many must be told."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select

from storage.tables import Notice, NoticeKind, Revision, Webinar


def open_of(session: Session, webinar_id: int, *kinds: NoticeKind) -> Notice | None:
    """The notice of these kinds that has not been expanded yet. Whoever needs several of them asks `lock_changes`."""
    query = select(Notice).where(
        Notice.webinar_id == webinar_id, col(Notice.kind).in_(kinds), col(Notice.expanded_at).is_(None)
    )
    return session.exec(query.with_for_update()).first()


def open_notices(session: Session, limit: int) -> list[tuple[Notice, str]]:
    """What is still to be told, soonest first, each with the webinar's title."""
    query = (
        select(Notice, Webinar.title)
        .join(Webinar, col(Webinar.id) == Notice.webinar_id)
        .where(col(Notice.expanded_at).is_(None))
        .order_by(col(Notice.notify_at), col(Notice.id))
        .limit(limit)
    )
    return [(notice, title) for notice, title in session.exec(query)]


def lock_changes(session: Session, webinar_id: int) -> list[Notice]:
    """What is still to be told of changes of the webinar.

    Locked in the order of `lock_due`: so neither of the two has what the other waits for.
    """
    query = select(Notice).where(
        Notice.webinar_id == webinar_id, Notice.kind != NoticeKind.ANNOUNCED, col(Notice.expanded_at).is_(None)
    )
    return list(session.exec(query.order_by(col(Notice.id)).with_for_update()))


def lock_due(session: Session, now: datetime) -> list[Notice]:
    """What is due of the webinar of which something is due first. Another process that is at it is waited for."""
    first = select(Notice.webinar_id).where(_is_due(now)).order_by(col(Notice.notify_at), col(Notice.id)).limit(1)
    query = select(Notice).where(_is_due(now), Notice.webinar_id == first.scalar_subquery()).order_by(col(Notice.id))
    return list(session.exec(query.with_for_update()))


def lock_announced(session: Session, until: datetime) -> list[Notice]:
    """The new webinars that are to be announced by then."""
    query = (
        select(Notice)
        .where(_is_due(until), Notice.kind == NoticeKind.ANNOUNCED)
        .order_by(col(Notice.notify_at), col(Notice.id))
        .with_for_update(skip_locked=True)
    )
    return list(session.exec(query))


def _is_due(by: datetime) -> ColumnElement[bool]:
    """To be expanded by then, or begun."""
    return or_(and_(col(Notice.expanded_at).is_(None), col(Notice.notify_at) <= by), col(Notice.parts_left).is_(True))


def save(session: Session, notice: Notice) -> None:
    session.add(notice)
    session.flush()


def settles_at(session: Session, webinar_id: int) -> datetime | None:
    """Until when a change of the webinar may still be taken back before anybody is told; None: there is none."""
    query = select(func.max(Notice.notify_at)).where(Notice.webinar_id == webinar_id, col(Notice.expanded_at).is_(None))
    return session.exec(query).one()


def revisions(session: Session, notice: Notice) -> list[Revision]:
    """All changes of the webinar since the first that the notice tells of, in order."""
    query = select(Revision).where(
        Revision.webinar_id == notice.webinar_id,
        Revision.sequence >= notice.first_sequence,
        Revision.sequence <= notice.last_sequence,
    )
    return list(session.exec(query.order_by(col(Revision.sequence))))
