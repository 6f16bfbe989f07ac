"""Who gets slides and recording: who came when they are there, who was missed with the recording, each once.

Whether somebody came may be known only at the end, so it is not decided when something is added but looked at again and
again for a while: that adds only who is missing.
"""

from datetime import datetime, timedelta

from domain import installation, planning
from domain.attendance import presence
from storage import (
    Circle,
    DeliveryKind,
    Material,
    MaterialKind,
    RegistrationStatus,
    Session,
    Webinar,
    audiences,
    deliveries,
    materials,
)
from storage.audiences import Audience

_WORTH_READING = timedelta(days=7)
_ASKED_FIRST = timedelta(minutes=30)
"""Who came is asked how it was then; who did not is told that they were missed no earlier."""


def plan(session: Session, *, settle: timedelta, now: datetime) -> int:
    """Tell those who are to have what was added not long ago, once `settle` has passed. Returns how many are new."""
    fresh = materials.added_since(session, now - _WORTH_READING, begun_by=now)
    return sum(plan_one(session, webinar, material, settle=settle, now=now) for material, webinar in fresh)


def plan_one(session: Session, webinar: Webinar, material: Material, *, settle: timedelta, now: datetime) -> int:
    """As `plan`, of this alone."""
    plans = _plans(session, webinar, material, settle, now)
    return sum(deliveries.plan_for(session, each, audience, now) for each, audience in plans)


def count(session: Session, webinar: Webinar, material: Material, *, now: datetime) -> int:
    """How many are still to have it, as far as is known now."""
    plans = [(_handing(webinar, material, now), _there(session, webinar, material))]
    if material.kind is MaterialKind.RECORDING:
        plans.append((_missing(webinar, material, now), _missed(session, webinar)))
    return sum(deliveries.count_missing(session, each, audience) for each, audience in plans if audience is not None)


def _plans(
    session: Session, webinar: Webinar, material: Material, settle: timedelta, now: datetime
) -> list[tuple[deliveries.Plan, Audience]]:
    due_at = material.added_at + settle
    found = []
    there = _there(session, webinar, material)
    if there is not None and (_is_certain(session, webinar) or now >= webinar.ends_at):
        found.append((_handing(webinar, material, due_at), there))
    missed = _missed(session, webinar) if material.kind is MaterialKind.RECORDING else None
    if missed is not None and now >= webinar.ends_at + _ASKED_FIRST:
        found.append((_missing(webinar, material, due_at), missed))
    return found


def _is_certain(session: Session, webinar: Webinar) -> bool:
    """Whether it need not be waited for the end to know for whom it is: who is there is seen, or never will be."""
    return presence.is_known(session, webinar) or not installation.redirects(session)


def _there(session: Session, webinar: Webinar, material: Material) -> Audience | None:
    """Those who came; where nobody knows, and of a meeting, those with a seat."""
    if webinar.circle is Circle.EVERYBODY and presence.is_known(session, webinar):
        return audiences.came(webinar.id, not_told_since=material.added_at)
    return audiences.readers(webinar.id, (RegistrationStatus.REGISTERED,), extra=True)


def _missed(session: Session, webinar: Webinar) -> Audience | None:
    """Those who had a seat and did not come; nobody where nobody knows who came."""
    if webinar.circle is not Circle.EVERYBODY or not presence.is_known(session, webinar):
        return None
    return audiences.stayed_away(webinar.id)


def _handing(webinar: Webinar, material: Material, due_at: datetime) -> deliveries.Plan:
    return deliveries.Plan(
        kind=DeliveryKind.MATERIAL,
        webinar_id=webinar.id,
        about={"material": material.kind.value},
        key=materials.key(webinar.id, material.kind),
        due_at=due_at,
        expires_at=due_at + _WORTH_READING,
        priority=planning.Priority.ANNOUNCEMENT,
    )


def _missing(webinar: Webinar, material: Material, due_at: datetime) -> deliveries.Plan:
    return deliveries.Plan(
        kind=DeliveryKind.MISSED,
        webinar_id=webinar.id,
        about={},
        key=f"missed:{webinar.id}",
        due_at=max(due_at, webinar.ends_at + _ASKED_FIRST),
        expires_at=max(due_at, webinar.ends_at) + _WORTH_READING,
        priority=planning.Priority.ANNOUNCEMENT,
    )
