"""Which of the coming webinars for everybody fit what somebody looks for."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import ColumnElement, Integer, cast, extract
from sqlmodel import Session, and_, col, exists, select

from storage import circles
from storage.tables import HostState, Webinar, WebinarHost, WebinarStatus, WebinarTopic


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is empty does not matter. `month` is its first day, on the hosts' clocks (naive); topics must all fit."""

    partnership_id: str | None = None
    topic_ids: tuple[str, ...] = ()
    language: str | None = None
    month: datetime | None = None


def coming(session: Session, wanted: Wanted, now: datetime) -> list[int]:
    """The ids of published webinars that have not ended and fit, soonest first."""
    query = select(Webinar.id).where(*_coming(now), *_conditions(wanted))
    return list(session.connection().execute(query.order_by(col(Webinar.starts_at), col(Webinar.id))).scalars())


def topic_ids(session: Session, now: datetime) -> set[str]:
    """Of the topics of what is coming."""
    there = select(Webinar.id).where(*_coming(now))
    return set(session.exec(select(WebinarTopic.topic_id).where(col(WebinarTopic.webinar_id).in_(there)).distinct()))


def languages_and_months(session: Session, now: datetime) -> tuple[list[str], list[datetime]]:
    """The languages and the months (as their first day, naive) in which something is coming."""
    year, month = (cast(extract(field, col(Webinar.local_start)), Integer) for field in ("year", "month"))
    languages = session.exec(select(Webinar.language).where(*_coming(now)).distinct())
    months = session.exec(select(year, month).where(*_coming(now)).distinct())
    return sorted(languages), sorted(datetime(y, m, 1) for y, m in months)  # noqa: DTZ001 -- as on the hosts' clocks


def _coming(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return col(Webinar.status) == WebinarStatus.PUBLISHED, col(Webinar.ends_at) > now, circles.public()


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.partnership_id:
        hosted = and_(
            col(WebinarHost.webinar_id) == col(Webinar.id),
            col(WebinarHost.partnership_id) == wanted.partnership_id,
            col(WebinarHost.state) == HostState.ACCEPTED,
        )
        found.append(exists().where(hosted))
    for topic in wanted.topic_ids:
        filed = and_(col(WebinarTopic.webinar_id) == col(Webinar.id), col(WebinarTopic.topic_id) == topic)
        found.append(exists().where(filed))
    if wanted.language:
        found.append(col(Webinar.language) == wanted.language)
    if wanted.month:
        last = wanted.month.replace(day=monthrange(wanted.month.year, wanted.month.month)[1])
        found.append(col(Webinar.local_start).between(wanted.month, datetime.combine(last, time.max)))
    return found
