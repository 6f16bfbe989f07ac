"""What can be changed about a webinar besides when it is and whether: read and written as JSON values."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from domain import wall_time
from domain.reading.when import WhenError, WhenFault
from storage import AgendaItem, Session, Webinar, details, webinars


class Detail(StrEnum):
    """A field, as revisions and proposals name it."""

    TITLE = "title"
    DESCRIPTION = "description"
    LANGUAGE = "language"
    CAPACITY = "capacity"
    JOIN_URL = "join_url"
    DURATION = "duration_minutes"
    TIMEZONE = "timezone"
    TOPICS = "topics"
    AGENDA = "agenda"


NEVER_SILENT = frozenset({Detail.JOIN_URL, Detail.DURATION})
"""Who is not told of these stands before a locked door, or has to leave before the end."""

TOLD = NEVER_SILENT | {Detail.TITLE, Detail.DESCRIPTION, Detail.LANGUAGE, Detail.TOPICS, Detail.AGENDA}
"""What people can be told of. Of seats those hear who get one, and another zone is the same moment."""

_PLAIN = (Detail.TITLE, Detail.DESCRIPTION, Detail.LANGUAGE, Detail.CAPACITY, Detail.JOIN_URL)


def of(session: Session, webinar: Webinar) -> dict[str, Any]:
    """As they are. Topics are ids in order, the agenda is a list of lines with `title`, `speaker` and `minutes`."""
    programme = webinars.programme(session, [webinar.id])
    return {
        **{detail: getattr(webinar, detail) for detail in (*_PLAIN, Detail.DURATION, Detail.TIMEZONE)},
        Detail.TOPICS: sorted(topic.id for topic in programme.topics.get(webinar.id, ())),
        Detail.AGENDA: [
            {"title": item.title, "speaker": item.speaker, "minutes": item.minutes}
            for item in programme.agenda.get(webinar.id, ())
        ],
    }


def put(session: Session, webinar: Webinar, values: Mapping[Detail, Any]) -> None:
    """Write these. The webinar must be locked; its end and its wall time follow. Raises WhenError."""
    for detail in _PLAIN:
        if detail in values:
            setattr(webinar, detail, values[detail])
    if Detail.DURATION in values:
        webinar.duration_minutes = values[Detail.DURATION]
        webinar.ends_at = wall_time.end(webinar.starts_at, webinar.duration_minutes)
    if Detail.TIMEZONE in values:
        webinar.local_start = seen_in(webinar.starts_at, values[Detail.TIMEZONE])
        webinar.timezone = values[Detail.TIMEZONE]
    if Detail.TOPICS in values:
        details.set_topics(session, webinar, values[Detail.TOPICS])
    if Detail.AGENDA in values:
        details.set_agenda(session, webinar, [AgendaItem(**line) for line in values[Detail.AGENDA]])


def told(changes: Mapping[str, Any], *, silent: bool) -> frozenset[str]:
    """The fields of a revision that people are told of."""
    return frozenset(changes) & (NEVER_SILENT if silent else TOLD)


def seen_in(moment: datetime, timezone: str) -> datetime:
    """The moment as the clock there shows it. Refused in the hour that comes twice, of which only one can be meant."""
    local = moment.astimezone(ZoneInfo(timezone)).replace(tzinfo=None, fold=0)
    if wall_time.derived(local, timezone) != moment:
        raise WhenError(WhenFault.SECOND_OF_TWO, f"{local:%H:%M}")
    return local
