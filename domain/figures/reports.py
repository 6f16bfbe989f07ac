"""A report to take away: the numbers of a period, and the names of those whom the person may see anyway."""

from dataclasses import dataclass
from datetime import datetime

from domain import access, audit
from domain.audit import Action
from domain.figures import numbers
from domain.figures.numbers import Figures
from domain.figures.periods import Period
from storage import RegistrationStatus, Session, registrants, webinars
from storage.registrants import Registrant


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody with a seat in a webinar."""

    webinar: str
    starts_at: datetime
    timezone: str
    who: Registrant


@dataclass(frozen=True, slots=True)
class Report:
    """`people` are those of webinars that the person may change, and of no others."""

    figures: Figures
    people: tuple[Participant, ...]


def report(
    session: Session, person_id: int, partnership_id: str | None, period: Period, *, timezone: str, now: datetime
) -> Report:
    """Every organiser has all numbers; names only of their own partnerships' webinars. Taking it is written down."""
    figures = numbers.over(session, person_id, partnership_id, period, timezone=timezone, now=now)
    people = tuple(found for held in figures.held for found in _own(session, person_id, held.code))
    taken = {"form": "report", "period": period.code, "people": len(people)}
    audit.record(
        session,
        person_id,
        Action.EXPORTED,
        partnership_id=partnership_id,
        subject=figures.subject,
        after=taken,
        now=now,
    )
    return Report(figures, people)


def _own(session: Session, person_id: int, code: str) -> list[Participant]:
    webinar = webinars.by_code(session, code)
    if webinar is None or not access.may_edit(session, person_id, webinar):
        return []
    return [
        Participant(webinar.title, webinar.starts_at, webinar.timezone, who)
        for who in registrants.of_webinar(session, webinar.id)
        if who.status is RegistrationStatus.REGISTERED
    ]
