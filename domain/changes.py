"""The one way a published webinar changes: every change that people can see goes through `revise`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain import access, audit, cards, details, registration, wall_time
from domain.audit import Action
from domain.cards import Card
from domain.details import Detail
from domain.reading import when
from storage import Notice, NoticeKind, Revision, Session, Webinar, WebinarStatus, attendance, hosts, notices, webinars

_LAST_HOUR = timedelta(hours=1)
_LONGEST = timedelta(minutes=10)
"""For so long after it was made other news waits for a change of details, however many more there are."""

_STAYS = timedelta(hours=1)
"""Whoever has come already and hears of a delay of no more than this stays where they are."""

_STATUSES = (NoticeKind.CANCELLED, NoticeKind.RESTORED)
_OF_DETAILS = (NoticeKind.CHANGED, NoticeKind.HOSTED)


def managed(session: Session, code: str, person_id: int, *, now: datetime) -> Card:
    """The webinar, for somebody who may change it."""
    webinar = _lock_for(session, code, person_id)
    return replace(cards.card(session, webinar, None, now=now), invited=hosts.invited(session, webinar.id))


def move_to(
    session: Session, code: str, person_id: int, starts_at: datetime, *, settle: timedelta, now: datetime
) -> Card:
    """Move a webinar to an instant, as the clock of its own zone shows it. Raises WhenError if that is past."""
    if starts_at <= now:
        raise when.WhenError(when.WhenFault.PAST, "")
    webinar = _lock_for(session, code, person_id)
    local_start = starts_at.astimezone(ZoneInfo(webinar.timezone)).replace(tzinfo=None)
    return move(session, code, person_id, local_start, webinar.timezone, settle=settle, now=now)


def move(
    session: Session,
    code: str,
    person_id: int | None,
    local_start: datetime,
    timezone: str,
    *,
    settle: timedelta,
    now: datetime,
) -> Card:
    """Give a webinar a new time: `local_start` is a wall time (naive) in the IANA zone `timezone`."""
    webinar = _lock_for(session, code, person_id)
    starts_at = wall_time.instant(local_start, timezone)
    before, old_timezone = webinar.starts_at, webinar.timezone
    webinar.local_start, webinar.timezone = local_start, timezone
    webinar.starts_at = starts_at
    webinar.ends_at = wall_time.end(starts_at, webinar.duration_minutes)
    changes: dict[str, Any] = {}
    if old_timezone != timezone:
        changes["timezone"] = [old_timezone, timezone]
    if before != starts_at:
        changes["starts_at"] = [int(before.timestamp()), int(starts_at.timestamp())]
    if changes:
        revise(session, webinar, changes, person_id, now=now)
        _log(session, webinar, Action.MOVED, changes, person_id, now)
    if before != starts_at:
        webinar.moved_at = None if _is_back(session, webinar) else now
        attendance.forget_before(session, webinar.id, starts_at - _STAYS)
        notify(session, webinar, NoticeKind.MOVED, settle=settle, now=now)
        registration.seat_waiting(session, webinar, now=now)
    return cards.card(session, webinar, person_id, now=now)


def _is_back(session: Session, webinar: Webinar) -> bool:
    """Whether a move that nobody has heard of is taken back by this one."""
    moved = (notice for notice in notices.lock_changes(session, webinar.id) if notice.kind is NoticeKind.MOVED)
    firsts = (notices.revisions(session, notice)[0] for notice in moved)
    return any(first.changes["starts_at"][0] == int(webinar.starts_at.timestamp()) for first in firsts)


def edit(
    session: Session,
    code: str,
    person_id: int | None,
    values: Mapping[Detail, Any],
    *,
    tell: bool,
    settle: timedelta,
    now: datetime,
) -> Card:
    """Change other fields than the time. A free seat goes to the first in line; nobody ever loses theirs.

    Without `tell` those who have a place hear only of what they can't do without. Raises WhenError where the time
    can't be told in the new zone.
    """
    webinar = _lock_for(session, code, person_id)
    before, ended_at = details.of(session, webinar), webinar.ends_at
    details.put(session, webinar, values)
    after = details.of(session, webinar)
    changes = {detail.value: [before[detail], after[detail]] for detail in Detail if before[detail] != after[detail]}
    if changes:
        revise(session, webinar, changes, person_id, silent=not tell, now=now)
        _log(session, webinar, Action.EDITED, changes, person_id, now)
        if now < max(ended_at, webinar.ends_at):
            notify(session, webinar, NoticeKind.CHANGED, settle=settle, now=now)
        registration.seat_waiting(session, webinar, now=now)
    return cards.card(session, webinar, None, now=now)


def cancel(
    session: Session, code: str, person_id: int | None, *, reason: str = "", settle: timedelta, now: datetime
) -> Card:
    """Call a webinar off. Registrations stay, so that restoring it restores them."""
    return _set_status(session, code, person_id, WebinarStatus.CANCELLED, reason, settle=settle, now=now)


def restore(session: Session, code: str, person_id: int | None, *, settle: timedelta, now: datetime) -> Card:
    return _set_status(session, code, person_id, WebinarStatus.PUBLISHED, "", settle=settle, now=now)


def follow_clocks(session: Session, *, now: datetime) -> int:
    """Derive the instants of coming webinars again: a state may have changed its clocks since they were posted.

    The time on the hosts' clocks stays, so nobody is told; calendars follow. Returns how many moved.
    """
    moved = 0
    for webinar in webinars.lock_upcoming(session, now):
        starts_at = wall_time.derived(webinar.local_start, webinar.timezone)
        if starts_at != webinar.starts_at:
            changes = {"starts_at": [int(webinar.starts_at.timestamp()), int(starts_at.timestamp())]}
            webinar.starts_at, webinar.ends_at = starts_at, wall_time.end(starts_at, webinar.duration_minutes)
            revise(session, webinar, changes, None, now=now)
            moved += 1
    return moved


def revise(
    session: Session,
    webinar: Webinar,
    changes: dict[str, Any],
    person_id: int | None,
    *,
    silent: bool = False,
    now: datetime,
) -> None:
    """Write down a visible change. The webinar must be locked. Its stamps never go back, whatever the clock does."""
    webinar.sequence += 1
    webinar.last_modified = max(now, webinar.last_modified)
    revision = Revision(
        webinar_id=webinar.id,
        sequence=webinar.sequence,
        changes=changes,
        changed_by=person_id,
        changed_at=now,
        silent=silent,
    )
    webinars.add_revision(session, revision)


def _set_status(
    session: Session,
    code: str,
    person_id: int | None,
    status: WebinarStatus,
    reason: str,
    *,
    settle: timedelta,
    now: datetime,
) -> Card:
    webinar = _lock_for(session, code, person_id)
    before, old_reason = webinar.status, webinar.cancel_reason
    if before is not status:
        webinar.status, webinar.cancel_reason = status, reason
        changes = {"status": [before.value, status.value]}
        if old_reason != reason:
            changes["cancel_reason"] = [old_reason, reason]
        revise(session, webinar, changes, person_id, now=now)
        action, kind = Action.RESTORED, NoticeKind.RESTORED
        if status is WebinarStatus.CANCELLED:
            action, kind = Action.CANCELLED, NoticeKind.CANCELLED
        _log(session, webinar, action, changes, person_id, now)
        notify(session, webinar, kind, settle=settle, now=now)
        registration.seat_waiting(session, webinar, now=now)
    return cards.card(session, webinar, person_id, now=now)


def _lock_for(session: Session, code: str, person_id: int | None) -> Webinar:
    return access.editable(session, code, person_id)


def _log(
    session: Session, webinar: Webinar, action: Action, changes: dict[str, Any], person_id: int | None, now: datetime
) -> None:
    before, after = ({field: values[place] for field, values in changes.items()} for place in (0, 1))
    audit.record(session, person_id, action, webinar=webinar, before=before, after=after, now=now)


def notify(session: Session, webinar: Webinar, kind: NoticeKind, *, settle: timedelta, now: datetime) -> None:
    """Tell registrants soon. Later changes of the kind are merged; one taken back in time tells nobody.

    To cancel and to restore are of one kind: what is told in the end depends on what each person saw when they came.
    What else of the webinar is still to be told waits for this one, so that all is one message, but not without end.
    """
    merged = _STATUSES if kind in _STATUSES else (kind,)
    to_tell = notices.lock_changes(session, webinar.id)
    notice = next((each for each in to_tell if each.kind in merged), None) or Notice(
        webinar_id=webinar.id,
        kind=kind,
        first_sequence=webinar.sequence,
        last_sequence=webinar.sequence,
        notify_at=now,
        created_at=now,
    )
    waiting = [each for each in to_tell if each is not notice and each.notify_at >= now]
    notice.kind, notice.last_sequence = kind, webinar.sequence
    at_once = _first_start(session, webinar, [notice, *waiting]) - now <= _LAST_HOUR
    notice.notify_at = now if at_once else now + settle
    for other in waiting:
        longest = max(other.notify_at, other.created_at + _LONGEST)
        other.notify_at = min(notice.notify_at, longest) if kind in _OF_DETAILS else notice.notify_at
        notices.save(session, other)
    notices.save(session, notice)


def _first_start(session: Session, webinar: Webinar, told: Sequence[Notice]) -> datetime:
    """When it begins, or when those believe who have not been told of these: what is soonest."""
    moves = [notice for notice in told if notice.kind is NoticeKind.MOVED]
    changes = [revision.changes for notice in moves for revision in notices.revisions(session, notice)]
    old = [datetime.fromtimestamp(each["starts_at"][0], UTC) for each in changes if "starts_at" in each]
    return min([webinar.starts_at, *old])
