"""Who may have a copy of a join link that does not follow when the room changes.

Where the bot hands out redirects, hardly anybody has one: whoever took a calendar file, whose calendar app may not look
again before the start, or who has gone in and sits in the old room. Everybody else's button leads to the new room.
"""

from datetime import datetime, timedelta

from domain import calendar, fetches, installation
from domain.calendar import Snapshot
from storage import Circle, Session, Webinar, audiences, registrations
from storage.audiences import Audience

_SOON = timedelta(hours=48)
"""Apps in use look again within this time, and the calendar they fetch follows."""


def holders(session: Session, webinar: Webinar, *, before: int, now: datetime) -> Audience | None:
    """Those with a seat since before this change of the webinar who may have one. None: all of them.

    So it is where we hand out nothing else, and of meetings: every organiser's calendar has the link.
    """
    if not installation.redirects(session) or webinar.circle is Circle.ORGANISERS:
        return None
    apps_since = now - fetches.IN_USE if webinar.starts_at - now <= _SOON else None
    return audiences.holding_link(webinar.id, before=before, apps_since=apps_since)


def may_hold(session: Session, webinar: Webinar, person_id: int, *, now: datetime) -> bool:
    """Whether this person, who has a seat, may."""
    found = holders(session, webinar, before=webinar.sequence + 1, now=now)
    return found is None or audiences.includes(session, found, person_id)


def count(session: Session, webinar: Webinar, *, now: datetime) -> int | None:
    """How many may. None: all who have a seat."""
    found = holders(session, webinar, before=webinar.sequence + 1, now=now)
    return None if found is None else audiences.size(session, found)


def take_away(session: Session, code: str, person_id: int, *, now: datetime) -> Snapshot:
    """One webinar for a file that the person keeps: with the link if they have a seat, which is remembered."""
    snapshot = calendar.single(session, code, person_id, now=now)
    if any(entry.join_url for entry in snapshot.entries):
        registrations.note_link_given(session, code, person_id, now)
    return snapshot
