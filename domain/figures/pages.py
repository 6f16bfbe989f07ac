"""The webinars that were counted, one by one: whose numbers somebody may look at."""

from dataclasses import dataclass
from datetime import datetime

from domain.figures import numbers
from domain.figures.numbers import Held
from domain.figures.periods import Period
from storage import Session

PAGE_SIZE = 5


@dataclass(frozen=True, slots=True)
class HeldPage:
    """Latest first. `number` counts from 1; `subject` is a partnership's short name, empty for all of them."""

    subject: str
    held: tuple[Held, ...]
    number: int
    pages: int


def page(
    session: Session,
    person_id: int,
    partnership_id: str | None,
    period: Period,
    number: int,
    *,
    timezone: str,
    now: datetime,
) -> HeldPage:
    """A page of those that a partnership hosted in a period, or of all. A number beyond the last shows the last."""
    found = numbers.over(session, person_id, partnership_id, period, timezone=timezone, now=now)
    pages = max(1, -(-len(found.held) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    latest = found.held[::-1]
    return HeldPage(found.subject, latest[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, pages)
