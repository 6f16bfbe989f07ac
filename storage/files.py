"""Files that were shared: bytes by their digest, and what each bot calls them at Telegram.

What is long stays where it is: only `content` reads the bytes.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, exists, select

from storage.statements import insert_once
from storage.tables import EntryState, LibraryEntry, LibraryVersion, StoredFile, TelegramFile


@dataclass(frozen=True, slots=True)
class Facts:
    size: int
    media_type: str


def add(session: Session, digest: str, content: bytes, media_type: str, now: datetime) -> None:
    """Keep the bytes, unless they are there already: then nobody deletes them until the transaction ends."""
    held = select(StoredFile.digest).where(StoredFile.digest == digest).with_for_update(read=True, key_share=True)
    if session.exec(held).first() is None:
        row = {"digest": digest, "size": len(content), "media_type": media_type, "content": content, "stored_at": now}
        insert_once(session, StoredFile, row)


def facts(session: Session, digests: Collection[str]) -> dict[str, Facts]:
    query = select(StoredFile.digest, StoredFile.size, StoredFile.media_type).where(col(StoredFile.digest).in_(digests))
    return {digest: Facts(size, media_type) for digest, size, media_type in session.exec(query)}


def content(session: Session, digest: str) -> bytes | None:
    return session.exec(select(StoredFile.content).where(StoredFile.digest == digest)).first()


def telegram_id(session: Session, digest: str, bot_id: str) -> str | None:
    query = select(TelegramFile.file_id).where(TelegramFile.digest == digest, TelegramFile.bot_id == bot_id)
    return session.exec(query).first()


def remember(session: Session, digest: str, bot_id: str, file_id: str) -> None:
    """What this bot calls the file from now on; nothing if the file has gone meanwhile."""
    forget(session, digest, bot_id)
    if facts(session, [digest]):
        insert_once(session, TelegramFile, {"digest": digest, "bot_id": bot_id, "file_id": file_id})


def forget(session: Session, digest: str, bot_id: str) -> None:
    session.exec(delete(TelegramFile).where(col(TelegramFile.digest) == digest, col(TelegramFile.bot_id) == bot_id))


def drop_unused(session: Session, digests: Collection[str]) -> None:
    """Delete those of these files that nothing says any more.

    Looked at only when they are held: somebody may be sharing the same file at this moment.
    """
    session.exec(select(StoredFile.digest).where(col(StoredFile.digest).in_(digests)).with_for_update()).all()
    unused = ~exists().where(col(LibraryVersion.file_digest) == col(StoredFile.digest))
    gone = list(session.exec(select(StoredFile.digest).where(col(StoredFile.digest).in_(digests), unused)))
    session.exec(delete(TelegramFile).where(col(TelegramFile.digest).in_(gone)))
    session.exec(delete(StoredFile).where(col(StoredFile.digest).in_(gone)))


def retired_since(session: Session, moment: datetime) -> list[LibraryVersion]:
    """Versions with a file, of entries that were retired before then."""
    query = (
        select(LibraryVersion)
        .join(LibraryEntry, col(LibraryEntry.id) == LibraryVersion.entry_id)
        .where(
            LibraryEntry.state == EntryState.RETIRED,
            LibraryEntry.changed_at < moment,
            col(LibraryVersion.file_digest).is_not(None),
        )
    )
    return list(session.exec(query))
