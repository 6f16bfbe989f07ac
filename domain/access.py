"""Who may do what. Every use case that changes a webinar asks here."""

from domain.errors import NotAllowedError
from storage import RoleKind, Session, consortium, people


def is_admin(session: Session, person_id: int) -> bool:
    return any(role.kind is RoleKind.ADMIN for role in people.roles(session, person_id))


def may_post(session: Session, person_id: int) -> bool:
    return bool(people.roles(session, person_id))


def partnerships(session: Session, person_id: int) -> frozenset[str]:
    """The active partnerships in whose name this person may act: all of them for an administrator."""
    active = {partnership.id for partnership in consortium.active_partnerships(session)}
    if is_admin(session, person_id):
        return frozenset(active)
    own = {role.partnership_id for role in people.roles(session, person_id) if role.partnership_id}
    return frozenset(active & own)


def require_poster(session: Session, person_id: int) -> None:
    if not may_post(session, person_id):
        raise NotAllowedError
