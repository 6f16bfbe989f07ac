"""Notes the installation keeps for itself."""

from sqlmodel import Session

from storage.statements import insert_once
from storage.tables import Setting


def note(session: Session, key: str) -> str | None:
    setting = session.get(Setting, key)
    return setting.value if setting else None


def note_once(session: Session, key: str, value: str) -> str:
    """Keep `value` unless something is kept under `key` already. Returns what is kept."""
    insert_once(session, Setting, {"key": key, "value": value})
    return session.get_one(Setting, key).value


def set_note(session: Session, key: str, value: str) -> None:
    session.merge(Setting(key=key, value=value))
    session.flush()
