"""Queries about slides and recordings."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, delete, or_, select

from storage.tables import (
    Delivery,
    DeliveryKind,
    DeliveryState,
    Material,
    MaterialKind,
    Webinar,
    WebinarStatus,
)


def key(webinar_id: int, kind: MaterialKind) -> str:
    """What the keys of the messages that hand it out begin with."""
    return f"material:{webinar_id}:{kind}"


def find(session: Session, webinar_id: int, kind: MaterialKind) -> Material | None:
    return session.exec(select(Material).where(Material.webinar_id == webinar_id, Material.kind == kind)).first()


def of_webinars(session: Session, webinar_ids: Collection[int]) -> dict[int, tuple[Material, ...]]:
    """What there is, slides before recordings, in one query however many webinars there are."""
    found: dict[int, list[Material]] = defaultdict(list)
    if webinar_ids:
        query = select(Material).where(col(Material.webinar_id).in_(webinar_ids)).order_by(col(Material.kind).desc())
        for material in session.exec(query):
            found[material.webinar_id].append(material)
    return {webinar_id: tuple(materials) for webinar_id, materials in found.items()}


def added_since(session: Session, moment: datetime, *, begun_by: datetime) -> list[tuple[Material, Webinar]]:
    """What was added, or took another's place, after this, of webinars and meetings that have begun and take place."""
    query = (
        select(Material, Webinar)
        .join(Webinar, col(Webinar.id) == Material.webinar_id)
        .where(
            col(Material.added_at) > moment,
            Webinar.status == WebinarStatus.PUBLISHED,
            Webinar.starts_at <= begun_by,
        )
        .order_by(col(Material.added_at), col(Material.id))
    )
    return list(session.exec(query))


def of_person(session: Session, person_id: int) -> list[Material]:
    return list(session.exec(select(Material).where(Material.added_by == person_id).order_by(col(Material.id))))


def save(session: Session, material: Material) -> None:
    session.add(material)
    session.flush()


def remove(session: Session, material: Material) -> None:
    """Take it away, and the messages that have not begun to leave: what comes in its place is told to these people."""
    handed = col(Delivery.dedup_key).startswith(f"{key(material.webinar_id, material.kind)}:")
    missed = col(Delivery.kind) == DeliveryKind.MISSED
    waiting = delete(Delivery).where(
        col(Delivery.webinar_id) == material.webinar_id,
        col(Delivery.state) == DeliveryState.PENDING,
        or_(handed, missed) if material.kind is MaterialKind.RECORDING else handed,
    )
    session.exec(waiting)
    session.delete(material)
    session.flush()
