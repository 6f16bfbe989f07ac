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
    audiences,
    deliveries,
    meetings,
    registrations,
    webinars,
)

KINDS = frozenset({DeliveryKind.MEETING_CALLED, DeliveryKind.POLL_ASKED})

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MeetingCalled:
    """There is a meeting, to which the reader may come. `card` is as they see it.

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
    seated = mine is not None and mine.status is RegistrationStatus.REGISTERED and "poll" in delivery.about
    news = _known_start(session, delivery) != webinar.starts_at
    return (mine is None or seated) and news and cards.card(session, webinar, person.id, now=now).open


def can_wait(webinar: Webinar | None, now: datetime) -> bool:
    """Whether it is of no hurry: on other days than that of the meeting and the one before; a poll always."""
    return webinar is None or now < webinar.starts_at - _DAY


def compose(session: Session, delivery: Delivery, person: Person, *, now: datetime) -> MeetingCalled | PollAsked:
    if delivery.kind is DeliveryKind.POLL_ASKED:
        poll = meetings.get(session, delivery.about["poll"])
        return PollAsked(ballots.ballot(session, poll, person.id, now=now))
    card = cards.card(session, _webinar(session, delivery), person.id, now=now)
    old_start = _known_start(session, delivery)
    asked = (
        deliveries.sent_by_key(session, f"{_key(delivery.about['poll'])}:{person.id}")
        if "poll" in delivery.about
        else None
    )
    delivery.about = delivery.about | {"told_start": int(card.starts_at.timestamp())}
    return MeetingCalled(card, asked.message_id if asked else None, old_start)


def _known_start(session: Session, delivery: Delivery) -> datetime | None:
    """When they were told last that it is; nothing for whom nobody has called yet."""
    if "old_start" not in delivery.about or delivery.webinar_id is None:
        return None
    told = deliveries.last_sent(session, delivery.person_id, delivery.webinar_id, (DeliveryKind.MEETING_CALLED,))
    start = told.about.get("told_start") if told else None
    return datetime.fromtimestamp(start or delivery.about["old_start"], UTC)


def _key(poll_id: int) -> str:
    return f"poll:{poll_id}"


def _webinar(session: Session, delivery: Delivery) -> Webinar:
    assert delivery.webinar_id is not None
    return webinars.get(session, delivery.webinar_id)
