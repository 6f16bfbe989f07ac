"""What a poll says to whoever made it: who can when, the best time first. One tap makes the meeting of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain import access, audit, cards, planning, publishing, registration
from domain.audit import Action
from domain.cards import Card
from domain.draft_fields import Fields, ForWhom
from domain.errors import ConvokeError
from domain.meetings import ballots
from domain.meetings.ballots import Line, PollNotFoundError
from domain.reading.when import WhenError, WhenFault
from storage import Poll, PollSlot, Session, Vote, meetings, people, webinars


class NotMakerError(ConvokeError):
    """Somebody else made the poll."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Who can come to one time: names, in the order in which they said so."""

    slot_id: int
    starts_at: datetime
    yes: tuple[str, ...]
    if_need_be: tuple[str, ...]
    no: tuple[str, ...]
    past: bool

    @property
    def can(self) -> int:
        return len(self.yes) + len(self.if_need_be)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`standings` have the best time first. `silent` counts the organisers who were asked and have said nothing."""

    code: str
    title: str
    timezone: str
    standings: tuple[Standing, ...]
    silent: int
    closed: bool
    meeting: Card | None


def rank(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """The time to which most can come is the best; of equals that to which most come gladly, then the sooner.

    What is past comes last.
    """
    return tuple(sorted(standings, key=lambda each: (each.past, -each.can, -len(each.yes), each.starts_at)))


def show(session: Session, code: str, person_id: int, *, now: datetime) -> Outcome:
    return _outcome(session, _own(session, code, person_id), person_id, now)


def of_slot(session: Session, slot_id: int, person_id: int, *, now: datetime) -> Outcome:
    """Of the poll that this time is in."""
    slot = meetings.slot(session, slot_id)
    if slot is None:
        raise PollNotFoundError
    return show(session, meetings.get(session, slot.poll_id).code, person_id, now=now)


def decide(session: Session, slot_id: int, person_id: int, *, now: datetime) -> Card:
    """Make it the meeting. Who said yes is seated at once, and all who were asked are called, each once.

    Again, or after somebody else was quicker, it is the meeting that there is. Raises WhenError for a time that has
    passed.
    """
    slot = meetings.slot(session, slot_id)
    if slot is None:
        raise PollNotFoundError
    poll = meetings.lock(session, slot.poll_id)
    _require(session, poll, person_id)
    if poll.webinar_id is not None:
        return cards.card(session, webinars.get(session, poll.webinar_id), person_id, now=now)
    if poll.closed_at is not None or slot.starts_at <= now:
        raise WhenError(WhenFault.PAST, "")
    asked = [each.id for each in meetings.partnerships(session, poll.id)]
    webinar = publishing.create(session, person_id, _fields(session, poll, slot, asked, person_id), call=False, now=now)
    for voter_id in _gladly(session, poll, slot):
        registration.register(session, webinar.code, voter_id, now=now)
    poll.webinar_id, poll.closed_at = webinar.id, now
    meetings.save(session, poll)
    audit.record(session, person_id, Action.POLL_DECIDED, webinar=webinar, now=now)
    planning.call(session, webinar, asked, but=[person_id], poll_id=poll.id, due_at=now, now=now)
    return cards.card(session, webinar, person_id, now=now)


def close(session: Session, code: str, person_id: int, *, now: datetime) -> Outcome:
    """End it without a meeting."""
    poll = meetings.lock(session, _own(session, code, person_id).id)
    if poll.closed_at is None:
        poll.closed_at = now
        meetings.save(session, poll)
        audit.record(session, person_id, Action.POLL_CLOSED, subject=poll.title, now=now)
    return _outcome(session, poll, person_id, now)


def _own(session: Session, code: str, person_id: int) -> Poll:
    poll = meetings.by_code(session, code)
    if poll is None:
        raise PollNotFoundError
    _require(session, poll, person_id)
    return poll


def _require(session: Session, poll: Poll, person_id: int) -> None:
    """Whoever made it, as long as they are an organiser, and administrators."""
    ballots.require(session, poll, person_id)
    if poll.created_by != person_id and not access.is_admin(session, person_id):
        raise NotMakerError


def _fields(session: Session, poll: Poll, slot: PollSlot, asked: list[str], person_id: int) -> Fields:
    return Fields(
        title=poll.title,
        description=poll.text,
        hosts=_hosts(session, asked, person_id),
        local_start=slot.local_start,
        timezone=poll.timezone,
        duration_minutes=poll.duration_minutes,
        join_url=poll.join_url,
        for_whom=ForWhom.HOSTS,
    )


def _hosts(session: Session, asked: list[str], person_id: int) -> tuple[str, ...]:
    """Their own partnerships call it: of those that were asked whose team they are in, else whom they may act for."""
    mine = access.partnerships(session, person_id)
    teams = {role.partnership_id for role in people.roles(session, person_id)} & mine
    chosen = (tuple(each for each in asked if each in among) for among in (teams, mine))
    return next(filter(None, chosen), tuple(sorted(mine)))


def _gladly(session: Session, poll: Poll, slot: PollSlot) -> list[int]:
    said = meetings.votes(session, poll.id)
    return [person.id for vote, person in said if vote.slot_id == slot.id and vote.vote is Vote.YES]


def _outcome(session: Session, poll: Poll, person_id: int, now: datetime) -> Outcome:
    said = [(vote.slot_id, vote.vote, person.name) for vote, person in meetings.votes(session, poll.id)]
    seen = ballots.ballot(session, poll, person_id, now=now)
    return Outcome(
        code=poll.code,
        title=poll.title,
        timezone=seen.timezone,
        standings=rank(_standing(line, said) for line in seen.lines),
        silent=meetings.count_silent(session, poll.id),
        closed=seen.closed,
        meeting=seen.meeting,
    )


def _standing(line: Line, said: Sequence[tuple[int, Vote, str]]) -> Standing:
    def names(vote: Vote) -> tuple[str, ...]:
        return tuple(name for slot_id, each, name in said if (slot_id, each) == (line.slot_id, vote))

    return Standing(line.slot_id, line.starts_at, names(Vote.YES), names(Vote.IF_NEED_BE), names(Vote.NO), line.past)
