"""Queries about partnerships, clusters and topics. Those that left are inactive, never deleted."""

from collections.abc import Collection
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session, case, col, func, literal, or_, select, update
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.tables import Cluster, HostState, Partnership, Topic, Webinar, WebinarHost, WebinarTopic

Row = TypeVar("Row", Partnership, Cluster, Topic)

_ADVISORY_LOCK = 0x436F6E77  # any number that stays the same and is not the migration's


def active_partnerships(session: Session) -> list[Partnership]:
    query = select(Partnership).where(Partnership.active).order_by(col(Partnership.position), col(Partnership.id))
    return list(session.exec(query))


def partnership(session: Session, partnership_id: str) -> Partnership:
    """The partnership that something points to: it may be inactive, but it is there."""
    return session.get_one(Partnership, partnership_id)


def short_name(session: Session, partnership_id: str | None) -> str:
    """Of no partnership it is empty."""
    return "" if partnership_id is None else partnership(session, partnership_id).short_name


def active_topics(session: Session) -> list[Topic]:
    return list(session.exec(select(Topic).where(Topic.active).order_by(col(Topic.position), col(Topic.id))))


def active_clusters(session: Session) -> list[Cluster]:
    return list(session.exec(select(Cluster).where(Cluster.active).order_by(col(Cluster.name))))


def lock(session: Session) -> None:
    """Let only one transaction at a time synchronise. On SQLite every writer is alone anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.exec(select(func.pg_advisory_xact_lock(_ADVISORY_LOCK))).one()


def rows(session: Session, table: type[Row]) -> dict[str, Row]:
    """All rows by id, also those that are inactive."""
    return {row.id: row for row in session.exec(select(table))}


def save(session: Session, rows: Collection[Row]) -> None:
    session.add_all(rows)
    session.flush()


def restamp_webinars(
    session: Session, partnership_ids: Collection[str], topic_ids: Collection[str], now: datetime
) -> int:
    """Stamp the webinars that show one of these names as changed now; returns how many.

    Past ones too, since calendars show them. One that shows several names is stamped once. Stamps never go back,
    whatever the clock does.
    """
    hosted = select(WebinarHost.webinar_id).where(
        col(WebinarHost.partnership_id).in_(partnership_ids), WebinarHost.state == HostState.ACCEPTED
    )
    filed = select(WebinarTopic.webinar_id).where(col(WebinarTopic.topic_id).in_(topic_ids))
    last_modified = col(Webinar.last_modified)
    statement = (
        update(Webinar)
        .where(or_(col(Webinar.id).in_(hosted), col(Webinar.id).in_(filed)))
        .values(
            sequence=col(Webinar.sequence) + 1,
            last_modified=case((last_modified > now, last_modified), else_=literal(now, UTCDateTime())),
        )
    )
    return session.exec(statement).rowcount
