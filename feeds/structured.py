"""A webinar as search engines read it: schema.org's Event, as JSON-LD."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from domain.cards import Card
from domain.programme import Page
from storage import WebinarStatus


@dataclass(frozen=True, slots=True)
class Around:
    """What a page is surrounded by: full addresses, `hosts` by the partnership's id, and words of its language."""

    address: str
    picture: str
    hosts: Mapping[str, str]
    summary: str
    topics: tuple[str, ...]


def event(page: Page, around: Around) -> dict[str, Any]:
    """Where it takes place is our page: the link to join is for those who have a seat."""
    card, zone = page.card, ZoneInfo(page.card.timezone)
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": card.title,
        "description": card.description or around.summary,
        "url": around.address,
        "image": around.picture,
        "startDate": card.starts_at.astimezone(zone).isoformat(),
        "endDate": card.ends_at.astimezone(zone).isoformat(),
        "eventStatus": f"https://schema.org/{_status(page)}",
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": around.address},
        "inLanguage": card.language,
        "organizer": [
            {"@type": "Organization", "name": host.name, "url": around.hosts[host.id]} for host in page.hosts
        ],
    }
    if page.earlier_starts:
        found["previousStartDate"] = [start.astimezone(zone).isoformat() for start in page.earlier_starts]
    if names := speakers(page):
        found["performer"] = [{"@type": "Person", "name": name} for name in names]
    if around.topics:
        found["keywords"] = list(around.topics)
    if card.capacity is not None:
        found["maximumVirtualAttendeeCapacity"] = card.capacity
    if card.open:
        if card.seats_left is not None:
            found["remainingAttendeeCapacity"] = card.seats_left
        found["offers"] = _seat(card, page.posted_at.astimezone(zone).isoformat(), around.address)
    return found


def _status(page: Page) -> str:
    if page.card.status is WebinarStatus.CANCELLED:
        return "EventCancelled"
    return "EventRescheduled" if page.earlier_starts else "EventScheduled"


def _seat(card: Card, posted: str, address: str) -> dict[str, Any]:
    """We take no money for one, and have no place where anybody could ask for it."""
    return {
        "@type": "Offer",
        "url": address,
        "price": 0,
        "priceCurrency": "EUR",
        "availability": f"https://schema.org/{'SoldOut' if card.seats_left == 0 else 'InStock'}",
        "validFrom": posted,
    }


def speakers(page: Page) -> list[str]:
    """Each once, in the order of the agenda."""
    return list(dict.fromkeys(line.speaker for line in page.card.agenda if line.speaker))
