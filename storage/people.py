"""Queries about people and their roles."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import String, cast
from sqlmodel import Session, col, delete, select

from storage.statements import insert_once
from storage.tables import Cluster, Person, Role, RoleKind, SeenUpdate


def by_id(session: Session, person_id: int) -> Person | None:
    return session.get(Person, person_id)


def get(session: Session, person_id: int) -> Person:
    """The person that something points to: a row stays even when the person is forgotten."""
    return session.get_one(Person, person_id)


def by_telegram_id(session: Session, telegram_id: int) -> Person | None:
    return session.exec(select(Person).where(Person.telegram_id == telegram_id)).first()


def lock_by_telegram_id(session: Session, telegram_id: int) -> Person | None:
    """As `lock`. Nothing for somebody who is being forgotten at this moment."""
    query = select(Person).where(Person.telegram_id == telegram_id)
    return session.exec(query.with_for_update(key_share=True)).first()


def lock(session: Session, person_id: int) -> Person:
    """The person, held against their own other taps until the transaction ends."""
    return session.exec(select(Person).where(Person.id == person_id).with_for_update(key_share=True)).one()


def ensure(session: Session, telegram_id: int, *, reachable: bool, now: datetime) -> Person:
    """The person with this Telegram id, made now if they are new."""
    insert_once(
        session,
        Person,
        {"telegram_id": telegram_id, "reachable": reachable, "created_at": now, "seen_at": now},
    )
    return session.exec(select(Person).where(Person.telegram_id == telegram_id)).one()


def cluster_name(session: Session, person: Person) -> str | None:
    cluster = session.get(Cluster, person.cluster_id) if person.cluster_id else None
    return cluster.name if cluster else None


def save(session: Session, person: Person) -> None:
    session.add(person)
    session.flush()


def first_sight(session: Session, bot_id: int, update_id: int, now: datetime) -> bool:
    """Note an update as taken. False: it was taken before."""
    return insert_once(session, SeenUpdate, {"bot_id": bot_id, "update_id": update_id, "seen_at": now})


def forget_updates(session: Session, before: datetime) -> int:
    return session.exec(delete(SeenUpdate).where(col(SeenUpdate.seen_at) < before)).rowcount


def roles(session: Session, person_id: int) -> list[Role]:
    return list(session.exec(select(Role).where(Role.person_id == person_id)))


def admins(session: Session) -> list[int]:
    """Administrators who can be told something."""
    query = select(Role.person_id).join(Person, col(Person.id) == col(Role.person_id))
    return list(session.exec(query.where(Role.kind == RoleKind.ADMIN, col(Person.reachable).is_(True))))


def add_role(session: Session, role: Role) -> None:
    session.add(role)
    session.flush()


def lock_who_looked_for(session: Session, words: str) -> list[Person]:
    """Those whose remembered searches, as JSON, have this in them."""
    query = select(Person).where(cast(col(Person.browsing), String).contains(words, autoescape=True))
    return list(session.exec(query.order_by(col(Person.id)).with_for_update(key_share=True)))


def drop_configured_admins(session: Session, *, keep: Iterable[int]) -> None:
    """Take the administrator's role from those the configuration no longer names."""
    session.exec(
        delete(Role).where(
            col(Role.kind) == RoleKind.ADMIN, col(Role.granted_by).is_(None), col(Role.person_id).not_in(list(keep))
        )
    )
