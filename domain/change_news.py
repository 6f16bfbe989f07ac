"""That a webinar is not as people knew it: what is different, told once and only as long as it is.

A message says how things are when it leaves, changes included that others will hear of later. So what somebody knows of
a detail is what the last message told them of it, and else what they saw before it was changed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain import details
from domain.attendance import copies
from domain.cards import Card
from domain.details import Detail
from domain.withholding import withhold
from storage import (
    Delivery,
    DeliveryKind,
    DeliveryState,
    Registration,
    RegistrationStatus,
    Session,
    Webinar,
    deliveries,
)
from storage import details as detail_rows

KINDS = frozenset({DeliveryKind.CHANGED})


@dataclass(frozen=True, slots=True)
class Changed:
    """`old` has the values that people knew, by field; topics are named.

    `join_url` is the new way in, for those with a seat who may still have the old one.
    """

    card: Card
    old: dict[Detail, Any]
    join_url: str | None


@dataclass(frozen=True, slots=True)
class _Told:
    """How these details were when a message left, after which change of the webinar."""

    webinar_sequence: int
    details: dict[str, Any]


def gather(rows: Sequence[Delivery]) -> None:
    """Let the first, the oldest, say all that the person knew before these changes, and may have been told since."""
    about: dict[str, Any] = {}
    before: dict[str, Any] = {}
    for row in reversed(rows):
        about = row.about | about
        before |= row.about["before"]
    rows[0].about = about | {"before": before}


def holds(session: Session, delivery: Delivery, webinar: Webinar, registration: Registration, *, now: datetime) -> bool:
    return bool(_differing(session, delivery, webinar, registration, details.of(session, webinar), now))


def compose(
    session: Session, delivery: Delivery, webinar: Webinar, registration: Registration, card: Card, *, now: datetime
) -> Changed:
    """Who waits reads no link, not even in a title. What is told is noted: what is told next goes on from there."""
    present = details.of(session, webinar)
    old = _differing(session, delivery, webinar, registration, present, now)
    told = [webinar.sequence, {detail: present[detail] for detail in old}]
    delivery.about = delivery.about | {"told": told}
    if Detail.TOPICS in old:
        old[Detail.TOPICS] = detail_rows.topic_names(session, old[Detail.TOPICS])
    if Detail.TITLE in old and registration.status is not RegistrationStatus.REGISTERED:
        _, perhaps = delivery.about.get("perhaps", (0, {}))
        for link in (webinar.join_url, *(known.get(Detail.JOIN_URL) for known in (delivery.about["before"], perhaps))):
            old[Detail.TITLE] = withhold(old[Detail.TITLE], link) if link else old[Detail.TITLE]
    return Changed(card, old, webinar.join_url if Detail.JOIN_URL in old else None)


def _differing(
    session: Session,
    delivery: Delivery,
    webinar: Webinar,
    registration: Registration,
    present: Mapping[str, Any],
    now: datetime,
) -> dict[Detail, Any]:
    """What they know, or may know, that is not so any more.

    The link is of those who have a seat, and may have it at all.
    """
    old: dict[Detail, Any] = {}
    sent = _told(deliveries.said(session, delivery, KINDS, DeliveryState.SENT), registration)
    doubtful = _told(deliveries.said(session, delivery, KINDS, DeliveryState.UNKNOWN), registration)
    doubtful += _told([delivery], registration, "perhaps")
    before = delivery.about["before"]
    for detail in (detail for detail in Detail if detail in before):
        beliefs = _beliefs(detail, before[detail], sent, doubtful)
        known = next((known for known in beliefs if known != present[detail]), None)
        if known is not None:
            old[detail] = known
    if Detail.JOIN_URL in old:
        seated = registration.status is RegistrationStatus.REGISTERED
        if not seated or not copies.may_hold(session, webinar, delivery.person_id, now=now):
            del old[Detail.JOIN_URL]
    return old


def _beliefs(detail: Detail, before: Any, sent: Sequence[_Told], doubtful: Sequence[_Told]) -> Iterator[Any]:
    """First what they surely know, then what may have arrived since: whoever sent it never learned of it."""
    of_it = (told for told in sent if detail in told.details)
    surely = max(of_it, key=lambda told: told.webinar_sequence, default=None)
    yield surely.details[detail] if surely else before
    for told in doubtful:
        if detail in told.details and (surely is None or told.webinar_sequence > surely.webinar_sequence):
            yield told.details[detail]


def _told(rows: Iterable[Delivery], registration: Registration, noted: str = "told") -> list[_Told]:
    """What these said, of those that came after the person."""
    found = [_Told(*row.about[noted]) for row in rows if noted in row.about]
    return [told for told in found if told.webinar_sequence > registration.seen_sequence]
