"""What points to one person, read for them and taken away."""

from datetime import datetime
from typing import Any

from sqlalchemy import Exists
from sqlmodel import Session, col, delete, exists, or_, select

from storage import drafts
from storage.tables import (
    Audit,
    Delivery,
    Follow,
    Imported,
    Invitation,
    Person,
    Registration,
    Revision,
    Role,
    Webinar,
)


def registrations_of(session: Session, person_id: int) -> list[tuple[Registration, Webinar]]:
    query = (
        select(Registration, Webinar)
        .join(Webinar, col(Webinar.id) == Registration.webinar_id)
        .where(Registration.person_id == person_id)
        .order_by(col(Webinar.starts_at), col(Webinar.id))
    )
    return list(session.exec(query))


def deliveries_of(session: Session, person_id: int) -> list[tuple[Delivery, Webinar | None]]:
    query = (
        select(Delivery, Webinar)
        .join(Webinar, col(Webinar.id) == Delivery.webinar_id, isouter=True)
        .where(Delivery.person_id == person_id)
        .order_by(col(Delivery.id))
    )
    return [(delivery, webinar) for delivery, webinar in session.exec(query)]


def invitations_of(session: Session, person_id: int) -> list[Invitation]:
    """Those the person has made and those they have used."""
    query = select(Invitation).where(or_(col(Invitation.created_by) == person_id, col(Invitation.used_by) == person_id))
    return list(session.exec(query.order_by(col(Invitation.id))))


def posted_by(session: Session, person_id: int) -> list[Webinar]:
    return list(session.exec(select(Webinar).where(Webinar.created_by == person_id).order_by(col(Webinar.id))))


def changes_by(session: Session, person_id: int) -> list[tuple[Revision, Webinar]]:
    query = (
        select(Revision, Webinar)
        .join(Webinar, col(Webinar.id) == Revision.webinar_id)
        .where(Revision.changed_by == person_id)
        .order_by(col(Revision.id))
    )
    return list(session.exec(query))


def log_of(session: Session, person_id: int) -> list[Audit]:
    """What the person did as an organiser, and what was done about them."""
    query = select(Audit).where(or_(col(Audit.person_id) == person_id, col(Audit.about_person_id) == person_id))
    return list(session.exec(query.order_by(col(Audit.id))))


def imported_by(session: Session, person_id: int) -> list[Imported]:
    return list(session.exec(select(Imported).where(Imported.imported_by == person_id).order_by(col(Imported.uid))))


def drafts_of(session: Session, person_id: int) -> list[dict[str, Any]]:
    return [draft.fields for draft in drafts.about(session, person_id)]


def forget(session: Session, person_id: int) -> None:
    """Take away everything but registrations, which count, and the person's own row."""
    session.exec(delete(Delivery).where(col(Delivery.person_id) == person_id))
    drafts.forget(session, person_id)
    session.exec(delete(Follow).where(col(Follow.person_id) == person_id))
    session.exec(delete(Role).where(col(Role.person_id) == person_id))
    session.exec(delete(Invitation).where(col(Invitation.created_by) == person_id, col(Invitation.used_by).is_(None)))


def absent_since(session: Session, moment: datetime) -> list[Person]:
    """People last seen before then who have not been asked whether to stay; not those who are just being dealt with."""
    query = select(Person).where(
        col(Person.seen_at) < moment,
        col(Person.stay_asked_at).is_(None),
        col(Person.erased_at).is_(None),
        ~_has_a_role(),
    )
    return list(session.exec(query.with_for_update(skip_locked=True, key_share=True)))


def silent_since(session: Session, moment: datetime) -> list[int]:
    """People who were asked before then whether to stay, and have not been here since."""
    query = select(Person.id).where(col(Person.stay_asked_at) < moment, col(Person.erased_at).is_(None), ~_has_a_role())
    return list(session.exec(query))


def _has_a_role() -> Exists:
    """Somebody else appointed them: as long as they may post, their silence gives nothing up."""
    return exists().where(col(Role.person_id) == col(Person.id))
