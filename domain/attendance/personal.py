"""What we know of where somebody was: handed over to them. The rows stay when they are erased: they count."""

from typing import Any

from domain.stamps import stamp
from storage import Session, attendance, circles, webinars


def export(session: Session, person_id: int) -> list[dict[str, Any]]:
    """A meeting that they may not know of any more has no title."""
    return [
        {
            "webinar": webinar.title if circles.may_know(session, webinar, person_id) else None,
            "first_came": stamp(row.first_at),
            "last_came": stamp(row.last_at),
            "you_said_so": row.said,
        }
        for row in attendance.of_person(session, person_id)
        for webinar in [webinars.get(session, row.webinar_id)]
    ]
