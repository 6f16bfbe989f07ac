"""The one way a published webinar changes: every change that people can see goes through `revise`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain import access, asking, cards, draft_values, registration, wall_time, when
from domain.asking import Asking
from domain.cards import Card
from domain.choices import Choice
from domain.errors import NotAllowedError, WebinarNotFoundError
from storage import Notice, NoticeKind, Revision, Session, Webinar, WebinarStatus, consortium, notices, people, webinars

_LAST_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A move that is not made yet; `card` is the webinar as it stands, with those who would be told counted."""

    card: Card
    new_start: datetime


def managed(session: Session, code: str, person_id: int, *, now: datetime) -> Card:
    """The webinar, for somebody who may change it."""
    return cards.card(session, _lock_for(session, code, person_id), None, now=now)


def ask_for_move(session: Session, code: str, person_id: int, *, now: datetime) -> Card:
    """Let the person's next message be the new time."""
    webinar = _lock_for(session, code, person_id)
    person = people.lock(session, person_id)
    asking.ask(person, Asking.MOVE, about=code, now=now)
    people.save(session, person)
    return cards.card(session, webinar, None, now=now)


def propose_move(session: Session, code: str, person_id: int, text: str, *, now: datetime) -> Proposal:
    """Read a new time, without moving anything. Without a zone it is in the webinar's own. Raises WhenError."""
    webinar = _lock_for(session, code, person_id)
    found = when.parse(draft_values.clean(text), timezone=webinar.timezone, now=now)
    person = people.lock(session, person_id)
    asking.close(person)
    people.save(session, person)
    return Proposal(cards.card(session, webinar, None, now=now), wall_time.instant(found.local, found.timezone))


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
    person_id: int,
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
    if before != starts_at:
        webinar.moved_at = None if _is_back(session, webinar) else now
        _notify(session, webinar, NoticeKind.MOVED, settle=_settle(min(before, starts_at), settle, now), now=now)
        registration.seat_waiting(session, webinar, now=now)
    return cards.card(session, webinar, person_id, now=now)


def _is_back(session: Session, webinar: Webinar) -> bool:
    """Whether a move that nobody has heard of is taken back by this one."""
    notice = notices.open_of(session, webinar.id, NoticeKind.MOVED)
    if notice is None:
        return False
    first = notices.revisions(session, notice)[0]
    return bool(first.changes["starts_at"][0] == int(webinar.starts_at.timestamp()))


def addable_hosts(session: Session, code: str, person_id: int) -> tuple[Card, tuple[Choice, ...]]:
    """The partnerships in whose name this person may act and that don't host the webinar yet."""
    webinar = _lock_for(session, code, person_id)
    card = cards.card(session, webinar, None, now=webinar.created_at)
    mine = access.partnerships(session, person_id)
    return card, tuple(
        Choice(partnership.id, partnership.short_name, chosen=False)
        for partnership in consortium.active_partnerships(session)
        if partnership.id in mine and partnership.id not in card.host_ids
    )


def add_host(
    session: Session, code: str, person_id: int, partnership_id: str, *, settle: timedelta, now: datetime
) -> Card:
    """Let another partnership host the webinar too. Only somebody who may act in its name can say so."""
    card, addable = addable_hosts(session, code, person_id)
    webinar = _lock_for(session, code, person_id)
    if partnership_id in {choice.id for choice in addable}:
        webinars.add_host(session, webinar, partnership_id)
        after = cards.card(session, webinar, None, now=now)
        revise(session, webinar, {"hosts": [list(card.hosts), list(after.hosts)]}, person_id, now=now)
        _notify(session, webinar, NoticeKind.HOSTED, settle=settle, now=now)
    return cards.card(session, webinar, None, now=now)


def cancel(session: Session, code: str, person_id: int, *, settle: timedelta, now: datetime) -> Card:
    """Call a webinar off. Registrations stay, so that restoring it restores them."""
    return _set_status(session, code, person_id, WebinarStatus.CANCELLED, settle=settle, now=now)


def restore(session: Session, code: str, person_id: int, *, settle: timedelta, now: datetime) -> Card:
    return _set_status(session, code, person_id, WebinarStatus.PUBLISHED, settle=settle, now=now)


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
    session: Session, webinar: Webinar, changes: dict[str, Any], person_id: int | None, *, now: datetime
) -> None:
    """Write down a visible change. The webinar must be locked. Its stamps never go back, whatever the clock does."""
    webinar.sequence += 1
    webinar.last_modified = max(now, webinar.last_modified)
    revision = Revision(
        webinar_id=webinar.id, sequence=webinar.sequence, changes=changes, changed_by=person_id, changed_at=now
    )
    webinars.add_revision(session, revision)


def _set_status(
    session: Session, code: str, person_id: int, status: WebinarStatus, *, settle: timedelta, now: datetime
) -> Card:
    webinar = _lock_for(session, code, person_id)
    before = webinar.status
    if before is not status:
        webinar.status = status
        revise(session, webinar, {"status": [before.value, status.value]}, person_id, now=now)
        kind, opposite = NoticeKind.RESTORED, NoticeKind.CANCELLED
        if status is WebinarStatus.CANCELLED:
            kind, opposite = opposite, kind
        untold = notices.open_of(session, webinar.id, opposite)
        if untold:
            notices.withdraw(session, untold, now)
        else:
            _notify(session, webinar, kind, settle=_settle(webinar.starts_at, settle, now), now=now)
        registration.seat_waiting(session, webinar, now=now)
    return cards.card(session, webinar, person_id, now=now)


def _lock_for(session: Session, code: str, person_id: int) -> Webinar:
    """The webinar, if this person may change it: an administrator, or an organiser of one of its hosts."""
    webinar = webinars.lock(session, code)
    if webinar is None:
        raise WebinarNotFoundError(code)
    hosts = webinars.programme(session, [webinar.id]).hosts.get(webinar.id, ())
    own = access.partnerships(session, person_id) & {host.id for host in hosts}
    if not own and not access.is_admin(session, person_id):
        raise NotAllowedError
    return webinar


def _settle(starts_at: datetime, settle: timedelta, now: datetime) -> timedelta:
    """How long to wait for second thoughts before many are told: not at all shortly before the start."""
    return timedelta() if starts_at - now <= _LAST_HOUR else settle


def _notify(session: Session, webinar: Webinar, kind: NoticeKind, *, settle: timedelta, now: datetime) -> None:
    """Tell registrants soon. Later changes of the kind are merged; one taken back in time tells nobody."""
    notice = notices.open_of(session, webinar.id, kind) or Notice(
        webinar_id=webinar.id,
        kind=kind,
        first_sequence=webinar.sequence,
        last_sequence=webinar.sequence,
        notify_at=now,
        created_at=now,
    )
    notice.last_sequence = webinar.sequence
    notice.notify_at = now + settle
    notices.save(session, notice)
