"""Queries about who may post for whom, and the links that make somebody one of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, select

from storage.tables import Invitation, Person, Role, RoleKind


def members(session: Session, partnership_id: str | None) -> list[tuple[Role, Person]]:
    """The organisers of a partnership, or without one the administrators; who came first is first."""
    query = (
        select(Role, Person)
        .join(Person, col(Person.id) == Role.person_id)
        .where(_of(Role, partnership_id))
        .order_by(col(Role.granted_at), col(Role.id))
    )
    return list(session.exec(query))


def counts(session: Session) -> dict[str | None, int]:
    """How many organisers each partnership has; under None, how many administrators there are."""
    query = select(Role.partnership_id, func.count()).group_by(col(Role.partnership_id))
    return dict(session.exec(query).all())


def lock_roles(session: Session, partnership_id: str | None) -> list[Role]:
    """As `members`, held until the transaction ends: two can't take away the last two together."""
    return list(session.exec(select(Role).where(_of(Role, partnership_id)).order_by(col(Role.id)).with_for_update()))


def role(session: Session, role_id: int) -> Role | None:
    return session.get(Role, role_id)


def role_of(session: Session, person_id: int, partnership_id: str | None) -> Role | None:
    return session.exec(select(Role).where(Role.person_id == person_id, _of(Role, partnership_id))).first()


def remove(session: Session, role: Role) -> None:
    session.delete(role)
    session.flush()


def save_invitation(session: Session, invitation: Invitation) -> None:
    session.add(invitation)
    session.flush()


def lock_invitation(session: Session, invitation_id: int) -> Invitation | None:
    return session.exec(select(Invitation).where(Invitation.id == invitation_id).with_for_update()).first()


def lock_invitation_by_digest(session: Session, digest: str) -> Invitation | None:
    return session.exec(select(Invitation).where(Invitation.digest == digest).with_for_update()).first()


def open_invitations(
    session: Session, partnership_id: str | None, now: datetime
) -> Sequence[tuple[Invitation, Person]]:
    """Those that can still be used, each with whoever made it, newest first."""
    query = (
        select(Invitation, Person)
        .join(Person, col(Person.id) == Invitation.created_by)
        .where(_of(Invitation, partnership_id), *_open(now))
        .order_by(col(Invitation.id).desc())
    )
    return session.exec(query).all()


def lock_open_invitations_by(session: Session, person_id: int, now: datetime) -> Sequence[Invitation]:
    query = select(Invitation).where(Invitation.created_by == person_id, *_open(now)).order_by(col(Invitation.id))
    return session.exec(query.with_for_update()).all()


def _of(table: type[Role] | type[Invitation], partnership_id: str | None) -> ColumnElement[bool]:
    if partnership_id is None:
        return col(table.kind) == RoleKind.ADMIN
    return and_(col(table.kind) == RoleKind.ORGANISER, col(table.partnership_id) == partnership_id)


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Invitation.used_at).is_(None),
        col(Invitation.revoked_at).is_(None),
        col(Invitation.expires_at) > now,
    )
