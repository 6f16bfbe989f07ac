"""From a complete draft to a webinar that everybody can see."""

import secrets
from datetime import datetime, timedelta
from uuid import uuid4

from domain import access, cards, drafts, wall_time
from domain.cards import Card
from domain.drafts import DraftIncompleteError, Fields, NoDraftError
from domain.errors import NotAllowedError
from domain.when import WhenError, WhenFault
from storage import Notice, NoticeKind, Session, Webinar, consortium, notices, registrations, webinars
from storage import drafts as draft_rows

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no letter or figure that can be taken for another
_CODE_LENGTH = 8
_ANNOUNCE_AFTER = timedelta(minutes=10)


def publish(session: Session, person_id: int, *, now: datetime) -> Card:
    """Make the person's draft a webinar. Everything is checked again: time has passed since it was typed."""
    access.require_poster(session, person_id)
    draft = draft_rows.of_person(session, person_id)
    if draft is None:
        raise NoDraftError
    webinar = create(session, person_id, drafts.current(session, draft), now=now)
    draft_rows.delete(session, draft)
    return cards.card(session, webinar, person_id, now=now)


def preview(session: Session, person_id: int, *, now: datetime) -> Card:
    """The person's draft as companies would see it."""
    access.require_poster(session, person_id)
    draft = draft_rows.of_person(session, person_id)
    if draft is None:
        raise NoDraftError
    fields = drafts.current(session, draft)
    webinar = _webinar(fields, person_id, now)
    webinar.id = 0
    partnerships = {partnership.id: partnership for partnership in consortium.active_partnerships(session)}
    programme = webinars.Programme(
        {0: tuple(partnerships[host] for host in fields.hosts if host in partnerships)},
        {0: tuple(topic for topic in consortium.active_topics(session) if topic.id in fields.topics)},
        {},
    )
    return cards.compose(webinar, programme, registrations.Counts(), None, now=now)


def create(session: Session, person_id: int, fields: Fields, *, now: datetime) -> Webinar:
    webinar = _webinar(fields, person_id, now)
    if not set(fields.hosts) <= access.partnerships(session, person_id):
        raise NotAllowedError
    if webinar.starts_at <= now:
        raise WhenError(WhenFault.PAST, "")
    webinars.add(session, webinar, fields.hosts, fields.topics)
    _announce(session, webinar, now)
    return webinar


def _announce(session: Session, webinar: Webinar, now: datetime) -> None:
    """Followers are told after a while: there is time for second thoughts, and several become one message."""
    notice = Notice(
        webinar_id=webinar.id,
        kind=NoticeKind.ANNOUNCED,
        first_sequence=webinar.sequence,
        last_sequence=webinar.sequence,
        notify_at=now + min(_ANNOUNCE_AFTER, (webinar.starts_at - now) / 2),
        created_at=now,
    )
    notices.save(session, notice)


def _webinar(fields: Fields, person_id: int, now: datetime) -> Webinar:
    if fields.missing:
        raise DraftIncompleteError(fields.missing)
    assert fields.local_start
    assert fields.title
    assert fields.join_url
    starts_at = wall_time.instant(fields.local_start, fields.timezone)
    return Webinar(
        code=new_code(),
        uid=str(uuid4()),
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
        last_modified=now,
        created_by=person_id,
        created_at=now,
    )


def new_code() -> str:
    """Part of public addresses, so not to be guessed in order; RFC 7986 asks for a random UUID as the uid beside it."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
