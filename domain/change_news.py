"""That a webinar is not as people knew it: what is different, told once and only as long as it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain import details
from domain.attendance import copies
from domain.cards import Card
from domain.details import Detail
from domain.withholding import withhold
from storage import Delivery, RegistrationStatus, Session, Webinar
from storage import details as detail_rows


@dataclass(frozen=True, slots=True)
class Changed:
    """`old` has the values that people knew, by field; topics are named.

    `join_url` is the new way in, for those with a seat who may still have the old one.
    """

    card: Card
    old: dict[Detail, Any]
    join_url: str | None


def holds(session: Session, delivery: Delivery, webinar: Webinar, status: RegistrationStatus, *, now: datetime) -> bool:
    return bool(_differing(session, delivery, webinar, status, now))


def compose(session: Session, delivery: Delivery, webinar: Webinar, card: Card, *, now: datetime) -> Changed:
    """Who waits reads no link, not even in a title."""
    seated = card.my_status is RegistrationStatus.REGISTERED
    old = _differing(session, delivery, webinar, card.my_status, now)
    if Detail.TOPICS in old:
        old[Detail.TOPICS] = detail_rows.topic_names(session, old[Detail.TOPICS])
    if Detail.TITLE in old and not seated:
        for link in (webinar.join_url, delivery.about["before"].get(Detail.JOIN_URL, webinar.join_url)):
            old[Detail.TITLE] = withhold(old[Detail.TITLE], link)
    return Changed(card, old, webinar.join_url if Detail.JOIN_URL in old else None)


def _differing(
    session: Session, delivery: Delivery, webinar: Webinar, status: RegistrationStatus | None, now: datetime
) -> dict[Detail, Any]:
    """What they knew that is not so any more. The link is of those who have a seat, and may have it at all."""
    before: dict[str, Any] = delivery.about["before"]
    present = details.of(session, webinar)
    old = {detail: before[detail] for detail in Detail if detail in before and before[detail] != present[detail]}
    if Detail.JOIN_URL in old:
        seated = status is RegistrationStatus.REGISTERED
        if not seated or not copies.may_hold(session, webinar, delivery.person_id, now=now):
            del old[Detail.JOIN_URL]
    return old
