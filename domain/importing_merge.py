"""Three-way: what the file said before, what it says now, and what stands in the webinar or the draft."""

from collections.abc import Mapping
from typing import Any

from domain.details import Detail
from domain.importing_values import Event

Said = Mapping[str, Any]
"""What a file says of an event, by field, as JSON values."""

WHEN, CANCELLED = "when", "cancelled"


def said(event: Event, topic_ids: tuple[str, ...]) -> dict[str, Any]:
    """Only what the file does say: what is missing from it changes nothing."""
    values = {
        WHEN: [event.local_start.isoformat(), event.timezone],
        CANCELLED: event.cancelled,
        Detail.TITLE.value: event.title,
        Detail.DESCRIPTION.value: event.description,
        Detail.DURATION.value: event.duration_minutes,
        Detail.JOIN_URL.value: event.join_url,
        Detail.LANGUAGE.value: event.language,
        Detail.CAPACITY.value: event.capacity,
        Detail.TOPICS.value: sorted(topic_ids),
    }
    return {field: value for field, value in values.items() if value not in (None, "", [])}


def news(before: Said, now: Said) -> dict[str, Any]:
    """What the file says otherwise than it did. Of one that is cancelled nothing else counts.

    Whatever the file did not change is the organisers': it stays as they left it.
    """
    if now[CANCELLED]:
        return {} if before.get(CANCELLED) else {CANCELLED: True}
    return {field: value for field, value in now.items() if before.get(field) != value}


def remembered(before: Said, now: Said) -> dict[str, Any]:
    """What to hold the next import against."""
    return {**before, **news(before, now)}
