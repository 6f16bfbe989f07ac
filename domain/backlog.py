"""What is still to be told to whom, and when: for those who look on, nothing depends on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import (
    DeliveryKind,
    DeliveryState,
    NoticeKind,
    Session,
    deliveries,
    notices,
    registrations,
    webinars,
)

_SHOWN = 8
_STARTS_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """One message to one person. `webinar` is its title; nothing if the message is about none."""

    due_at: datetime
    kind: DeliveryKind
    state: DeliveryState
    person: str
    webinar: str | None


@dataclass(frozen=True, slots=True)
class Open:
    """A change or a new webinar that many will be told of, unless it is taken back before."""

    notify_at: datetime
    kind: NoticeKind
    webinar: str


@dataclass(frozen=True, slots=True)
class Coming:
    """Reminders on a usual lead that are not in the outbox yet: they are written shortly before they are due."""

    due_at: datetime
    webinar: str
    people: int


@dataclass(frozen=True, slots=True)
class Backlog:
    waiting: Sequence[Waiting]
    notices: Sequence[Open]
    coming: Sequence[Coming]
    counts: dict[tuple[DeliveryKind, DeliveryState], int]


def look(session: Session, leads: Sequence[timedelta], *, now: datetime) -> Backlog:
    """The next few of everything, soonest first, and counts of all there ever was."""
    return Backlog(
        waiting=[
            Waiting(row.due_at, row.kind, row.state, person, webinar)
            for row, person, webinar in deliveries.unsettled(session, _SHOWN)
        ],
        notices=[
            Open(notice.notify_at, notice.kind, webinar) for notice, webinar in notices.open_notices(session, _SHOWN)
        ],
        coming=sorted(_coming(session, leads, now), key=lambda reminder: reminder.due_at)[:_SHOWN],
        counts=deliveries.count_by_kind(session),
    )


def _coming(session: Session, leads: Sequence[timedelta], now: datetime) -> Iterator[Coming]:
    found = webinars.upcoming(session, now, limit=_STARTS_LOOKED_AT)
    counts = registrations.count_by_status(session, [webinar.id for webinar in found])
    for webinar in found:
        people = counts.get(webinar.id, registrations.Counts()).registered
        if people:
            for lead in leads:
                if webinar.starts_at - lead > now:
                    yield Coming(webinar.starts_at - lead, webinar.title, people)
