"""Cards that people have put into other chats."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from storage.statements import insert_once
from storage.tables import SharedCard


def add(session: Session, card: SharedCard) -> None:
    insert_once(session, SharedCard, card.model_dump())


def longest_unchecked(session: Session, limit: int, since: datetime) -> list[SharedCard]:
    """Cards put somewhere since then, those not looked at for longest first."""
    query = (
        select(SharedCard)
        .where(SharedCard.created_at >= since)
        .order_by(col(SharedCard.checked_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.exec(query))


def find(session: Session, inline_message_id: str) -> SharedCard | None:
    return session.get(SharedCard, inline_message_id)


def save(session: Session, cards: Iterable[SharedCard]) -> None:
    session.add_all(cards)
    session.flush()


def delete(session: Session, card: SharedCard) -> None:
    session.delete(card)
    session.flush()
