"""What the log says about the library. Of a contact never the name: the log outlives those who are in it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain import audit
from domain.audit import Action
from storage import EntryKind, LibraryEntry, Session, library


class Deed(StrEnum):
    SHARED = "shared"
    REVISED = "revised"
    EDITED = "edited"
    RETIRED = "retired"
    RESTORED = "restored"
    DISCARDED = "discarded"
    ERASED = "erased"


def record(
    session: Session,
    row: LibraryEntry,
    person_id: int | None,
    deed: Deed,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    now: datetime,
) -> None:
    contact = row.kind is EntryKind.CONTACT
    newest = library.versions(session, row.id)[0]
    audit.record(
        session,
        person_id,
        Action(f"{'contact' if contact else 'entry'}_{deed}"),
        partnership_id=row.partnership_id,
        subject="" if contact else newest.title,
        before=before,
        after=after,
        now=now,
    )
