"""A meeting of organisers, every word of which can be told from all others."""

from typing import Any

from storage import Circle, Session
from tests.factories import add_webinar

CODE = "numbat22"
MARK = "numbat"
"""Is in its title, code, uid, link and words, and nowhere else."""

WORD = "quokka"
"""Is in its title too: what somebody may look for, which an answer repeats."""


def add_meeting(session: Session, **changes: Any) -> int:
    """By the first host and about the first topic that there are in tests, beside their webinars."""
    values: dict[str, Any] = {
        "code": CODE,
        "uid": f"{MARK}@example.org",
        "title": f"Our {WORD} {MARK}",
        "description": f"What we do about the {MARK}.",
        "join_url": f"https://meet.example.org/{MARK}",
        "circle": Circle.ORGANISERS,
        "hosts": ["alpha"],
        "topics": ["china", "food"],
        "language": "fr",
    }
    return add_webinar(session, **values | changes)
