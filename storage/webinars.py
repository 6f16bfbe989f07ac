"""Queries about webinars, their hosts, topics and agenda.

Those with a `reader` find what that person may know of; None is a stranger, who knows of no meeting.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from storage import circles
from storage.tables import (
    AgendaItem,
    HostState,
    Partnership,
    Revision,
    Topic,
    Webinar,
    WebinarHost,
    WebinarStatus,
    WebinarTopic,
)


@dataclass(frozen=True, slots=True)
class Programme:
    """What surrounds the webinars' own rows, by webinar id."""

    hosts: dict[int, tuple[Partnership, ...]]
    topics: dict[int, tuple[Topic, ...]]
    agenda: dict[int, tuple[AgendaItem, ...]]


def by_code(session: Session, code: str, reader: int | None = None) -> Webinar | None:
    return session.exec(select(Webinar).where(Webinar.code == code, circles.known_to(reader))).first()


def by_id(session: Session, webinar_id: int) -> Webinar | None:
    return session.get(Webinar, webinar_id)


def get(session: Session, webinar_id: int) -> Webinar:
    """The webinar that something points to: it is there, since webinars are never deleted."""
    return session.get_one(Webinar, webinar_id)


def lock(session: Session, code: str, reader: int | None = None) -> Webinar | None:
    """The webinar, held against every other decision about its seats until the transaction ends.

    Rows that only point to it can be written meanwhile: a tick that holds a notice and plans messages does not wait
    for a change that holds the webinar and waits for the notice.
    """
    query = select(Webinar).where(Webinar.code == code, circles.known_to(reader))
    return session.exec(query.with_for_update(key_share=True)).first()


def lock_of_any_circle(session: Session, code: str) -> Webinar | None:
    """As `lock`, for whoever may know of everything."""
    return session.exec(select(Webinar).where(Webinar.code == code).with_for_update(key_share=True)).first()


def lock_by_id(session: Session, webinar_id: int) -> Webinar:
    return session.exec(select(Webinar).where(Webinar.id == webinar_id).with_for_update(key_share=True)).one()


def upcoming(session: Session, now: datetime, *, limit: int, offset: int = 0) -> list[Webinar]:
    """Published webinars for everybody that have not ended, soonest first."""
    query = (
        select(Webinar)
        .where(Webinar.status == WebinarStatus.PUBLISHED, Webinar.ends_at > now, circles.public())
        .order_by(col(Webinar.starts_at), col(Webinar.id))
    )
    return list(session.exec(query.limit(limit).offset(offset)))


def lock_upcoming(session: Session, now: datetime) -> list[Webinar]:
    """Every webinar that has not ended, in an order in which two processes can't wait for each other."""
    return list(session.exec(select(Webinar).where(Webinar.ends_at > now).order_by(col(Webinar.id)).with_for_update()))


def not_over(session: Session, now: datetime, reader: int | None = None) -> list[Webinar]:
    """All webinars that have not ended, cancelled ones too, soonest first."""
    query = select(Webinar).where(Webinar.ends_at > now, circles.known_to(reader))
    return list(session.exec(query.order_by(col(Webinar.starts_at), col(Webinar.id))))


def meetings_not_over(session: Session, now: datetime, reader: int) -> list[Webinar]:
    """Of the organisers, cancelled ones too, soonest first; to anybody else there is none."""
    query = select(Webinar).where(Webinar.ends_at > now, circles.meetings(), circles.known_to(reader))
    return list(session.exec(query.order_by(col(Webinar.starts_at), col(Webinar.id))))


def hosted_by(
    session: Session, partnership_ids: Collection[str], now: datetime, reader: int | None = None
) -> list[Webinar]:
    """Webinars that one of these hosts and that have not ended, cancelled ones too, soonest first."""
    hosted = select(WebinarHost.webinar_id).where(
        col(WebinarHost.partnership_id).in_(partnership_ids), WebinarHost.state == HostState.ACCEPTED
    )
    query = (
        select(Webinar)
        .where(col(Webinar.id).in_(hosted), Webinar.ends_at > now, circles.known_to(reader))
        .order_by(col(Webinar.starts_at), col(Webinar.id))
    )
    return list(session.exec(query))


