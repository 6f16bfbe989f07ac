"""Reminders: which fall due, for whom, and how early they begin so that the last is told in time."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from domain import pacing
from domain.pacing import Load
from domain.planning import AT_ONCE, Priority
from storage import (
    Delivery,
    DeliveryKind,
    Session,
    Webinar,
    audiences,
    deliveries,
    preferences,
    registrations,
    webinars,
)
from storage.audiences import Audience

PLAN_AHEAD = timedelta(minutes=1)
"""Rows are written this long before they are due: early enough for a slow tick, late enough to be true."""

_SOON, _TODAY = timedelta(minutes=15), timedelta(hours=3)
_LONGEST_RUN = timedelta(hours=3)

_log = logging.getLogger(__name__)

Beginnings = Mapping[tuple[int, timedelta], datetime]
"""When the reminders of a webinar (by its id) with a lead have to begin, where that is before they are due."""


@dataclass(frozen=True, slots=True)
class DueLead:
    """A reminder is worth sending from `due_at` until the next one is due, or the webinar begins."""

    lead: timedelta
    due_at: datetime
    expires_at: datetime


def due_leads(starts_at: datetime, leads: Sequence[timedelta], *, now: datetime) -> Iterator[DueLead]:
    """The leads to plan now. Of several that are past at once only the last makes sense: one message, not three."""
    return (due for due in all_leads(starts_at, leads) if due.due_at <= now + PLAN_AHEAD and now < due.expires_at)


def all_leads(starts_at: datetime, leads: Sequence[timedelta]) -> Iterator[DueLead]:
    for lead, following in pairwise([*sorted(set(leads), reverse=True), timedelta()]):
        yield DueLead(lead, starts_at - lead, starts_at - following)


def plan_reminders(session: Session, leads: Sequence[timedelta], *, interval: timedelta, now: datetime) -> int:
    """Write the reminders that fall due, for whoever was registered by then. Returns how many are new.

    `leads` are the usual ones; those who chose their own are reminded by them alone. Own leads are of different
    people, and what is past for one is the next for another, so each of them stands until the start; which of one
    person's is the last is decided when it is sent. One message leaves every `interval`: what takes long begins
    early enough that the last person is told in time. At most `AT_ONCE` are written, so that nobody waits long for the
    database: another call writes more.
    """
    planned = 0
    for webinar, due, audience in _rounds(session, leads, interval, now):
        plan = _reminder(webinar, due)
        new = deliveries.plan_for(session, plan, audience, now, at_most=AT_ONCE - planned)
        if new and (early := webinar.starts_at - due.lead - due.due_at):
            _log.info("%d reminders begin %s early, so that the last is sent in time", new, early)
        planned += new
        if planned == AT_ONCE:
            break
    return planned


def fall_due(session: Session, leads: Sequence[timedelta], *, interval: timedelta, now: datetime) -> bool:
    """Whether there are reminders to write: a question that keeps nobody waiting."""
    return any(
        deliveries.misses_anybody(session, _reminder(webinar, due), audience)
        for webinar, due, audience in _rounds(session, leads, interval, now)
    )


def _rounds(
    session: Session, leads: Sequence[timedelta], interval: timedelta, now: datetime
) -> Iterator[tuple[Webinar, DueLead, Audience]]:
    """What falls due, and who is to be reminded of it."""
    horizon = now + PLAN_AHEAD + max([*leads, preferences.longest_lead(session)])
    coming = webinars.starting(session, after=now, until=horizon + _LONGEST_RUN)
    begin = beginnings(session, coming, leads, interval=interval, now=now)
    for webinar in coming:
        for due in _due(webinar, leads, now, begin):
            yield webinar, due, audiences.seated_on_usual_leads(webinar.id, settled_by=webinar.starts_at - due.lead)
        key, shortest = _reminder_key(webinar), webinar.starts_at - now - PLAN_AHEAD
        for lead in preferences.leads_to_plan(session, webinar.id, key, shortest):
            for due in _due(webinar, [lead], now, {}):
                yield webinar, due, audiences.seated_on_own_lead(webinar.id, lead, settled_by=due.due_at)


def beginnings(
    session: Session, coming: Sequence[Webinar], leads: Sequence[timedelta], *, interval: timedelta, now: datetime
) -> Beginnings:
    """When to begin with what is due later; of what is due already the order alone can be chosen."""
    seats = registrations.count_by_status(session, [webinar.id for webinar in coming])
    later = [
        (webinar.id, due)
        for webinar in coming
        for due in all_leads(webinar.starts_at, leads)
        if due.due_at > now and webinar.id in seats
    ]
    loads = [Load(due.due_at, seats[webinar_id].registered) for webinar_id, due in later]
    found = pacing.beginnings(loads, interval)
    return {(webinar_id, due.lead): at for (webinar_id, due), at in zip(later, found, strict=True) if at < due.due_at}


def _due(webinar: Webinar, leads: Sequence[timedelta], now: datetime, begin: Beginnings) -> Iterator[DueLead]:
    """The leads to plan now, but for those that a move put into the past: of the move everybody is told.

    The last stays all the same: the way in must come.
    """
    for due in all_leads(webinar.starts_at, leads):
        at = begin.get((webinar.id, due.lead), due.due_at)
        is_last = due.expires_at == webinar.starts_at
        if at > now + PLAN_AHEAD or now >= due.expires_at:
            continue
        if webinar.moved_at is None or due.due_at > webinar.moved_at or is_last:
            yield replace(due, due_at=at)


def _reminder(webinar: Webinar, due: DueLead) -> deliveries.Plan:
    lead = int(due.lead.total_seconds())
    return deliveries.Plan(
        kind=DeliveryKind.REMINDER,
        webinar_id=webinar.id,
        about={"lead": lead, "starts_at": int(webinar.starts_at.timestamp())},
        key=f"{_reminder_key(webinar)}:{lead}",
        due_at=due.due_at,
        expires_at=due.expires_at,
        priority=_priority(due.lead),
    )


def _reminder_key(webinar: Webinar) -> str:
    return f"reminder:{webinar.id}:{int(webinar.starts_at.timestamp())}"


def _priority(lead: timedelta) -> Priority:
    """What begins sooner goes first."""
    if lead <= _SOON:
        return Priority.STARTS_SOON
    return Priority.STARTS_TODAY if lead <= _TODAY else Priority.REMINDER


def holds(delivery: Delivery, webinar: Webinar, leads: Sequence[timedelta], now: datetime) -> bool:
    """For this start, wanted, and not overtaken by a later reminder that is due too.

    Nor one that a move put into the past, if a later one is to come: of the move they are told.
    """
    lead = timedelta(seconds=delivery.about["lead"])
    later = [webinar.starts_at - shorter for shorter in leads if shorter < lead]
    overtaken = any(due_at <= now for due_at in later)
    passed_over = webinar.moved_at is not None and webinar.starts_at - lead <= webinar.moved_at and bool(later)
    return (
        delivery.about["starts_at"] == int(webinar.starts_at.timestamp())
        and lead in leads
        and not overtaken
        and not passed_over
    )
