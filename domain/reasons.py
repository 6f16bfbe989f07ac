"""Why somebody was told something: which rule caused a message, when it was due, sent and tried."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import Delivery, DeliveryKind, Session, circles, deliveries, meetings, webinars


@dataclass(frozen=True, slots=True)
class Reason:
    """`webinar` is a title, also of a poll; empty if it was about none, or about what the person may know no more.

    `lead` is a reminder's; `sent_at` is None if nobody knows.
    """

    kind: DeliveryKind
    webinar: str
    lead: timedelta | None
    due_at: datetime
    sent_at: datetime | None
    attempts: int


def why(session: Session, person_id: int, message_id: int | None) -> Reason | None:
    """Of the message with this id in the person's own chat; without an id, of the last one. Nothing: none of ours."""
    row = deliveries.sent_as(session, person_id, message_id)
    return None if row is None else _reason(session, row)


def _reason(session: Session, row: Delivery) -> Reason:
    lead = timedelta(seconds=row.about["lead"]) if row.kind is DeliveryKind.REMINDER else None
    return Reason(row.kind, _title(session, row), lead, row.due_at, row.settled_at, row.attempts)


def _title(session: Session, row: Delivery) -> str:
    if row.kind is DeliveryKind.POLL_ASKED:
        known = circles.is_organiser(session, row.person_id)
        return meetings.get(session, row.about["poll"]).title if known else ""
    if row.webinar_id is None:
        return ""
    webinar = webinars.get(session, row.webinar_id)
    return webinar.title if circles.may_know(session, webinar, row.person_id) else ""
