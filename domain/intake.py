"""What an organiser sends while a draft is open: an answer, or a whole invitation from which the draft is filled."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain import access, drafts
from domain.drafts import ASKED_IN_TURN, DraftView, Field, Fields
from domain.reading import pasting
from domain.reading.draft_values import FieldError, FieldFault
from domain.reading.pasting import Found
from storage import Draft, Session
from storage import drafts as draft_rows

_OFFERED = (Field.TITLE, Field.WHEN, Field.LINK)
Said = dict[Field, Mapping[str, Any]]
"""By field, the values that a draft would hold."""

_USUAL_LANGUAGE = Fields.model_fields["language"].default
_ANSWERED_AT_LENGTH = frozenset({Field.DESCRIPTION, Field.AGENDA})


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What was sent. `answer`: it may be one; else it only counts if it is an invitation.

    `hidden` are links behind words, `picked` the moments of dates that the chat app knows as such.
    """

    text: str
    answer: bool = True
    hidden: tuple[str, ...] = ()
    picked: tuple[datetime, ...] = ()
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """`found` is what a whole invitation said, and `filled` what the draft has from it now."""

    view: DraftView
    found: Found | None = None
    filled: tuple[Field, ...] = ()


def take(session: Session, person_id: int, message: Message, *, timezone: str, now: datetime) -> Taken | None:
    """Put a message where it belongs. Nothing: it was no answer, and no invitation.

    An invitation opens a draft if none is open; a time in it without a zone is in the draft's, or in `timezone`.
    Raises FieldError or WhenError, and then changes nothing.
    """
    access.require_poster(session, person_id)
    draft = draft_rows.of_person(session, person_id)
    asked = Field(draft.asking) if draft and draft.asking else None
    if asked not in _ANSWERED_AT_LENGTH:
        zone = drafts.current(session, draft).timezone if draft else timezone
        found = pasting.find(message.text, hidden=message.hidden, picked=message.picked, timezone=zone, now=now)
        if asked is Field.INVITATION or found.is_invitation or (message.forwarded and found.signs):
            draft = draft or drafts.new(session, person_id, timezone=timezone, now=now)
            return _pasted(session, draft, found, now)
    if not message.answer:
        return None
    picked = message.picked[0] if message.picked else None
    view = drafts.fill(session, person_id, message.text, picked=picked, now=now)
    return Taken(view) if view else None


def use_offer(session: Session, person_id: int, field: Field, *, now: datetime) -> DraftView:
    """Let what a text said take the place of what was there before."""
    draft = drafts.opened(session, person_id)
    fields = drafts.current(session, draft)
    rest = {offered: values for offered, values in fields.offered.items() if offered is not field}
    return drafts.save(session, draft, now, fields.changed({**fields.offered.get(field, {}), "offered": rest}))


def keep_mine(session: Session, person_id: int, *, now: datetime) -> DraftView:
    draft = drafts.opened(session, person_id)
    return drafts.save(session, draft, now, drafts.current(session, draft).changed({"offered": {}}))


def merge(
    session: Session, draft: Draft, said: Said, *, offering: Collection[Field] = _OFFERED, now: datetime
) -> tuple[DraftView, tuple[Field, ...]]:
    """Fill what is empty, and name what was. Of the rest, what is in `offering` is offered: nothing typed is lost."""
    before = drafts.current(session, draft)
    filled = tuple(field for field in said if not _is_filled(before, field))
    offered = {field: said[field] for field in said if field in offering and field not in filled}
    offered = {field: values for field, values in offered.items() if before.changed(values) != before}
    new: dict[str, Any] = {"offered": {**before.offered, **offered}}
    for field in filled:
        new |= said[field]
    fields = before.changed(new)
    draft.asking = next((field for field in ASKED_IN_TURN if field in fields.missing), None)
    return drafts.save(session, draft, now, fields), filled


def _pasted(session: Session, draft: Draft, found: Found, now: datetime) -> Taken:
    said = _values(found)
    if not said and not (found.when_fault or found.moments or found.links):
        raise FieldError(FieldFault.NOTHING_FOUND)
    view, filled = merge(session, draft, said, now=now)
    return Taken(view, found, filled)


def _values(found: Found) -> Said:
    start = found.when.start if found.when else None
    said: Said = {
        Field.TITLE: {"title": found.title},
        Field.WHEN: {"local_start": start.local, "timezone": start.timezone} if start else {"local_start": None},
        Field.LINK: {"join_url": found.link},
        Field.DURATION: {"duration_minutes": found.minutes, "length_given": True},
        Field.DESCRIPTION: {"description": found.description},
        Field.AGENDA: {"agenda": found.agenda},
    }
    return {field: values for field, values in said.items() if next(iter(values.values()))}


def _is_filled(fields: Fields, field: Field) -> bool:
    there = {
        Field.TITLE: fields.title,
        Field.WHEN: fields.local_start,
        Field.LINK: fields.join_url,
        Field.DURATION: fields.length_given,
        Field.DESCRIPTION: fields.description,
        Field.AGENDA: fields.agenda,
        Field.TOPICS: fields.topics,
        Field.SEATS: fields.capacity,
        Field.LANGUAGE: fields.language != _USUAL_LANGUAGE,
    }
    return bool(there[field])
