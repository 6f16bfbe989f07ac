"""Who may post for whom: organisers by partnership, and without one the administrators.

An organiser looks after their own partnership's team, an administrator after all and after the administrators'.
"""

from dataclasses import dataclass
from datetime import datetime

from domain import access, audit, invitations, own_calendar, registration, shelf
from domain.audit import Action
from domain.errors import ConvokeError, NotAllowedError
from storage import Person, Role, RoleKind, Session, consortium, people, team

PAGE_SIZE = 8


class LastAdminError(ConvokeError):
    """Without an administrator nobody could invite the next one."""


class NotInTeamError(ConvokeError):
    """The person is no longer in the team, or was never."""


@dataclass(frozen=True, slots=True)
class Group:
    """A team in the list of them; `partnership_id` is None, and the name empty, for the administrators'."""

    partnership_id: str | None
    partnership: str
    members: int


@dataclass(frozen=True, slots=True)
class Member:
    """`name` is empty for somebody named in the configuration who has not been here yet.

    `configured`: an administrator named there comes back when Convoke is started again.
    """

    role_id: int
    name: str
    since: datetime
    configured: bool
    me: bool


@dataclass(frozen=True, slots=True)
class Open:
    """An invitation that nobody has used; `by` is the name of whoever made it."""

    id: int
    by: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A page of the members, and the invitations that are open. `mine`: the person is one of the members."""

    partnership_id: str | None
    partnership: str
    members: tuple[Member, ...]
    number: int
    pages: int
    invitations: tuple[Open, ...]
    mine: bool


@dataclass(frozen=True, slots=True)
class Parting:
    """A member who may be about to go; `last` of their team."""

    partnership_id: str | None
    partnership: str
    member: Member
    last: bool


def groups(session: Session, person_id: int) -> tuple[Group, ...]:
    """The teams this person looks after, the administrators' first."""
    access.require_poster(session, person_id)
    counts = team.counts(session)
    mine = access.partnerships(session, person_id)
    admins = (Group(None, "", counts.get(None, 0)),) if access.is_admin(session, person_id) else ()
    return admins + tuple(
        Group(partnership.id, partnership.short_name, counts.get(partnership.id, 0))
        for partnership in consortium.active_partnerships(session)
        if partnership.id in mine
    )


def show(session: Session, person_id: int, partnership_id: str | None, number: int, *, now: datetime) -> Team:
    """A page of a team. A number beyond the last page shows the last."""
    _require(session, person_id, partnership_id)
    rows = team.members(session, partnership_id)
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    shown = rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return Team(
        partnership_id=partnership_id,
        partnership=consortium.short_name(session, partnership_id),
        members=tuple(_member(role, person, person_id) for role, person in shown),
        number=number,
        pages=pages,
        invitations=tuple(
            Open(invitation.id, by.name, invitation.expires_at)
            for invitation, by in team.open_invitations(session, partnership_id, now)
        ),
        mine=any(person.id == person_id for _, person in rows),
    )


def parting(session: Session, person_id: int, role_id: int) -> Parting:
    """A member whom this person may remove, or themselves, who may leave."""
    role = _removable(session, person_id, role_id)
    member = _member(role, people.get(session, role.person_id), person_id)
    last = len(team.members(session, role.partnership_id)) == 1
    return Parting(role.partnership_id, consortium.short_name(session, role.partnership_id), member, last)


def parting_oneself(session: Session, person_id: int, partnership_id: str | None) -> Parting:
    role = team.role_of(session, person_id, partnership_id)
    if role is None:
        raise NotAllowedError
    return parting(session, person_id, role.id)


def remove(session: Session, person_id: int, role_id: int, *, now: datetime) -> Person:
    """Take a member out of their team; oneself is leaving. Returns who it was. Raises LastAdminError.

    Open invitations that they made and could no longer make end too, and a draft of the team's is the team's again.
    Whoever is no organiser at all any more gives up their places in meetings.
    """
    role = _removable(session, person_id, role_id)
    member_id, partnership_id = role.person_id, role.partnership_id
    members = team.lock_roles(session, partnership_id)
    if role not in members:
        raise NotInTeamError
    if partnership_id is None and len(members) == 1:
        raise LastAdminError
    team.remove(session, role)
    action, about = (Action.LEFT, None) if member_id == person_id else (Action.REMOVED, member_id)
    audit.record(session, person_id, action, partnership_id=partnership_id, about=about, now=now)
    invitations.revoke_orphans(session, member_id, person_id, now=now)
    shelf.hand_back(session, member_id)
    own_calendar.regarded(session, member_id, now=now)
    registration.leave_meetings(session, now=now)
    return people.get(session, member_id)


def _removable(session: Session, person_id: int, role_id: int) -> Role:
    role = team.role(session, role_id)
    if role is None:
        access.require_poster(session, person_id)
        raise NotInTeamError
    if role.person_id != person_id:
        _require(session, person_id, role.partnership_id)
    return role


def _member(role: Role, person: Person, viewer_id: int) -> Member:
    configured = role.kind is RoleKind.ADMIN and role.granted_by is None
    return Member(role.id, person.name, role.granted_at, configured, person.id == viewer_id)


def _require(session: Session, person_id: int, partnership_id: str | None) -> None:
    if not access.looks_after(session, person_id, partnership_id):
        raise NotAllowedError
