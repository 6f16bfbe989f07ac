"""The coming webinars for everybody, without their words: enough to choose among thousands. And their words, apart."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy import select as select_many
from sqlmodel import Session, col, select

from storage import calendar, circles
from storage.calendar import Versions
from storage.tables import AgendaItem, HostState, Webinar, WebinarHost, WebinarStatus, WebinarTopic


@dataclass(frozen=True, slots=True)
class Outline:
    """`sequence` says after which of the webinar's changes."""

    id: int
    sequence: int
    starts_at: datetime
    ends_at: datetime
    language: str
    partnership_ids: frozenset[str]
    topic_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Words:
    """What its organisers have written. The link is for those who have a seat."""

    id: int
    texts: tuple[str, ...]
    join_url: str


def versions(session: Session, now: datetime) -> Versions:
    """Of published webinars that have not ended, soonest first."""
    return calendar.versions(session, *_coming(now))


def coming(session: Session, now: datetime, among: Collection[int] | None = None) -> list[Outline]:
    """Of all that are coming, or of these."""
    there = _coming(now) if among is None else (*_coming(now), col(Webinar.id).in_(among))
    hosts, topics = _hosts(session, there), _topics(session, there)
    query = select_many(
        col(Webinar.id), col(Webinar.sequence), col(Webinar.starts_at), col(Webinar.ends_at), col(Webinar.language)
    )
    return [
        Outline(id_, sequence, starts_at, ends_at, language, frozenset(hosts[id_]), frozenset(topics[id_]))
        for id_, sequence, starts_at, ends_at, language in session.connection().execute(query.where(*there))
    ]


def words(session: Session, webinar_ids: Collection[int]) -> list[Words]:
    """Titles, descriptions and agendas."""
    agenda: defaultdict[int, list[str]] = defaultdict(list)
    items = select(AgendaItem.webinar_id, AgendaItem.title, AgendaItem.speaker)
    for id_, *texts in session.exec(items.where(col(AgendaItem.webinar_id).in_(webinar_ids))):
        agenda[id_] += texts
    query = select(Webinar.id, Webinar.title, Webinar.description, Webinar.join_url)
    return [
        Words(id_, (title, description, *agenda[id_]), join_url)
        for id_, title, description, join_url in session.exec(
            query.where(col(Webinar.id).in_(webinar_ids), circles.public())
        )
    ]


def of_ids(session: Session, webinar_ids: list[int]) -> list[Webinar]:
    """These webinars, soonest first."""
    query = select(Webinar).where(col(Webinar.id).in_(webinar_ids), circles.public())
    return list(session.exec(query.order_by(col(Webinar.starts_at), col(Webinar.id))))


def _coming(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return col(Webinar.status) == WebinarStatus.PUBLISHED, col(Webinar.ends_at) > now, circles.public()


def _hosts(session: Session, there: tuple[ColumnElement[bool], ...]) -> defaultdict[int, set[str]]:
    query = (
        select(WebinarHost.webinar_id, WebinarHost.partnership_id)
        .join(Webinar, col(Webinar.id) == WebinarHost.webinar_id)
        .where(WebinarHost.state == HostState.ACCEPTED, *there)
    )
    found: defaultdict[int, set[str]] = defaultdict(set)
    for webinar_id, partnership_id in session.connection().execute(query):
        found[webinar_id].add(partnership_id)
    return found


def _topics(session: Session, there: tuple[ColumnElement[bool], ...]) -> defaultdict[int, set[str]]:
    query = (
        select(WebinarTopic.webinar_id, WebinarTopic.topic_id)
        .join(Webinar, col(Webinar.id) == WebinarTopic.webinar_id)
        .where(*there)
    )
    found: defaultdict[int, set[str]] = defaultdict(set)
    for webinar_id, topic_id in session.connection().execute(query):
        found[webinar_id].add(topic_id)
    return found
