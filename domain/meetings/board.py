"""What organisers see of their meetings: those that are planned, and polls about when to have others."""

from dataclasses import dataclass
from datetime import datetime

from domain import access, drafts, listing, shelf
from domain.drafts import DraftView, ForWhom
from domain.listing import Page
from storage import Poll, Session, meetings, webinars


@dataclass(frozen=True, slots=True)
class OpenPoll:
    """`mine`: the person made it. `answered`: they have said something."""

    code: str
    title: str
    mine: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class Board:
    """A page of the meetings that are not over, cancelled ones too, soonest first.

    `polls` are those in which the person may say something, or which they made; `writing`: they are writing one.
    """

    page: Page
    polls: tuple[OpenPoll, ...] = ()
    writing: bool = False


def show(session: Session, person_id: int, number: int, *, now: datetime) -> Board:
    access.require_organiser(session, person_id)
    found = webinars.meetings_not_over(session, now, person_id)
    polls = meetings.asked_of(session, person_id, access.partnerships(session, person_id), now)
    return Board(
        listing.page(session, found, person_id, number, now=now),
        tuple(_open(session, poll, person_id) for poll in polls),
        meetings.being_written(session, person_id) is not None,
    )


def _open(session: Session, poll: Poll, person_id: int) -> OpenPoll:
    answered = meetings.has_voted(session, poll.id, person_id)
    return OpenPoll(poll.code, poll.title, poll.created_by == person_id, answered)


def begin(session: Session, person_id: int, *, timezone: str, now: datetime) -> DraftView:
    """A new draft that is a meeting, beside the one that is open, which waits."""
    access.require_organiser(session, person_id)
    shelf.start_another(session, person_id, timezone=timezone, now=now)
    return drafts.choose_for_whom(session, person_id, ForWhom.ORGANISERS, now=now)
