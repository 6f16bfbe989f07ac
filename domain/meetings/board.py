"""What organisers see of their meetings: those that are planned."""

from dataclasses import dataclass
from datetime import datetime

from domain import access, drafts, listing, shelf
from domain.drafts import DraftView, ForWhom
from domain.listing import Page
from storage import Session, webinars


@dataclass(frozen=True, slots=True)
class Board:
    """A page of the meetings that are not over, cancelled ones too, soonest first."""

    page: Page


def show(session: Session, person_id: int, number: int, *, now: datetime) -> Board:
    access.require_organiser(session, person_id)
    found = webinars.meetings_not_over(session, now, person_id)
    return Board(listing.page(session, found, person_id, number, now=now))


def begin(session: Session, person_id: int, *, timezone: str, now: datetime) -> DraftView:
    """A new draft that is a meeting, beside the one that is open, which waits."""
    access.require_organiser(session, person_id)
    shelf.start_another(session, person_id, timezone=timezone, now=now)
    return drafts.choose_for_whom(session, person_id, ForWhom.ORGANISERS, now=now)
