"""Who may do what. Every use case that changes a webinar asks here."""

from domain.errors import NotAllowedError, WebinarNotFoundError
from storage import RoleKind, Session, Webinar, circles, consortium, people, webinars


def is_admin(session: Session, person_id: int | None) -> bool:
    """None stands for whoever has the command line, who may do what an administrator may."""
    return person_id is None or any(role.kind is RoleKind.ADMIN for role in people.roles(session, person_id))


def may_post(session: Session, person_id: int) -> bool:
    return bool(people.roles(session, person_id))


def partnerships(session: Session, person_id: int | None) -> frozenset[str]:
    """The active partnerships in whose name this person may act: all of them for an administrator."""
    active = {partnership.id for partnership in consortium.active_partnerships(session)}
    if person_id is None or is_admin(session, person_id):
        return frozenset(active)
    own = {role.partnership_id for role in people.roles(session, person_id) if role.partnership_id}
    return frozenset(active & own)


def looks_after(session: Session, person_id: int, partnership_id: str | None) -> bool:
    """Whether the person may say who is an organiser of a partnership; without one, who is an administrator."""
    if partnership_id is None:
        return is_admin(session, person_id)
    return partnership_id in partnerships(session, person_id)


def may_edit(session: Session, person_id: int | None, webinar: Webinar) -> bool:
    """Administrators, and organisers of a partnership that has accepted to host it."""
    hosts = webinars.programme(session, [webinar.id]).hosts.get(webinar.id, ())
    return is_admin(session, person_id) or bool(partnerships(session, person_id) & {host.id for host in hosts})


def editable(session: Session, code: str, person_id: int | None) -> Webinar:
    """The webinar, locked, for somebody who may change it and see who comes.

    Of a meeting only organisers learn that they may not: to all others there is none.
    """
    webinar = (
        webinars.lock_of_any_circle(session, code) if person_id is None else webinars.lock(session, code, person_id)
    )
    if webinar is None:
        raise WebinarNotFoundError(code)
    if not may_edit(session, person_id, webinar):
        hosts = webinars.programme(session, [webinar.id]).hosts.get(webinar.id, ())
        raise NotAllowedError(host.short_name for host in hosts)
    return webinar


def require_admin(session: Session, person_id: int) -> None:
    if not is_admin(session, person_id):
        raise NotAllowedError


def require_organiser(session: Session, person_id: int) -> None:
    """As `require_poster`, but for those whose partnership has left: they hear of no meetings any more."""
    if not circles.is_organiser(session, person_id):
        raise NotAllowedError


def require_poster(session: Session, person_id: int) -> None:
    if not may_post(session, person_id):
        raise NotAllowedError
