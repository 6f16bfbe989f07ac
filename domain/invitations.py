"""A link that makes one person an organiser of a partnership, or without one an administrator."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain import access, audit, own_calendar
from domain.audit import Action
from domain.errors import ConvokeError, NotAllowedError
from storage import Invitation, Role, RoleKind, Session, consortium, people, team

LIFETIME = timedelta(days=7)
MOST_OPEN = 10
"""So many invitations to one team may be open at a time."""

_SECRET_BYTES = 24


class TooManyInvitationsError(ConvokeError):
    """As many as may be open at a time are open."""


class NoInvitationError(ConvokeError):
    """There is no such invitation: a forged button, or its maker was forgotten."""


class LinkState(StrEnum):
    """What a link is good for, to the person who opened it."""

    OPEN = "open"
    JOINED = "joined"
    MEMBER = "member"
    USED = "used"
    EXPIRED = "expired"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Link:
    """A new invitation. Its secret is nowhere else: only a digest of it is kept."""

    secret: str
    partnership_id: str | None
    partnership: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """What a link gives: `partnership` is empty for administrators, and where it gives nothing. `by` made it."""

    state: LinkState
    partnership: str = ""
    by: str = ""
    expires_at: datetime | None = None


def invite(session: Session, person_id: int, partnership_id: str | None, *, now: datetime) -> Link:
    """Make a link that lets one person into a team. Raises TooManyInvitationsError."""
    if not access.looks_after(session, person_id, partnership_id):
        raise NotAllowedError
    if len(team.open_invitations(session, partnership_id, now)) >= MOST_OPEN:
        raise TooManyInvitationsError
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    invitation = Invitation(
        digest=_digest(secret),
        kind=RoleKind.ADMIN if partnership_id is None else RoleKind.ORGANISER,
        partnership_id=partnership_id,
        created_by=person_id,
        created_at=now,
        expires_at=now + LIFETIME,
    )
    team.save_invitation(session, invitation)
    audit.record(session, person_id, Action.INVITED, partnership_id=partnership_id, now=now)
    return Link(secret, partnership_id, consortium.short_name(session, partnership_id), invitation.expires_at)


def revoke(session: Session, person_id: int, invitation_id: int, *, now: datetime) -> str | None:
    """End an invitation, if nobody has used it yet. Returns which partnership's it is; None: the administrators'."""
    invitation = team.lock_invitation(session, invitation_id)
    if invitation is None:
        access.require_poster(session, person_id)
        raise NoInvitationError
    if not access.looks_after(session, person_id, invitation.partnership_id):
        raise NotAllowedError
    if invitation.used_at is None and invitation.revoked_at is None:
        _revoke(session, invitation, person_id, now)
    return invitation.partnership_id


def revoke_orphans(session: Session, maker_id: int, person_id: int, *, now: datetime) -> None:
    """End what `maker_id` has made and could no longer make, since `person_id` took a right from them."""
    for invitation in team.lock_open_invitations_by(session, maker_id, now):
        if not access.looks_after(session, maker_id, invitation.partnership_id):
            _revoke(session, invitation, person_id, now)


def opened(session: Session, person_id: int, secret: str, *, now: datetime) -> Offer:
    """What a link gives this person. Looking does not use it up: links are opened for a preview too."""
    return _offer(session, team.lock_invitation_by_digest(session, _digest(secret)), person_id, now)


def join(session: Session, person_id: int, secret: str, *, now: datetime) -> Offer:
    """Use the link. Whoever is in the team already leaves it to somebody else."""
    invitation = team.lock_invitation_by_digest(session, _digest(secret))
    offer = _offer(session, invitation, person_id, now)
    if invitation is None or offer.state is not LinkState.OPEN:
        return offer
    invitation.used_by, invitation.used_at = person_id, now
    team.save_invitation(session, invitation)
    role = Role(
        person_id=person_id,
        kind=invitation.kind,
        partnership_id=invitation.partnership_id,
        granted_by=invitation.created_by,
        granted_at=now,
    )
    people.add_role(session, role)
    own_calendar.regarded(session, person_id, now=now)
    audit.record(
        session,
        person_id,
        Action.JOINED,
        partnership_id=invitation.partnership_id,
        about=invitation.created_by,
        now=now,
    )
    return _offer(session, invitation, person_id, now)


def _offer(session: Session, invitation: Invitation | None, person_id: int, now: datetime) -> Offer:
    if invitation is None:
        return Offer(LinkState.GONE)
    state = _state(session, invitation, person_id, now)
    by = people.get(session, invitation.created_by).name
    if state in {LinkState.GONE, LinkState.USED}:
        return Offer(state, by=by)
    return Offer(state, consortium.short_name(session, invitation.partnership_id), by, invitation.expires_at)


def _state(session: Session, invitation: Invitation, person_id: int, now: datetime) -> LinkState:
    member = team.role_of(session, person_id, invitation.partnership_id) is not None
    if invitation.used_at is not None:
        return LinkState.JOINED if invitation.used_by == person_id and member else LinkState.USED
    valid = access.looks_after(session, invitation.created_by, invitation.partnership_id)
    if invitation.revoked_at is not None or not valid:
        return LinkState.GONE
    if member:
        return LinkState.MEMBER
    return LinkState.EXPIRED if now >= invitation.expires_at else LinkState.OPEN


def _revoke(session: Session, invitation: Invitation, person_id: int, now: datetime) -> None:
    invitation.revoked_at = now
    team.save_invitation(session, invitation)
    audit.record(session, person_id, Action.REVOKED, partnership_id=invitation.partnership_id, now=now)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
