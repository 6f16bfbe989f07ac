"""Who may know of which webinars. Every query that looks for webinars on somebody's behalf asks here.

Most are for everybody. Those of the circle of organisers are meetings: nobody else learns that there is one.
"""

from sqlalchemy import ColumnElement, Exists
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, exists, or_, select

from storage.tables import Circle, Partnership, Role, RoleKind, Webinar


def public() -> ColumnElement[bool]:
    """Of webinars: everybody may know of it."""
    return col(Webinar.circle) == Circle.EVERYBODY


def meetings() -> ColumnElement[bool]:
    return col(Webinar.circle) == Circle.ORGANISERS


def known_to(reader: int | None) -> ColumnElement[bool]:
    """Of webinars: this person may know of it. None is a stranger."""
    return public() if reader is None else or_(public(), organises(reader))


def organises(person: int | Mapped[int]) -> Exists:
    """Of a person, by id: they are an administrator, or an organiser of a partnership that has not left."""
    active = select(Partnership.id).where(col(Partnership.active).is_(True))
    return exists().where(
        col(Role.person_id) == person,
        or_(col(Role.kind) == RoleKind.ADMIN, col(Role.partnership_id).in_(active)),
    )


def is_organiser(session: Session, person_id: int) -> bool:
    return session.exec(select(organises(person_id))).one()


def may_know(session: Session, webinar: Webinar, person_id: int | None) -> bool:
    """As `known_to`, of a webinar that something else has led to."""
    return webinar.circle is Circle.EVERYBODY or (person_id is not None and is_organiser(session, person_id))
