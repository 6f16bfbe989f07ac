"""What goes into the outbox, and when. Planning twice changes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from itertools import pairwise

from storage import (
    DeliveryKind,
    Notice,
    NoticeKind,
    Registration,
    RegistrationStatus,
    Session,
    Webinar,
    deliveries,
    notices,
    webinars,
)

PLAN_AHEAD = timedelta(minutes=1)
"""Rows are written this long before they are due: early enough for a slow tick, late enough to be true."""

_SOON = timedelta(minutes=15)
_ACTIVE = (RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED)


class Priority(IntEnum):
    """Lower goes first."""

    SEAT = 0
    CHANGE = 10
    STARTS_SOON = 20
    REMINDER = 30


@dataclass(frozen=True, slots=True)
class DueLead:
    """A reminder is worth sending from `due_at` until the next one is due, or the webinar begins."""

    lead: timedelta
    due_at: datetime
    expires_at: datetime


def due_leads(starts_at: datetime, leads: Sequence[timedelta], *, now: datetime) -> Iterator[DueLead]:
    """The leads to plan now. Of several that are past at once only the last makes sense: one message, not three."""
    for lead, following in pairwise([*sorted(set(leads), reverse=True), timedelta()]):
        due = DueLead(lead, starts_at - lead, starts_at - following)
        if due.due_at <= now + PLAN_AHEAD and now < due.expires_at:
            yield due


def plan_reminders(session: Session, leads: Sequence[timedelta], *, now: datetime) -> int:
    """Write the reminders that fall due, for whoever was registered by then. Returns how many are new."""
    if not leads:
        return 0
    planned = 0
    for webinar in webinars.starting(session, after=now, until=now + max(leads) + PLAN_AHEAD):
        for due in due_leads(webinar.starts_at, leads, now=now):
            planned += deliveries.plan_for_registrants(
                session,
                _reminder(webinar, due),
                statuses=[RegistrationStatus.REGISTERED],
                settled_by=due.due_at,
                now=now,
            )
    return planned


def _reminder(webinar: Webinar, due: DueLead) -> deliveries.Plan:
    lead = int(due.lead.total_seconds())
    start = int(webinar.starts_at.timestamp())
    return deliveries.Plan(
        kind=DeliveryKind.REMINDER,
        webinar_id=webinar.id,
        about={"lead": lead, "starts_at": start},
        key=f"reminder:{webinar.id}:{start}:{lead}",
        due_at=due.due_at,
        expires_at=due.expires_at,
        priority=Priority.STARTS_SOON if due.lead <= _SOON else Priority.REMINDER,
    )


def seat_won(session: Session, webinar: Webinar, registration: Registration, *, now: datetime) -> None:
    plan = deliveries.Plan(
        kind=DeliveryKind.SEAT_WON,
        webinar_id=webinar.id,
        about={"promotion": registration.promotions},
        key=f"seat:{registration.id}:{registration.promotions}",
        due_at=now,
        expires_at=webinar.ends_at,
        priority=Priority.SEAT,
    )
    deliveries.add(session, plan, registration.person_id, now)


def expand_notice(session: Session, *, now: datetime) -> bool:
    """Turn the next notice that is due into messages. False: none is due."""
    notice = notices.lock_due(session, now)
    if notice is None:
        return False
    webinar = webinars.by_id(session, notice.webinar_id)
    first = notices.revision(session, notice.webinar_id, notice.first_sequence)
    if webinar is not None and now < webinar.ends_at:
        deliveries.plan_for_registrants(
            session,
            _notice(webinar, notice, first.changes),
            statuses=_ACTIVE,
            settled_by=first.changed_at,
            now=now,
        )
    notice.expanded_at = now
    notices.save(session, notice)
    return True


_NOTICE_KINDS = {
    NoticeKind.MOVED: DeliveryKind.MOVED,
    NoticeKind.CANCELLED: DeliveryKind.CANCELLED,
    NoticeKind.RESTORED: DeliveryKind.RESTORED,
}


def _notice(webinar: Webinar, notice: Notice, changes: dict[str, list[str]]) -> deliveries.Plan:
    old_start = changes.get("starts_at", [None])[0]
    return deliveries.Plan(
        kind=_NOTICE_KINDS[notice.kind],
        webinar_id=webinar.id,
        about={"old_start": old_start} if old_start else {},
        key=f"{notice.kind}:{webinar.id}:{notice.last_sequence}",
        due_at=notice.notify_at,
        expires_at=webinar.ends_at,
        priority=Priority.CHANGE,
    )