def over(
    session: Session,
    partnership_ids: Collection[str] | None,
    since: datetime,
    now: datetime,
    reader: int | None = None,
) -> list[Webinar]:
    """Webinars that one of these hosted (None: any) and that ended since then, latest first."""
    query = select(Webinar).where(Webinar.ends_at > since, Webinar.ends_at <= now, circles.known_to(reader))
    if partnership_ids is not None:
        hosted = select(WebinarHost.webinar_id).where(
            col(WebinarHost.partnership_id).in_(partnership_ids), WebinarHost.state == HostState.ACCEPTED
        )
        query = query.where(col(Webinar.id).in_(hosted))
    return list(session.exec(query.order_by(col(Webinar.starts_at).desc(), col(Webinar.id))))


def ended(session: Session, *, after: datetime, until: datetime) -> list[Webinar]:
    """Webinars for everybody that took place and ended between these moments."""
    query = select(Webinar).where(
        Webinar.status == WebinarStatus.PUBLISHED,
        circles.public(),
        Webinar.ends_at > after,
        Webinar.ends_at <= until,
    )
    return list(session.exec(query.order_by(col(Webinar.ends_at), col(Webinar.id))))


def count_upcoming(session: Session, now: datetime) -> int:
    """Of those for everybody."""
    query = (
        select(func.count())
        .select_from(Webinar)
        .where(Webinar.status == WebinarStatus.PUBLISHED, Webinar.ends_at > now, circles.public())
    )
    return session.exec(query).one()


def programme(session: Session, webinar_ids: Iterable[int]) -> Programme:
    """Hosts that have accepted, topics and agenda of all these webinars, in three queries however many there are.

    Topics come in an order that does not follow the data file's: moving a line there must change no calendar.
    """
    ids = list(webinar_ids)
    hosts: dict[int, list[Partnership]] = defaultdict(list)
    topics: dict[int, list[Topic]] = defaultdict(list)
    agenda: dict[int, list[AgendaItem]] = defaultdict(list)
    for webinar_id, partnership in session.exec(
        select(WebinarHost.webinar_id, Partnership)
        .join(Partnership, col(Partnership.id) == WebinarHost.partnership_id)
        .where(col(WebinarHost.webinar_id).in_(ids), WebinarHost.state == HostState.ACCEPTED)
        .order_by(col(WebinarHost.position), col(Partnership.position))
    ):
        hosts[webinar_id].append(partnership)
    for webinar_id, topic in session.exec(
        select(WebinarTopic.webinar_id, Topic)
        .join(Topic, col(Topic.id) == WebinarTopic.topic_id)
        .where(col(WebinarTopic.webinar_id).in_(ids))
        .order_by(col(Topic.kind), col(Topic.id))
    ):
        topics[webinar_id].append(topic)
    for item in session.exec(
        select(AgendaItem).where(col(AgendaItem.webinar_id).in_(ids)).order_by(col(AgendaItem.position))
    ):
        agenda[item.webinar_id].append(item)
    return Programme(
        {key: tuple(value) for key, value in hosts.items()},
        {key: tuple(value) for key, value in topics.items()},
        {key: tuple(value) for key, value in agenda.items()},
    )


def add(
    session: Session,
    webinar: Webinar,
    host_ids: Iterable[str],
    topic_ids: Iterable[str],
    agenda: Iterable[AgendaItem] = (),
) -> None:
    session.add(webinar)
    session.flush()
    for item in agenda:
        item.webinar_id = webinar.id
        session.add(item)
    for position, host in enumerate(host_ids):
        session.add(WebinarHost(webinar_id=webinar.id, partnership_id=host, position=position))
    for topic in topic_ids:
        session.add(WebinarTopic(webinar_id=webinar.id, topic_id=topic))
    session.flush()


def add_revision(session: Session, revision: Revision) -> None:
    session.add(revision)
    session.flush()


def revisions(session: Session, webinar_id: int) -> list[Revision]:
    """All changes of a webinar, in order."""
    return list(
        session.exec(select(Revision).where(Revision.webinar_id == webinar_id).order_by(col(Revision.sequence)))
    )


def starting(session: Session, *, after: datetime, until: datetime) -> list[Webinar]:
    """Published webinars that start later than `after` and not later than `until`, soonest first."""
    query = (
        select(Webinar)
        .where(Webinar.status == WebinarStatus.PUBLISHED, Webinar.starts_at > after, Webinar.starts_at <= until)
        .order_by(col(Webinar.starts_at), col(Webinar.id))
    )
    return list(session.exec(query))
