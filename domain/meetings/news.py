"""What organisers are told of meetings: whom to ask, whether it still holds, whether it can wait, what it says."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain import cards
from domain.cards import Card
from domain.meetings import ballots
from domain.meetings.ballots import Ballot
from domain.planning import Priority
from storage import (
    Delivery,
    DeliveryKind,
    Person,
    Poll,
    RegistrationStatus,
    Session,
    Webinar,
    WebinarStatus,
    audiences,
    deliveries,
    meetings,
    registrations,
    webinars,
)

KINDS = frozenset({DeliveryKind.MEETING_CALLED, DeliveryKind.POLL_ASKED})

_DAY = timedelta(days=1)
_CHANGED = ("old_start", "old_status")


@dataclass(frozen=True, slots=True)
class MeetingCalled:
    """There is a meeting, to which the reader may come; or there is none after all. `card` is as they see it.

    `poll_message` is the message in which they could choose the time, which is over. `old_start` is when it was to be
    when they were called before.
    """

    card: Card
    poll_message: int | None = None
    old_start: datetime | None = None


@dataclass(frozen=True, slots=True)
class PollAsked:
    """When could they come to a meeting."""

    ballot: Ballot


def ask(session: Session, poll: Poll, partnership_ids: Collection[str], maker_id: int, *, now: datetime) -> int:
    """Ask the organisers of these partnerships, but for whoever made the poll, each once. Returns how many."""
    plan = deliveries.Plan(
        kind=DeliveryKind.POLL_ASKED,
        webinar_id=None,
        about={"poll": poll.id},
        key=_key(poll.id),
        due_at=now,
        expires_at=meetings.slots(session, poll.id)[-1].starts_at,
        priority=Priority.CHANGE,
    )
    return deliveries.plan_for(session, plan, audiences.team(partnership_ids, but=[maker_id]), now)


def holds(session: Session, delivery: Delivery, person: Person, *, now: datetime) -> bool:
    """Whether they can still answer, and have not yet.

    Who could choose the time is told what was chosen, also if they are seated since.
    """
    if delivery.kind is DeliveryKind.POLL_ASKED:
        poll = meetings.get(session, delivery.about["poll"])
        open_to_them = ballots.may_vote(session, poll, person.id) and not ballots.is_closed(session, poll, now)
        return open_to_them and not meetings.has_voted(session, poll.id, person.id)
    webinar = _webinar(session, delivery)
    mine = registrations.find(session, webinar.id, person.id)
    known = _known(session, delivery)
    if webinar.status is WebinarStatus.CANCELLED:
        return mine is None and known.status is WebinarStatus.PUBLISHED and now < webinar.starts_at
    seated = mine is not None and mine.status is RegistrationStatus.REGISTERED and "poll" in delivery.about
    news = known.start != webinar.starts_at or known.status is WebinarStatus.CANCELLED
    return (mine is None or seated) and news and cards.card(session, webinar, person.id, now=now).open


def can_wait(webinar: Webinar | None, now: datetime) -> bool:
    """Whether it is of no hurry: on other days than that of the meeting and the one before; a poll always."""
    return webinar is None or now < webinar.starts_at - _DAY


def compose(session: Session, delivery: Delivery, person: Person, *, now: datetime) -> MeetingCalled | PollAsked:
    if delivery.kind is DeliveryKind.POLL_ASKED:
        poll = meetings.get(session, delivery.about["poll"])
        return PollAsked(ballots.ballot(session, poll, person.id, now=now))
    card = cards.card(session, _webinar(session, delivery), person.id, now=now)
    known = _known(session, delivery)
    asked = (
        deliveries.sent_by_key(session, f"{_key(delivery.about['poll'])}:{person.id}")
        if "poll" in delivery.about
        else None
    )
    told = {"told_start": int(card.starts_at.timestamp()), "told_status": card.status.value}
    delivery.about = delivery.about | told
    old_start = known.start if known.status is card.status else None
    return MeetingCalled(card, asked.message_id if asked else None, old_start)


@dataclass(frozen=True, slots=True)
class _Known:
    """What they were told last: nothing, whom nobody has called yet."""

    start: datetime | None = None
    status: WebinarStatus | None = None


def _known(session: Session, delivery: Delivery) -> _Known:
    """A first call tells no more than that there is a meeting: whatever they know of it."""
    if delivery.about.keys().isdisjoint(_CHANGED) or delivery.webinar_id is None:
        return _Known()
    sent = deliveries.last_sent(session, delivery.person_id, delivery.webinar_id, (DeliveryKind.MEETING_CALLED,))
    told = sent.about if sent else {}
    start = told.get("told_start") or delivery.about.get("old_start")
    status = WebinarStatus(told.get("told_status", WebinarStatus.PUBLISHED))
    return _Known(datetime.fromtimestamp(start, UTC) if start else None, status)


def _key(poll_id: int) -> str:
    return f"poll:{poll_id}"


def _webinar(session: Session, delivery: Delivery) -> Webinar:
    assert delivery.webinar_id is not None
    return webinars.get(session, delivery.webinar_id)
