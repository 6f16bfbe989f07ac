"""The log of what organisers did: written in the transaction of the deed, read by administrators, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain import access
from storage import Audit, Person, Session, Webinar, audit
from storage.audit import Entry

_PAGE_SIZE = 5


class Action(StrEnum):
    """What was done. The words are stored: a new one may be added, none may change."""

    POSTED = "posted"
    EDITED = "edited"
    MOVED = "moved"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    DISCARDED = "discarded"
    POLL_OPENED = "poll_opened"
    POLL_DECIDED = "poll_decided"
    POLL_CLOSED = "poll_closed"
    POLL_DISCARDED = "poll_discarded"
    IMPORTED = "imported"
    WRITTEN = "written"
    MATERIAL_ADDED = "material_added"
    MATERIAL_REMOVED = "material_removed"
    FORM_CHOSEN = "form_chosen"
    EXPORTED = "exported"
    HOST_ASKED = "host_asked"
    HOST_ADDED = "host_added"
    HOST_ACCEPTED = "host_accepted"
    HOST_DECLINED = "host_declined"
    HOST_REQUESTED = "host_requested"
    HOST_WITHDRAWN = "host_withdrawn"
    HOST_LEFT = "host_left"
    INVITED = "invited"
    REVOKED = "revoked"
    JOINED = "joined"
    REMOVED = "removed"
    LEFT = "left"
    SENT_AGAIN = "sent_again"
    DISMISSED = "dismissed"
    ALL_DISMISSED = "all_dismissed"
    ENTRY_SHARED = "entry_shared"
    ENTRY_REVISED = "entry_revised"
    ENTRY_EDITED = "entry_edited"
    ENTRY_RETIRED = "entry_retired"
    ENTRY_RESTORED = "entry_restored"
    ENTRY_DISCARDED = "entry_discarded"
    CONTACT_SHARED = "contact_shared"
    CONTACT_EDITED = "contact_edited"
    CONTACT_RETIRED = "contact_retired"
    CONTACT_RESTORED = "contact_restored"
    CONTACT_DISCARDED = "contact_discarded"
    CONTACT_ERASED = "contact_erased"


def record(
    session: Session,
    person_id: int | None,
    action: Action,
    *,
    webinar: Webinar | None = None,
    partnership_id: str | None = None,
    about: int | None = None,
    subject: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    now: datetime,
) -> None:
    """Write a line. `person_id` did it (None: the command line), to the webinar, partnership or person `about`.

    `subject` is what it was done to, where there is no webinar: a draft's title, a file's name. `before` and `after`
    map a field to a JSON value, in the form that Revision has: instants are Unix seconds. Put no name of a person in
    them: the log outlives the person.
    """
    row = Audit(
        person_id=person_id,
        action=action.value,
        webinar_id=webinar.id if webinar else None,
        partnership_id=partnership_id,
        about_person_id=about,
        subject=webinar.title if webinar else subject,
        before=dict(before or {}),
        after=dict(after or {}),
        at=now,
    )
    audit.add(session, row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Who did what to what. A name is empty if the person has left; `who` is None for the command line.

    `partnership` is empty where it is about administrators, or about none; `about` is the other person, if one is.
    """

    at: datetime
    who: str | None
    action: Action
    subject: str
    partnership: str
    about: str | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Log:
    """A page, newest first. `number` counts from 1."""

    lines: tuple[Line, ...]
    number: int
    pages: int


def page(session: Session, person_id: int, number: int) -> Log:
    """For administrators. A number beyond the last page shows the last."""
    access.require_admin(session, person_id)
    pages = max(1, -(-audit.count(session) // _PAGE_SIZE))
    number = min(max(number, 1), pages)
    found = audit.newest(session, limit=_PAGE_SIZE, offset=(number - 1) * _PAGE_SIZE)
    return Log(tuple(_line(entry) for entry in found), number, pages)


def _line(entry: Entry) -> Line:
    row = entry.row
    return Line(
        at=row.at,
        who=None if row.person_id is None else _name(entry.person),
        action=Action(row.action),
        subject=row.subject,
        partnership=entry.partnership.short_name if entry.partnership else "",
        about=None if row.about_person_id is None else _name(entry.about),
        before=row.before,
        after=row.after,
    )


def _name(person: Person | None) -> str:
    return person.name if person else ""
