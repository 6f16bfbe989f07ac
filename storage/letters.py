"""Queries about what organisers write to those who come. A letter of which no message was ever planned is unsent."""

from datetime import datetime

from sqlalchemy import ColumnElement, String, cast
from sqlmodel import Session, col, delete, exists, literal, select

from storage.tables import Delivery, DeliveryKind, Letter

_KEY = "letter:"


def key(letter_id: int) -> str:
    """What the keys of this letter's messages begin with."""
    return f"{_KEY}{letter_id}"


def find(session: Session, letter_id: int, person_id: int) -> Letter | None:
    """The letter, if this person has written it."""
    return session.exec(select(Letter).where(Letter.id == letter_id, Letter.written_by == person_id)).first()


def get(session: Session, letter_id: int) -> Letter:
    """The letter that a message is of: it is there, since no letter that was sent is ever deleted."""
    return session.get_one(Letter, letter_id)


def unsent_of(session: Session, webinar_id: int, person_id: int, *, since: datetime) -> Letter | None:
    """What this person has begun to write about the webinar since then."""
    query = (
        select(Letter)
        .where(Letter.webinar_id == webinar_id, Letter.written_by == person_id, Letter.written_at > since, ~_sent())
        .order_by(col(Letter.id).desc())
    )
    return session.exec(query).first()


def sent_since(session: Session, webinar_id: int, moment: datetime) -> list[datetime]:
    """When letters about the webinar were sent after this moment, earliest first."""
    query = (
        select(Letter.written_at)
        .where(Letter.webinar_id == webinar_id, Letter.written_at > moment, _sent())
        .order_by(col(Letter.written_at))
    )
    return list(session.exec(query))


def is_sent(session: Session, letter: Letter) -> bool:
    return session.exec(select(Letter.id).where(Letter.id == letter.id, _sent())).first() is not None


def of_person(session: Session, person_id: int) -> list[Letter]:
    return list(session.exec(select(Letter).where(Letter.written_by == person_id).order_by(col(Letter.id))))


def save(session: Session, letter: Letter) -> None:
    session.add(letter)
    session.flush()


def forget_unsent(session: Session, person_id: int) -> None:
    session.exec(delete(Letter).where(col(Letter.written_by) == person_id, ~_sent()))


def _sent() -> ColumnElement[bool]:
    begins = literal(_KEY) + cast(col(Letter.id), String) + ":"
    return (
        exists()
        .where(col(Delivery.webinar_id) == col(Letter.webinar_id), col(Delivery.kind) == DeliveryKind.LETTER)
        .where(col(Delivery.dedup_key).startswith(begins))
    )
