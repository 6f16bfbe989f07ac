"""Queries about what is shared: entries, what they say and said, and what they are filed under."""

from collections import defaultdict
from collections.abc import Collection

from sqlmodel import Session, col, delete, exists, or_, select, update

from storage.tables import Contact, EntryState, LibraryEntry, LibraryTopic, LibraryVersion, Topic


def by_code(session: Session, code: str) -> LibraryEntry | None:
    return session.exec(select(LibraryEntry).where(LibraryEntry.code == code)).first()


def lock(session: Session, code: str) -> LibraryEntry | None:
    """The entry as it is now, held until the transaction ends: two organisers may change it at once."""
    query = select(LibraryEntry).where(LibraryEntry.code == code).with_for_update(key_share=True)
    return session.exec(query.execution_options(populate_existing=True)).first()


def by_ids(session: Session, ids: Collection[int]) -> dict[int, LibraryEntry]:
    return {entry.id: entry for entry in session.exec(select(LibraryEntry).where(col(LibraryEntry.id).in_(ids)))}


def version(session: Session, entry_id: int, number: int) -> LibraryVersion | None:
    return session.get(LibraryVersion, (entry_id, number))


def present(session: Session, entry: LibraryEntry) -> LibraryVersion:
    """What the entry says now: it is always there."""
    return session.get_one(LibraryVersion, (entry.id, entry.version))


def versions(session: Session, entry_id: int) -> list[LibraryVersion]:
    """All of them, also one that is not shared yet, newest first."""
    query = select(LibraryVersion).where(LibraryVersion.entry_id == entry_id)
    return list(session.exec(query.order_by(col(LibraryVersion.number).desc())))


def topics(session: Session, entry_ids: Collection[int]) -> dict[int, tuple[Topic, ...]]:
    """What entries are filed under, in one query however many there are."""
    found: dict[int, list[Topic]] = defaultdict(list)
    query = (
        select(LibraryTopic.entry_id, Topic)
        .join(Topic, col(Topic.id) == LibraryTopic.topic_id)
        .where(col(LibraryTopic.entry_id).in_(entry_ids))
        .order_by(col(Topic.kind), col(Topic.position), col(Topic.id))
    )
    for entry_id, topic in session.exec(query):
        found[entry_id].append(topic)
    return {entry_id: tuple(filed) for entry_id, filed in found.items()}


def set_topics(session: Session, entry_id: int, topic_ids: Collection[str]) -> None:
    session.exec(delete(LibraryTopic).where(col(LibraryTopic.entry_id) == entry_id))
    session.add_all(LibraryTopic(entry_id=entry_id, topic_id=topic_id) for topic_id in topic_ids)
    session.flush()


def in_state(session: Session, state: EntryState, partnership_ids: Collection[str] | None) -> list[LibraryEntry]:
    """Those of these partnerships (None: of any) that are drafts, or retired; what was changed last comes first."""
    query = select(LibraryEntry).where(LibraryEntry.state == state)
    if partnership_ids is not None:
        query = query.where(col(LibraryEntry.partnership_id).in_(partnership_ids))
    return list(session.exec(query.order_by(col(LibraryEntry.changed_at).desc(), col(LibraryEntry.id).desc())))


def of_person(session: Session, person_id: int) -> list[LibraryEntry]:
    """What the person began, and what they wrote a version of."""
    wrote = exists().where(
        col(LibraryVersion.entry_id) == col(LibraryEntry.id), col(LibraryVersion.made_by) == person_id
    )
    query = select(LibraryEntry).where(or_(col(LibraryEntry.created_by) == person_id, wrote))
    return list(session.exec(query.order_by(col(LibraryEntry.id))))


def drafts_of(session: Session, person_id: int) -> list[LibraryEntry]:
    query = select(LibraryEntry).where(LibraryEntry.created_by == person_id, LibraryEntry.state == EntryState.DRAFT)
    return list(session.exec(query.order_by(col(LibraryEntry.id)).with_for_update()))


def add(session: Session, entry: LibraryEntry, first: LibraryVersion) -> None:
    session.add(entry)
    session.flush()
    first.entry_id = entry.id
    session.add(first)
    session.flush()


def save(session: Session, *rows: LibraryEntry | LibraryVersion | Contact) -> None:
    session.add_all(rows)
    session.flush()


def count_use(session: Session, entry_id: int) -> None:
    statement = update(LibraryEntry).where(col(LibraryEntry.id) == entry_id).values(uses=col(LibraryEntry.uses) + 1)
    session.exec(statement)


def delete_version(session: Session, version: LibraryVersion) -> None:
    session.delete(version)
    session.flush()


def delete_entry(session: Session, entry: LibraryEntry) -> None:
    """Take it away with everything that it says and said. The files stay: others may say them too."""
    for table in (LibraryTopic, LibraryVersion, Contact):
        session.exec(delete(table).where(col(table.entry_id) == entry.id))
    session.delete(entry)
    session.flush()
