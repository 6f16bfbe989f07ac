"""What a change would mean for those who have a place, before it is made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain import details, installation, registration, wall_time
from domain.attendance import copies
from domain.details import Detail
from domain.usual import Usual
from storage import (
    Circle,
    NoticeKind,
    Session,
    Webinar,
    WebinarStatus,
    audiences,
    notices,
    participants,
    registrations,
)

STARTS_AT, STATUS, CANCEL_REASON = "starts_at", "status", "cancel_reason"
"""What a change can be of besides a Detail. The start is in Unix seconds, as in revisions."""

_MORNING, _EVENING = time(7), time(22)
_NOTICES = {STATUS: (NoticeKind.CANCELLED, NoticeKind.RESTORED), STARTS_AT: (NoticeKind.MOVED,)}
_TIMES = frozenset({STARTS_AT, Detail.DURATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """`registered` and `waiting` are those who are told. For some it would be `night`: the zones (IANA) and how many.

    `called` were asked to a meeting, have not answered, and are told too. `busy` have a place in another webinar at
    that time. Of the usual reminders some are `skipped`, since their time would be past, and some sent `again`.
    `promoted` of those in line get a seat; `over` are more than there are seats.
    """

    registered: int = 0
    waiting: int = 0
    night: tuple[tuple[str, int], ...] = ()
    busy: int = 0
    skipped: tuple[timedelta, ...] = ()
    again: tuple[timedelta, ...] = ()
    promoted: int = 0
    over: int = 0
    called: int = 0
    redirected: bool = False


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What of the webinar decides who can come."""

    starts_at: datetime
    ends_at: datetime
    published: bool
    capacity: int | None


def may_be_silent(changed: Iterable[str]) -> bool:
    """Only what moves nothing: nobody comes at a wrong time, or to a wrong door, for not having been told."""
    return not frozenset(changed) & {STARTS_AT, STATUS, *details.NEVER_SILENT}


def is_told(changed: Iterable[str]) -> bool:
    """Whether people can be told of it at all."""
    return bool(frozenset(changed) & {STARTS_AT, STATUS, *details.TOLD})


def measure(session: Session, webinar: Webinar, new: Mapping[str, Any], usual: Usual, *, now: datetime) -> Impact:
    """`new` are the values that would be others, by field."""
    after = _outcome(webinar, new)
    told = _told(session, webinar, new, after, now)
    count = registrations.Counts(
        registrations.count_registered(session, webinar.id), registrations.count_in_line(session, webinar.id)
    )
    leads = usual.leads if STARTS_AT in new and after.published and count.registered else ()
    timed = after.published and bool(new.keys() & _TIMES or new.get(STATUS) == WebinarStatus.PUBLISHED)
    return Impact(
        registered=told.registered,
        waiting=told.waitlisted,
        night=_night(session, webinar, after, usual) if timed else (),
        busy=participants.busy(session, webinar.id, after.starts_at, after.ends_at) if timed else 0,
        skipped=skipped(webinar.starts_at, after.starts_at, leads, now=now),
        again=again(webinar.starts_at, after.starts_at, leads, now=now),
        promoted=_promoted(after, count, now),
        over=max(0, count.registered - after.capacity) if Detail.CAPACITY in new and after.capacity else 0,
        called=_called(session, webinar, new, after, now),
        redirected=Detail.JOIN_URL in new and installation.redirects(session),
    )


def is_night(starts_at: datetime, ends_at: datetime, timezone: str) -> bool:
    """Whether any of it falls outside 7:00-22:00 on the clock there."""
    first, last = (moment.astimezone(ZoneInfo(timezone)).replace(tzinfo=None) for moment in (starts_at, ends_at))
    return first.time() < _MORNING or last > datetime.combine(first.date(), _EVENING)


def skipped(
    old_start: datetime, new_start: datetime, leads: Sequence[timedelta], *, now: datetime
) -> tuple[timedelta, ...]:
    """The reminders still to come that a move puts into the past. The last of all comes all the same."""
    return tuple(lead for lead in sorted(leads, reverse=True)[:-1] if new_start - lead <= now < old_start - lead)


def again(
    old_start: datetime, new_start: datetime, leads: Sequence[timedelta], *, now: datetime
) -> tuple[timedelta, ...]:
    """The reminders that went out for the old start and will for the new one."""
    return tuple(lead for lead in sorted(leads, reverse=True) if old_start - lead <= now < new_start - lead)


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _outcome(webinar: Webinar, new: Mapping[str, Any]) -> _Outcome:
    starts_at = moment(new[STARTS_AT]) if STARTS_AT in new else webinar.starts_at
    return _Outcome(
        starts_at,
        wall_time.end(starts_at, new.get(Detail.DURATION, webinar.duration_minutes)),
        new.get(STATUS, webinar.status) == WebinarStatus.PUBLISHED,
        new.get(Detail.CAPACITY, webinar.capacity),
    )


def _told(
    session: Session, webinar: Webinar, new: Mapping[str, Any], after: _Outcome, now: datetime
) -> registrations.Counts:
    """Of what is cancelled already, or over, nobody is told; of a new link those with a seat who may have the old."""
    told = [field for field in new if is_told([field])]
    if not told or now >= after.ends_at or (not after.published and STATUS not in new):
        return registrations.Counts()
    count = participants.count(session, webinar.id, since=_taken_back(session, webinar, told, new))
    if told != [Detail.JOIN_URL]:
        return count
    holders = copies.count(session, webinar, now=now)
    return registrations.Counts(count.registered if holders is None else holders)


def _called(session: Session, webinar: Webinar, new: Mapping[str, Any], after: _Outcome, now: datetime) -> int:
    """Whom it concerns when a meeting is, or whether, who has said nothing yet: that have heard of it by now."""
    told = [field for field in (STARTS_AT, STATUS) if field in new]
    moves = bool(told) and (after.published or STATUS in new) and now < after.starts_at
    if not moves or webinar.circle is Circle.EVERYBODY or _taken_back(session, webinar, told, new) is not None:
        return 0
    return audiences.size(session, audiences.called(webinar.id, before=now))


def _taken_back(session: Session, webinar: Webinar, told: Sequence[str], new: Mapping[str, Any]) -> datetime | None:
    """When the change was made that this one takes back before anybody hears of it: only who came since is told."""
    for field, kinds in _NOTICES.items():
        notice = notices.open_of(session, webinar.id, *kinds) if told == [field] else None
        if notice is not None:
            first = notices.revisions(session, notice)[0]
            return first.changed_at if first.changes.get(field, [None])[0] == new[field] else None
    return None


def _promoted(after: _Outcome, count: registrations.Counts, now: datetime) -> int:
    if not after.published or now >= after.starts_at:
        return 0
    return registration.seatable(after.capacity, registered=count.registered, waiting=count.waitlisted)


def _night(session: Session, webinar: Webinar, after: _Outcome, usual: Usual) -> tuple[tuple[str, int], ...]:
    """Those where most are first."""
    found: dict[str, int] = {}
    for timezone, number in participants.zones(session, webinar.id).items():
        there = timezone or usual.timezone
        if is_night(after.starts_at, after.ends_at, there):
            found[there] = found.get(there, 0) + number
    return tuple(sorted(found.items(), key=lambda zone: (-zone[1], zone[0])))
