"""What organisers say to the times of a poll, each for themselves, one tap a time."""

from dataclasses import dataclass
from datetime import datetime

from domain import access, cards
from domain.cards import Card
from domain.errors import ConvokeError
from storage import Poll, PollSlot, Session, Vote, circles, meetings, people, webinars


class PollNotFoundError(ConvokeError):
    """There is no such poll, or it is not asked of this person."""


@dataclass(frozen=True, slots=True)
class Line:
    """One time. `can` counts those who can come, also if need be; what is `past` can't be chosen any more."""

    slot_id: int
    starts_at: datetime
    mine: Vote | None
    can: int
    past: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """A poll as one of those sees it who are asked. `maker` is a name, empty for somebody who has left.

    `timezone` (IANA) is the reader's, or that of whoever asks. `closed`: nothing can be said any more; `meeting` is
    what it became.
    """

    code: str
    title: str
    text: str
    minutes: int
    timezone: str
    maker: str
    lines: tuple[Line, ...]
    closed: bool
    mine: bool
    meeting: Card | None


def look(session: Session, code: str, person_id: int, *, now: datetime) -> Ballot:
    poll = meetings.by_code(session, code)
    if poll is None:
        raise PollNotFoundError
    require(session, poll, person_id)
    return ballot(session, poll, person_id, now=now)


def vote(session: Session, slot_id: int, person_id: int, vote: Vote | None, *, now: datetime) -> Ballot:
    """Say it for one time, or otherwise than before. What is past or closed stays as it is; None is no answer."""
    slot = meetings.slot(session, slot_id)
    if slot is None:
        raise PollNotFoundError
    poll = meetings.lock(session, slot.poll_id)
    require(session, poll, person_id)
    if vote and slot.starts_at > now and not is_closed(session, poll, now):
        meetings.vote(session, slot.id, person_id, vote, now)
    return ballot(session, poll, person_id, now=now)


def require(session: Session, poll: Poll, person_id: int) -> None:
    """Whoever made it, and the organisers of those that are asked. Nobody else learns that there is one."""
    if not may_vote(session, poll, person_id):
        raise PollNotFoundError


def may_vote(session: Session, poll: Poll, person_id: int) -> bool:
    if poll.opened_at is None or not circles.is_organiser(session, person_id):
        return False
    asked = {each.id for each in meetings.partnerships(session, poll.id)}
    return poll.created_by == person_id or bool(asked & access.partnerships(session, person_id))


def is_closed(session: Session, poll: Poll, now: datetime) -> bool:
    """Also when there is no time left to choose."""
    return poll.closed_at is not None or _last(meetings.slots(session, poll.id)) <= now


def ballot(session: Session, poll: Poll, person_id: int, *, now: datetime) -> Ballot:
    votes = meetings.votes(session, poll.id)
    mine = {vote.slot_id: vote.vote for vote, person in votes if person.id == person_id}
    can = [vote.slot_id for vote, _ in votes if vote.vote is not Vote.NO]
    slots = meetings.slots(session, poll.id)
    maker = people.get(session, poll.created_by).name if poll.created_by else ""
    meeting = webinars.get(session, poll.webinar_id) if poll.webinar_id else None
    return Ballot(
        code=poll.code,
        title=poll.title,
        text=poll.text,
        minutes=poll.duration_minutes,
        timezone=people.get(session, person_id).timezone or poll.timezone,
        maker=maker,
        lines=tuple(
            Line(slot.id, slot.starts_at, mine.get(slot.id), can.count(slot.id), slot.starts_at <= now)
            for slot in slots
        ),
        closed=is_closed(session, poll, now),
        mine=poll.created_by == person_id,
        meeting=cards.card(session, meeting, person_id, now=now) if meeting else None,
    )


def _last(slots: list[PollSlot]) -> datetime:
    return slots[-1].starts_at
