"""What an organiser has shared, handed over to them; and what of it goes with them.

What others read stays, and no name is on it. A contact's words are about somebody else: they are not handed over.
"""

from datetime import UTC, datetime
from typing import Any

from storage import EntryKind, LibraryEntry, LibraryVersion, Session, library


def export(session: Session, person_id: int) -> list[dict[str, Any]]:
    """What they began, and the versions that they wrote, as JSON values."""
    found = library.of_person(session, person_id)
    topics = library.topics(session, [row.id for row in found])
    return [
        {
            "kind": row.kind,
            "partnership": row.partnership_id,
            "state": row.state,
            "readers": row.readers,
            "language": row.language,
            "topics": [topic.id for topic in topics.get(row.id, ())],
            "begun_by_you": row.created_by == person_id,
            "begun_at": _time(row.created_at),
            "written_by_you": [
                _version(row, version) for version in library.versions(session, row.id) if version.made_by == person_id
            ],
        }
        for row in found
    ]


def forget(session: Session, person_id: int) -> None:
    """What they began and did not share."""
    for row in library.drafts_of(session, person_id):
        library.delete_entry(session, row)


def _version(row: LibraryEntry, version: LibraryVersion) -> dict[str, Any]:
    at = {"number": version.number, "at": _time(version.made_at)}
    if row.kind is EntryKind.CONTACT:
        return at
    return at | {
        "title": version.title,
        "text": version.text,
        "search_words": version.keywords,
        "link": version.url,
        "file": version.file_name,
        "content": version.content,
    }


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
