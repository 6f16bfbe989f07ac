"""Queries about the partnerships of a webinar: those that host it, are asked to, or have declined."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, func, select

from storage.tables import HostState, Partnership, Webinar, WebinarHost, WebinarStatus


def of_webinar(session: Session, webinar_id: int) -> list[tuple[WebinarHost, Partnership]]:
    """All of them, whatever they said, in the order in which they came."""
    query = (
        select(WebinarHost, Partnership)
        .join(Partnership, col(Partnership.id) == WebinarHost.partnership_id)
        .where(WebinarHost.webinar_id == webinar_id)
        .order_by(col(WebinarHost.position), col(Partnership.position))
    )
    return list(session.exec(query))


def invited(session: Session, webinar_id: int) -> tuple[str, ...]:
    """The names of those that have not answered."""
    found = of_webinar(session, webinar_id)
    return tuple(partnership.short_name for host, partnership in found if host.state is HostState.INVITED)


def find(session: Session, webinar_id: int, partnership_id: str) -> WebinarHost | None:
    return session.get(WebinarHost, (webinar_id, partnership_id))


def next_position(session: Session, webinar_id: int) -> int:
    """Behind all there are."""
    last = func.coalesce(func.max(WebinarHost.position), -1)
    return int(session.exec(select(last).where(WebinarHost.webinar_id == webinar_id)).one()) + 1


def save(session: Session, host: WebinarHost) -> None:
    session.add(host)
    session.flush()


def remove(session: Session, host: WebinarHost) -> None:
    session.delete(host)
    session.flush()


def asked(session: Session, partnership_ids: Collection[str], now: datetime) -> list[tuple[Webinar, str]]:
    """The webinars ahead that one of these is asked to host and has not answered, and which it is; soonest first."""
    query = (
        select(Webinar, WebinarHost.partnership_id)
        .join(WebinarHost, col(WebinarHost.webinar_id) == Webinar.id)
        .where(
            WebinarHost.state == HostState.INVITED,
            col(WebinarHost.partnership_id).in_(partnership_ids),
            Webinar.status == WebinarStatus.PUBLISHED,
            Webinar.ends_at > now,
        )
        .order_by(col(Webinar.starts_at), col(Webinar.id))
    )
    return list(session.exec(query))
