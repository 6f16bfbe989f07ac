"""A webinar as search engines read it: schema.org's Event, as JSON-LD."""

from typing import Any
from zoneinfo import ZoneInfo

from domain.programme import Page
from storage import WebinarStatus

_STATUS = {
    WebinarStatus.PUBLISHED: "https://schema.org/EventScheduled",
    WebinarStatus.CANCELLED: "https://schema.org/EventCancelled",
}


def event(page: Page, address: str, picture: str) -> dict[str, Any]:
    """Where it takes place is our page: the link to join is for those who have a seat."""
    card, zone = page.card, ZoneInfo(page.card.timezone)
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": card.title,
        "url": address,
        "image": picture,
        "startDate": card.starts_at.astimezone(zone).isoformat(),
        "endDate": card.ends_at.astimezone(zone).isoformat(),
        "eventStatus": _STATUS[card.status],
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": address},
        "inLanguage": card.language,
        "organizer": [{"@type": "Organization", "name": host.name} for host in page.hosts],
    }
    if card.description:
        found["description"] = card.description
    if names := speakers(page):
        found["performer"] = [{"@type": "Person", "name": name} for name in names]
    if card.capacity is not None:
        found["maximumVirtualAttendeeCapacity"] = card.capacity
    return found


def speakers(page: Page) -> list[str]:
    """Each once, in the order of the agenda."""
    return list(dict.fromkeys(line.speaker for line in page.card.agenda if line.speaker))
