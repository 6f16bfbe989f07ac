"""That a webinar is not as people knew it: what is different, told once and only as long as it is."""

from collections.abc import Mapping, Sequence
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


def gather(rows: Sequence[Delivery]) -> None:
    """Let the first, the oldest, say all that the person knew before these changes, and may have been told since."""
    before: dict[str, Any] = {}
    perhaps: dict[str, Any] = {}
    for row in reversed(rows):
        before |= row.about["before"]
        perhaps = row.about.get("perhaps", {}) | perhaps
    rows[0].about = {"before": before, "perhaps": perhaps}


def holds(session: Session, delivery: Delivery, webinar: Webinar, status: RegistrationStatus, *, now: datetime) -> bool:
    return bool(_differing(session, delivery, webinar, status, details.of(session, webinar), now))


def compose(session: Session, delivery: Delivery, webinar: Webinar, card: Card, *, now: datetime) -> Changed:
    """Who waits reads no link, not even in a title. What is told is noted: it may arrive without our learning of it."""
    seated = card.my_status is RegistrationStatus.REGISTERED
    present = details.of(session, webinar)
    old = _differing(session, delivery, webinar, card.my_status, present, now)
    delivery.about = delivery.about | {"told": {detail: present[detail] for detail in old}}
    if Detail.TOPICS in old:
        old[Detail.TOPICS] = detail_rows.topic_names(session, old[Detail.TOPICS])
    if Detail.TITLE in old and not seated:
        for link in (webinar.join_url, delivery.about["before"].get(Detail.JOIN_URL, webinar.join_url)):
            old[Detail.TITLE] = withhold(old[Detail.TITLE], link)
    return Changed(card, old, webinar.join_url if Detail.JOIN_URL in old else None)


def _differing(
    session: Session,
    delivery: Delivery,
    webinar: Webinar,
    status: RegistrationStatus | None,
    present: Mapping[str, Any],
    now: datetime,
) -> dict[Detail, Any]:
    """What they knew, or may have been told since, that is not so any more.

    The link is of those who have a seat, and may have it at all.
    """
    old: dict[Detail, Any] = {}
    for known in (delivery.about.get("perhaps", {}), delivery.about["before"]):
        old |= {detail: known[detail] for detail in Detail if detail in known and known[detail] != present[detail]}
    if Detail.JOIN_URL in old:
        seated = status is RegistrationStatus.REGISTERED
        if not seated or not copies.may_hold(session, webinar, delivery.person_id, now=now):
            del old[Detail.JOIN_URL]
    return old
