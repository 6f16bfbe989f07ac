"""The coming webinars for everybody, without their words: enough to count and to choose among thousands."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from storage import circles
from storage.tables import HostState, Webinar, WebinarHost, WebinarStatus, WebinarTopic


@dataclass(frozen=True, slots=True)
class Outline:
    id: int
    starts_at: datetime
    language: str
    partnership_ids: frozenset[str]
    topic_ids: frozenset[str]


def coming(session: Session, now: datetime) -> list[Outline]:
    """Of published webinars that have not ended, soonest first."""
    there = (col(Webinar.status) == WebinarStatus.PUBLISHED, col(Webinar.ends_at) > now, circles.public())
    hosts, topics = _hosts(session, there), _topics(session, there)
    query = select(Webinar.id, Webinar.starts_at, Webinar.language).where(*there)
    return [
        Outline(id_, starts_at, language, frozenset(hosts[id_]), frozenset(topics[id_]))
        for id_, starts_at, language in session.exec(query.order_by(col(Webinar.starts_at), col(Webinar.id)))
    ]


def _hosts(session: Session, there: tuple[ColumnElement[bool], ...]) -> defaultdict[int, set[str]]:
    query = (
        select(WebinarHost.webinar_id, WebinarHost.partnership_id)
        .join(Webinar, col(Webinar.id) == WebinarHost.webinar_id)
        .where(WebinarHost.state == HostState.ACCEPTED, *there)
    )
    found: defaultdict[int, set[str]] = defaultdict(set)
    for webinar_id, partnership_id in session.exec(query):
        found[webinar_id].add(partnership_id)
    return found


def _topics(session: Session, there: tuple[ColumnElement[bool], ...]) -> defaultdict[int, set[str]]:
    query = (
        select(WebinarTopic.webinar_id, WebinarTopic.topic_id)
        .join(Webinar, col(Webinar.id) == WebinarTopic.webinar_id)
        .where(*there)
    )
    found: defaultdict[int, set[str]] = defaultdict(set)
    for webinar_id, topic_id in session.exec(query):
        found[webinar_id].add(topic_id)
    return found


def of_ids(session: Session, webinar_ids: list[int]) -> list[Webinar]:
    """These webinars, soonest first."""
    query = select(Webinar).where(col(Webinar.id).in_(webinar_ids), circles.public())
    return list(session.exec(query.order_by(col(Webinar.starts_at), col(Webinar.id))))
