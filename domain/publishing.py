"""From a complete draft to a webinar that everybody can see."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from domain import access, audit, cards, drafts, hosting, planning, registration, wall_time
from domain.audit import Action
from domain.cards import Card
from domain.codes import new_code
from domain.drafts import DraftIncompleteError, Fields, ForWhom, NoDraftError
from domain.errors import NotAllowedError
from domain.feedback import forms
from domain.reading.when import WhenError, WhenFault
from storage import (
    AgendaItem,
    Circle,
    Notice,
    NoticeKind,
    Session,
    Webinar,
    consortium,
    hosts,
    notices,
    registrations,
    webinars,
)
from storage import drafts as draft_rows

_ANNOUNCE_AFTER = timedelta(minutes=10)


def publish(session: Session, person_id: int, *, now: datetime) -> Card:
    """Make the person's draft a webinar. Everything is checked again: time has passed since it was typed."""
    access.require_poster(session, person_id)
    draft = draft_rows.of_person(session, person_id)
    if draft is None:
        raise NoDraftError
    event = draft_rows.imported(session, draft.id)
    fields = drafts.current(session, draft)
    webinar = create(session, person_id, fields, uid=event.uid if event else None, now=now)
    if fields.is_meeting:  # whoever calls one comes
        registration.register(session, webinar.code, person_id, now=now)
    forms.adopt(session, webinar, fields.form, person_id, now=now)
    draft_rows.delete(session, draft, webinar_id=webinar.id)
    audit.record(session, person_id, Action.POSTED, webinar=webinar, now=now)
    return replace(cards.card(session, webinar, person_id, now=now), invited=hosts.invited(session, webinar.id))


def preview(session: Session, person_id: int, *, now: datetime) -> Card:
    """The person's draft as companies would see it, or of a meeting, organisers."""
    access.require_poster(session, person_id)
    draft = draft_rows.of_person(session, person_id)
    if draft is None:
        raise NoDraftError
    fields = drafts.current(session, draft)
    webinar = _webinar(fields, person_id, now)
    webinar.id = 0
    own, _ = hosting.split(session, person_id, fields.hosts)
    partnerships = {partnership.id: partnership for partnership in consortium.active_partnerships(session)}
    programme = webinars.Programme(
        {0: tuple(partnerships[host] for host in own)},
        {0: tuple(topic for topic in consortium.active_topics(session) if topic.id in fields.topics)},
        {0: _agenda(fields)},
    )
    return cards.compose(webinar, programme, registrations.Counts(), None, now=now)


def create(
    session: Session,
    person_id: int | None,
    fields: Fields,
    *,
    uid: str | None = None,
    call: bool = True,
    now: datetime,
) -> Webinar:
    """`uid` is the one that it has in other calendars already, if it has.

    Hosts in whose name the person may not act are asked; one of their own must be there. It is announced to followers;
    to a meeting organisers are called, unless whoever makes it does that with `call` False.
    """
    webinar = _webinar(fields, person_id, now, uid)
    own, asked = hosting.split(session, person_id, fields.hosts)
    if not own or {*own, *asked} != {*fields.hosts}:
        raise NotAllowedError
    if webinar.starts_at <= now:
        raise WhenError(WhenFault.PAST, "")
    webinars.add(session, webinar, own, fields.topics, _agenda(fields))
    for partnership_id in asked:
        hosting.ask(session, webinar, partnership_id, person_id, now=now)
    if fields.is_meeting and call:
        _call(session, webinar, own, person_id, fields, now)
    elif not fields.is_meeting:
        _announce(session, webinar, now)
    return webinar


def _announce(session: Session, webinar: Webinar, now: datetime) -> None:
    """Followers are told after a while: several become one message."""
    notice = Notice(
        webinar_id=webinar.id,
        kind=NoticeKind.ANNOUNCED,
        first_sequence=webinar.sequence,
        last_sequence=webinar.sequence,
        notify_at=_announced_at(webinar, now),
        created_at=now,
    )
    notices.save(session, notice)


def _call(
    session: Session, webinar: Webinar, own: Collection[str], person_id: int | None, fields: Fields, now: datetime
) -> None:
    """Who is asked to host it is called once they do."""
    everybody = fields.for_whom is ForWhom.ORGANISERS
    called = [each.id for each in consortium.active_partnerships(session)] if everybody else own
    maker = [] if person_id is None else [person_id]
    planning.call(session, webinar, called, but=maker, due_at=_announced_at(webinar, now), now=now)


def _announced_at(webinar: Webinar, now: datetime) -> datetime:
    """There is time for second thoughts."""
    return now + min(_ANNOUNCE_AFTER, (webinar.starts_at - now) / 2)


def _agenda(fields: Fields) -> tuple[AgendaItem, ...]:
    return tuple(
        AgendaItem(webinar_id=0, position=position, minutes=line.minutes, title=line.title, speaker=line.speaker)
        for position, line in enumerate(fields.agenda)
    )


def _webinar(fields: Fields, person_id: int | None, now: datetime, uid: str | None = None) -> Webinar:
    if fields.missing:
        raise DraftIncompleteError(fields.missing)
    assert fields.local_start
    assert fields.title
    assert fields.join_url
    starts_at = wall_time.instant(fields.local_start, fields.timezone)
    return Webinar(
        code=new_code(),
        uid=uid or str(uuid4()),
        title=fields.title,
        description=fields.description,
        local_start=fields.local_start,
        timezone=fields.timezone,
        starts_at=starts_at,
        ends_at=wall_time.end(starts_at, fields.duration_minutes),
        duration_minutes=fields.duration_minutes,
        language=fields.language,
        capacity=fields.capacity,
        join_url=fields.join_url,
        circle=Circle.ORGANISERS if fields.is_meeting else Circle.EVERYBODY,
        last_modified=now,
        created_by=person_id,
        created_at=now,
    )
