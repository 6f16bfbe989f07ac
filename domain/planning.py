"""What goes into the outbox, and when. Planning twice changes nothing."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Any

from domain import details
from domain.attendance import copies
from domain.details import Detail
from storage import (
    Circle,
    DeliveryKind,
    Notice,
    NoticeKind,
    Person,
    Registration,
    Revision,
    Session,
    Webinar,
    WebinarStatus,
    audiences,
    deliveries,
    notices,
    webinars,
)
from storage.audiences import Audience

AT_ONCE = 5_000
"""So many messages of one notice are written in one transaction: nobody waits long for the database."""

TOGETHER = timedelta(minutes=10)
"""New webinars announced within this time of each other are one message."""


_CLOCKS_DIFFER = timedelta(minutes=1)
_NOW, _TODAY = timedelta(hours=1), timedelta(days=1)


class Priority(IntEnum):
    """Lower goes first. Of changes, what begins sooner: of very many the last is told an hour after the first."""

    SEAT = 0
    CHANGE_NOW = 5
    CHANGE = 10
    STARTS_SOON = 20
    STARTS_TODAY = 25
    CHANGE_LATER = 28
    REMINDER = 30
    ANNOUNCEMENT = 40


def seat_won(session: Session, webinar: Webinar, registration: Registration, *, now: datetime) -> None:
    plan = deliveries.Plan(
        kind=DeliveryKind.SEAT_WON,
        webinar_id=webinar.id,
        about={"promotion": registration.promotions, "since": registration.sequence},
        key=f"seat:{registration.id}:{registration.promotions}",
        due_at=now,
        expires_at=webinar.ends_at,
        priority=Priority.SEAT,
    )
    deliveries.add(session, plan, registration.person_id, now)


def stay(session: Session, person: Person, *, answer_by: datetime, now: datetime) -> None:
    """Ask a person whom we have not seen for long whether they want to stay."""
    plan = deliveries.Plan(
        kind=DeliveryKind.STAY,
        webinar_id=None,
        about={},
        key=f"stay:{int(now.timestamp())}",
        due_at=now,
        expires_at=answer_by,
        priority=Priority.ANNOUNCEMENT,
    )
    deliveries.add(session, plan, person.id, now)


def expand_notice(session: Session, *, now: datetime) -> bool:
    """Turn what is due first into messages, or a part of it. False: nothing is due, or another has just done it.

    All changes of one webinar come at once, and with a new webinar those that are to be announced soon after it, so
    that they can leave as one message.
    """
    due = {notice.id: notice for notice in notices.lock_due(session, now)}
    if any(notice.kind is NoticeKind.ANNOUNCED for notice in due.values()):
        due |= {notice.id: notice for notice in notices.lock_announced(session, now + TOGETHER)}
    for notice in due.values():
        _expand(session, notice, now)
    return bool(due)


def _expand(session: Session, notice: Notice, now: datetime) -> None:
    """Write as many of its messages as may be written at once. From the first on, no later change is merged into it."""
    notice.expanded_at = notice.expanded_at or now
    notice.parts_left = _write_part(session, notice, now)
    notices.save(session, notice)


def _write_part(session: Session, notice: Notice, now: datetime) -> bool:
    """Returns whether there may be more to write."""
    webinar = webinars.by_id(session, notice.webinar_id)
    room = AT_ONCE
    if webinar is not None and now < webinar.ends_at:
        for plan, audience in _expansion(session, webinar, notice, now):
            room -= deliveries.plan_for(session, plan, audience, now, at_most=room)
            if not room:
                return True
    return False


def _expansion(
    session: Session, webinar: Webinar, notice: Notice, now: datetime
) -> Iterator[tuple[deliveries.Plan, Audience]]:
    """What is said and who is told. A change is told to those who had a place before it was made.

    Of several changes in one notice each person is told once, from what they saw when they came: the plans have the
    same key, and of those the first stays.
    """
    if notice.kind is NoticeKind.ANNOUNCED:
        programme = webinars.programme(session, [webinar.id])
        hosts = [host.id for host in programme.hosts.get(webinar.id, ())]
        topics = [topic.id for topic in programme.topics.get(webinar.id, ())]
        yield _announcement(webinar, notice), audiences.followers(webinar.id, hosts, topics)
        return
    revisions = notices.revisions(session, notice)
    for place, revision in enumerate(revisions):
        about = _about(notice.kind, revisions[place:])
        if about is not None:
            knew = _knew(session, webinar, about, revision.sequence, now)
            yield _change(webinar, notice, about), _unless_taken_back(webinar, revisions, knew)
    yield _edit(webinar, notice), _unless_taken_back(webinar, revisions, audiences.announced_to(webinar.id))
    yield from _called_anew(webinar, notice, revisions)
    if notice.kind is NoticeKind.HOSTED and notices.open_of(session, webinar.id, NoticeKind.ANNOUNCED) is None:
        new = _new_hosts(session, webinar, revisions)
        if webinar.circle is Circle.ORGANISERS:
            yield _called(webinar, notice.notify_at), audiences.team(new)
        else:
            yield _announcement(webinar, notice), audiences.followers(webinar.id, new, [])


def _knew(session: Session, webinar: Webinar, about: dict[str, Any], before: int, now: datetime) -> Audience:
    """Whom a change may concern. A new link alone is of those who have the old one."""
    holders = None
    if about.get("before", {}).keys() == {Detail.JOIN_URL}:
        holders = copies.holders(session, webinar, before=before, now=now)
    return audiences.registrants(webinar.id, before=before) if holders is None else holders


def _unless_taken_back(webinar: Webinar, revisions: Sequence[Revision], audience: Audience) -> Audience:
    """Of what was called off and restored only those may have heard whom something else has told of it meanwhile."""
    before = revisions[0].changes.get("status", [None])[0]
    if webinar.status is WebinarStatus.PUBLISHED and before == WebinarStatus.PUBLISHED:
        return audiences.told_since(audience, webinar.id, revisions[0].changed_at - _CLOCKS_DIFFER)
    return audience


def _new_hosts(session: Session, webinar: Webinar, revisions: Sequence[Revision]) -> list[str]:
    """The ids of the hosts that have come since the first of these changes: to their followers it is new."""
    before = next(revision.changes["hosts"][0] for revision in revisions if "hosts" in revision.changes)
    hosts = webinars.programme(session, [webinar.id]).hosts.get(webinar.id, ())
    return [host.id for host in hosts if host.short_name not in before]


_CHANGES = {
    NoticeKind.MOVED: DeliveryKind.MOVED,
    NoticeKind.CANCELLED: DeliveryKind.CANCELLED,
    NoticeKind.RESTORED: DeliveryKind.RESTORED,
    NoticeKind.HOSTED: DeliveryKind.HOSTED,
    NoticeKind.CHANGED: DeliveryKind.CHANGED,
}
_FIELDS = {
    NoticeKind.MOVED: "starts_at",
    NoticeKind.CANCELLED: "status",
    NoticeKind.RESTORED: "status",
    NoticeKind.HOSTED: "hosts",
}
_TOLD = {"starts_at": "old_start", "hosts": "old_hosts", "status": "old_status"}


def _about(kind: NoticeKind, revisions: Sequence[Revision]) -> dict[str, Any] | None:
    """What whoever came before these revisions saw; nothing if the first of them is not of this kind."""
    changes, since = revisions[0].changes, revisions[0].sequence
    if kind is not NoticeKind.CHANGED:
        told = {name: changes[field][0] for field, name in _TOLD.items() if field in changes}
        return told | {"since": since} if _FIELDS[kind] in changes else None
    before: dict[str, Any] = {}
    for revision in revisions:
        for field in details.told(revision.changes, silent=revision.silent):
            before.setdefault(field, revision.changes[field][0])
    return {"before": before, "since": since} if details.told(changes, silent=revisions[0].silent) else None


def _change(webinar: Webinar, notice: Notice, about: dict[str, Any]) -> deliveries.Plan:
    return deliveries.Plan(
        kind=_CHANGES[notice.kind],
        webinar_id=webinar.id,
        about=about,
        key=f"{notice.kind}:{webinar.id}:{notice.last_sequence}",
        due_at=notice.notify_at,
        expires_at=webinar.ends_at,
        priority=_urgency(webinar, about, notice.notify_at),
    )


def _urgency(webinar: Webinar, about: dict[str, Any], now: datetime) -> Priority:
    """By when it begins, or when people believe it does."""
    starts_at = webinar.starts_at
    if "old_start" in about:
        starts_at = min(starts_at, datetime.fromtimestamp(about["old_start"], UTC))
    if starts_at - now <= _NOW:
        return Priority.CHANGE_NOW
    return Priority.CHANGE if starts_at - now <= _TODAY else Priority.CHANGE_LATER


def _edit(webinar: Webinar, notice: Notice) -> deliveries.Plan:
    """The announcement in the chats of those who did not register is put right in place: that disturbs nobody.

    For all that has changed by now it is put right once.
    """
    return deliveries.Plan(
        kind=DeliveryKind.ANNOUNCEMENT_EDIT,
        webinar_id=webinar.id,
        about={},
        key=f"edit:{webinar.id}:{webinar.sequence}",
        due_at=notice.notify_at,
        expires_at=webinar.ends_at,
        priority=Priority.ANNOUNCEMENT,
    )


def _called_anew(
    webinar: Webinar, notice: Notice, revisions: Sequence[Revision]
) -> Iterator[tuple[deliveries.Plan, Audience]]:
    """Who was called to a meeting and has not said whether they come is told when it is now, and whether it is."""
    told = {NoticeKind.MOVED: "starts_at", NoticeKind.CANCELLED: "status", NoticeKind.RESTORED: "status"}
    field = told.get(notice.kind, "")
    first = next((revision for revision in revisions if field in revision.changes), None)
    if webinar.circle is Circle.ORGANISERS and first is not None:
        about = {_TOLD[field]: first.changes[field][0]}
        plan = _called(webinar, notice.notify_at, about, key=f"meeting:{webinar.id}:{notice.last_sequence}")
        yield plan, audiences.called(webinar.id, before=first.changed_at)


def call(
    session: Session,
    webinar: Webinar,
    partnership_ids: Collection[str],
    *,
    but: Collection[int],
    poll_id: int | None = None,
    due_at: datetime,
    now: datetime,
) -> int:
    """Ask the organisers of these partnerships to a meeting, each once whoever asks again. Returns how many.

    `poll_id` is the poll in which they could choose the time.
    """
    plan = _called(webinar, due_at, {} if poll_id is None else {"poll": poll_id})
    return deliveries.plan_for(session, plan, audiences.team(partnership_ids, but=but), now)


def _called(
    webinar: Webinar, due_at: datetime, about: dict[str, Any] | None = None, *, key: str = ""
) -> deliveries.Plan:
    return deliveries.Plan(
        kind=DeliveryKind.MEETING_CALLED,
        webinar_id=webinar.id,
        about=about or {},
        key=key or f"meeting:{webinar.id}",
        due_at=due_at,
        expires_at=webinar.starts_at,
        priority=Priority.CHANGE,
    )


def _announcement(webinar: Webinar, notice: Notice) -> deliveries.Plan:
    return deliveries.Plan(
        kind=DeliveryKind.ANNOUNCEMENT,
        webinar_id=webinar.id,
        about={},
        key=f"{NoticeKind.ANNOUNCED}:{webinar.id}",
        due_at=notice.notify_at,
        expires_at=webinar.starts_at,
        priority=Priority.ANNOUNCEMENT,
    )
