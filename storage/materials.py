"""Queries about slides and recordings."""

from collections import defaultdict
from collections.abc import Collection

from sqlmodel import Session, col, delete, select

from storage.tables import Delivery, DeliveryKind, DeliveryState, Material, MaterialKind


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


def of_person(session: Session, person_id: int) -> list[Material]:
    return list(session.exec(select(Material).where(Material.added_by == person_id).order_by(col(Material.id))))


def save(session: Session, material: Material) -> None:
    session.add(material)
    session.flush()


def remove(session: Session, material: Material) -> None:
    """Take it away, and the messages that have not begun to leave: what comes in its place is told to these people."""
    waiting = delete(Delivery).where(
        col(Delivery.webinar_id) == material.webinar_id,
        col(Delivery.kind) == DeliveryKind.MATERIAL,
        col(Delivery.state) == DeliveryState.PENDING,
        col(Delivery.dedup_key).startswith(f"{key(material.webinar_id, material.kind)}:"),
    )
    session.exec(waiting)
    session.delete(material)
    session.flush()
