"""What `Join now` leads to: the room while it is open, else why not and what there is instead."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain import cards, programme
from domain.cards import JOINABLE_BEFORE, Card
from domain.errors import ConvokeError
from storage import (
    Circle,
    RegistrationStatus,
    Session,
    Webinar,
    WebinarStatus,
    attendance,
    circles,
    people,
    registrations,
    webinars,
)


class State(StrEnum):
    EARLY = "early"
    OPEN = "open"
    OVER = "over"
    CANCELLED = "cancelled"
    IN_LINE = "in_line"
    NO_SEAT = "no_seat"


class NoDoorError(ConvokeError):
    """The link is of nobody any more, or what it led to is not theirs to see."""


@dataclass(frozen=True, slots=True)
class Door:
    """The webinar as the person sees it. `timezone` (IANA) is theirs, if they have said where they are.

    `join_url` is set only while it is open to them. `old_start` is when it was to be before it was moved. What is
    `public` has a page and a calendar entry that everybody can read.
    """

    state: State
    card: Card
    timezone: str | None
    public: bool
    join_url: str | None = None
    old_start: datetime | None = None


def state_of(webinar: Webinar, status: RegistrationStatus | None, *, now: datetime) -> State:
    """For somebody with this place in it. What is over is over for everybody."""
    if webinar.status is WebinarStatus.CANCELLED:
        return State.CANCELLED
    if now >= webinar.ends_at:
        return State.OVER
    if status is not RegistrationStatus.REGISTERED:
        return State.IN_LINE if status is RegistrationStatus.WAITLISTED else State.NO_SEAT
    return State.OPEN if now >= webinar.starts_at - JOINABLE_BEFORE else State.EARLY


def look(session: Session, person_id: int, webinar_id: int, *, now: datetime) -> Door:
    """What is behind somebody's link at this moment. Raises NoDoorError."""
    person, webinar = people.by_id(session, person_id), webinars.by_id(session, webinar_id)
    if person is None or webinar is None or person.erased_at is not None:
        raise NoDoorError
    public = webinar.circle is Circle.EVERYBODY
    if not circles.may_know(session, webinar, person_id):
        raise NoDoorError
    registration = registrations.find(session, webinar_id, person_id)
    state = state_of(webinar, registration.status if registration else None, now=now)
    card = cards.card(session, webinar, person_id, now=now)
    if card.my_status is not RegistrationStatus.REGISTERED:
        card = programme.without_the_way_in(webinar, card)
    earlier = programme.earlier_starts(session, webinar) if state is State.EARLY else ()
    return Door(
        state,
        card,
        person.timezone,
        public,
        webinar.join_url if state is State.OPEN else None,
        next(iter(earlier), None),
    )


def enter(session: Session, person_id: int, webinar_id: int, *, now: datetime) -> Door:
    """The same for somebody who goes in: while it is open they have come. Doing it again changes only the last time."""
    door = look(session, person_id, webinar_id, now=now)
    if door.state is State.OPEN:
        attendance.note(session, webinar_id, person_id, now)
    return door
