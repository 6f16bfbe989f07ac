"""A webinar being written: one row that survives everything, filled field by field, then published."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain import access, audit, hosting, wall_time
from domain.audit import Action
from domain.choices import Choice
from domain.draft_fields import (
    ASKED_IN_TURN,
    CLEARABLE,
    LANGUAGES,
    REQUIRED,
    TYPED,
    DraftIncompleteError,
    Field,
    Fields,
    ForWhom,
    NoDraftError,
)
from domain.reading import agenda, draft_values, when
from storage import Draft, EntryKind, Session, consortium, drafts, library_search

__all__ = [
    "ASKED_IN_TURN",
    "CLEARABLE",
    "LANGUAGES",
    "REQUIRED",
    "DraftIncompleteError",
    "DraftView",
    "Field",
    "Fields",
    "ForWhom",
    "NoDraftError",
    "ask",
    "choose_for_whom",
    "choose_language",
    "choose_start",
    "clear",
    "current",
    "discard",
    "fill",
    "new",
    "opened",
    "save",
    "show",
    "shown",
    "start",
    "toggle_host",
    "toggle_topic",
    "view",
]


LEARNT = (EntryKind.PRACTICE, EntryKind.LESSON)
"""What is offered to whoever plans a webinar: what worked, and what to do better."""

_READERS: dict[Field, tuple[str, Callable[[str], str | int | None]]] = {
    Field.TITLE: ("title", draft_values.title),
    Field.LINK: ("join_url", draft_values.join_url),
    Field.DESCRIPTION: ("description", draft_values.description),
    Field.DURATION: ("duration_minutes", draft_values.duration),
    Field.SEATS: ("capacity", draft_values.capacity),
}


@dataclass(frozen=True, slots=True)
class DraftView:
    """`message_id` is the message that shows the draft at present.

    `asked` are partnerships that are asked when it is published, as they are not the person's own. They can be chosen
    once one of their own is. `lessons`: others have learnt something about its topics.
    """

    fields: Fields
    hosts: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    asking: Field | None
    message_id: int | None
    asked: frozenset[str] = frozenset()
    lessons: bool = False


def start(session: Session, person_id: int, *, timezone: str, now: datetime) -> DraftView:
    """The person's draft, a new one if they have none. A person with one partnership need not name it."""
    access.require_poster(session, person_id)
    draft = drafts.of_person(session, person_id)
    return view(session, draft or new(session, person_id, timezone=timezone, now=now))


def new(session: Session, person_id: int, *, timezone: str, now: datetime) -> Draft:
    """A draft with nothing in it, open for the person, who has none open."""
    own = access.partnerships(session, person_id)
    fields = Fields(timezone=timezone, hosts=tuple(own) if len(own) == 1 else ())
    draft = Draft(
        person_id=person_id,
        created_by=person_id,
        fields=fields.model_dump(mode="json"),
        asking=Field.TITLE,
        created_at=now,
        changed_at=now,
    )
    drafts.save(session, draft)
    return draft


def show(session: Session, person_id: int) -> DraftView:
    return view(session, opened(session, person_id))


def ask(session: Session, person_id: int, field: Field, *, now: datetime) -> DraftView:
    """Let the person's next message fill this field."""
    draft = opened(session, person_id)
    draft.asking = field if field in TYPED else None
    return save(session, draft, now)


def fill(session: Session, person_id: int, text: str, *, picked: datetime | None, now: datetime) -> DraftView | None:
    """Put the person's message into the field that was asked for, and ask for the next one that is missing.

    `picked` is the moment of a date the person inserted with the chat app. Nothing: no field was asked for.
    Raises FieldError or WhenError, and then changes nothing.
    """
    access.require_poster(session, person_id)
    draft = drafts.of_person(session, person_id)
    if draft is None or draft.asking in {None, Field.INVITATION}:
        return None
    field = Field(draft.asking)
    before = current(session, draft)
    fields = before.model_copy(
        update=_values(field, text, picked, before, now) | {"offered": _unanswered(before, field)}
    )
    draft.asking = next((field for field in ASKED_IN_TURN if field in fields.missing), None)
    return save(session, draft, now, fields)


def _values(field: Field, text: str, picked: datetime | None, fields: Fields, now: datetime) -> dict[str, Any]:
    """What the text is for this field. Raises FieldError or WhenError."""
    if field is Field.WHEN:
        return _start_values(text, picked, fields, now)
    if field is Field.AGENDA:
        return {"agenda": agenda.read(text, duration_minutes=fields.duration_minutes)}
    name, read = _READERS[field]
    given = {"length_given": True} if field is Field.DURATION else {}
    return {name: read(text), **given}


def _start_values(text: str, picked: datetime | None, fields: Fields, now: datetime) -> dict[str, Any]:
    """The start, and how long it lasts if until when was said and nothing else before."""
    if picked is not None:
        found = when.from_instant(picked, timezone=fields.timezone, now=now)
        return {"local_start": found.local, "timezone": found.timezone}
    reading = when.read(draft_values.clean(text), timezone=fields.timezone, now=now)
    values = {"local_start": reading.start.local, "timezone": reading.start.timezone}
    if reading.minutes is None or fields.length_given:
        return values
    return values | {"duration_minutes": reading.minutes, "length_given": True}


def _unanswered(fields: Fields, answered: Field) -> dict[Field, Any]:
    """What a text had to offer, without the field that was filled by hand now."""
    return {field: values for field, values in fields.offered.items() if field is not answered}


def toggle_host(session: Session, person_id: int, partnership_id: str, *, now: datetime) -> DraftView:
    """Add or remove a host. Another's partnership is asked when the draft is published."""
    draft = opened(session, person_id)
    fields = current(session, draft)
    if partnership_id in {choice.id for choice in view(session, draft).hosts}:
        fields = fields.model_copy(update={"hosts": _toggled(fields.hosts, partnership_id)})
    return save(session, draft, now, fields)


def toggle_topic(session: Session, person_id: int, topic_id: str, *, now: datetime) -> DraftView:
    draft = opened(session, person_id)
    fields = current(session, draft)
    if topic_id in {topic.id for topic in consortium.active_topics(session)}:
        fields = fields.model_copy(update={"topics": _toggled(fields.topics, topic_id)})
    return save(session, draft, now, fields)


def choose_language(session: Session, person_id: int, language: str, *, now: datetime) -> DraftView:
    draft = opened(session, person_id)
    fields = current(session, draft)
    if language in LANGUAGES:
        fields = fields.model_copy(update={"language": language})
    return save(session, draft, now, fields)


def choose_for_whom(session: Session, person_id: int, for_whom: ForWhom, *, now: datetime) -> DraftView:
    draft = opened(session, person_id)
    return save(session, draft, now, current(session, draft).model_copy(update={"for_whom": for_whom}))


def choose_start(session: Session, person_id: int, local_start: datetime, timezone: str, *, now: datetime) -> DraftView:
    """Give the draft a time, a wall time (naive) in an IANA zone. Raises WhenError if it is past."""
    draft = opened(session, person_id)
    if wall_time.instant(local_start, timezone) <= now:
        raise when.WhenError(when.WhenFault.PAST, "")
    before = current(session, draft)
    fields = before.model_copy(
        update={"local_start": local_start, "timezone": timezone, "offered": _unanswered(before, Field.WHEN)}
    )
    if draft.asking == Field.WHEN:
        draft.asking = next((field for field in ASKED_IN_TURN if field in fields.missing), None)
    return save(session, draft, now, fields)


def clear(session: Session, person_id: int, field: Field, *, now: datetime) -> DraftView:
    """Take away what was typed into a field that may be empty; of others nothing is lost."""
    draft = opened(session, person_id)
    if field not in CLEARABLE:
        return view(session, draft)
    fields = current(session, draft).model_copy(update={field.value: CLEARABLE[field]})
    if draft.asking == field:
        draft.asking = next((field for field in ASKED_IN_TURN if field in fields.missing), None)
    return save(session, draft, now, fields)


def discard(session: Session, person_id: int, *, now: datetime) -> None:
    """Delete the person's draft. It is written down, unless nothing was written yet and it came with no file."""
    draft = opened(session, person_id)
    imported, title = drafts.imported(session, draft.id), current(session, draft).title or ""
    if imported or title:
        partnership_id = imported.partnership_id if imported else None
        audit.record(session, person_id, Action.DISCARDED, partnership_id=partnership_id, subject=title, now=now)
    drafts.delete(session, draft)


def shown(session: Session, person_id: int, message_id: int) -> None:
    """Remember which message shows the draft, so that it can be replaced and not piled up."""
    draft = drafts.of_person(session, person_id)
    if draft is not None:
        draft.message_id = message_id
        drafts.save(session, draft)


def _toggled(chosen: tuple[str, ...], item: str) -> tuple[str, ...]:
    return tuple(other for other in chosen if other != item) if item in chosen else (*chosen, item)


def opened(session: Session, person_id: int) -> Draft:
    """The draft that the person has open. Raises NoDraftError."""
    access.require_poster(session, person_id)
    draft = drafts.of_person(session, person_id)
    if draft is None:
        raise NoDraftError
    return draft


def current(session: Session, draft: Draft) -> Fields:
    """What the draft says now: hosts the person may no longer name, and topics that have left, have dropped out."""
    fields = Fields.model_validate(draft.fields)
    own, asked = _split(session, draft, fields.hosts)
    topics = {topic.id for topic in consortium.active_topics(session)}
    return fields.model_copy(
        update={
            "hosts": (*own, *asked) if own else (),
            "topics": tuple(topic for topic in fields.topics if topic in topics),
        }
    )


def _split(session: Session, draft: Draft, hosts: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those in whose name whoever has the draft open may act, and those to ask; none, while nobody has."""
    return ((), ()) if draft.person_id is None else hosting.split(session, draft.person_id, hosts)


def save(session: Session, draft: Draft, now: datetime, fields: Fields | None = None) -> DraftView:
    if fields is not None:
        draft.fields = fields.model_dump(mode="json")
    draft.changed_at = now
    drafts.save(session, draft)
    return view(session, draft)


def view(session: Session, draft: Draft) -> DraftView:
    fields = current(session, draft)
    partnerships = consortium.active_partnerships(session)
    own, others = _split(session, draft, [partnership.id for partnership in partnerships])
    nameable = {*own, *others} if fields.hosts else {*own}
    return DraftView(
        fields=fields,
        hosts=tuple(
            Choice(host.id, host.short_name, host.id in fields.hosts) for host in partnerships if host.id in nameable
        ),
        topics=tuple(
            Choice(topic.id, topic.name, topic.id in fields.topics) for topic in consortium.active_topics(session)
        ),
        asking=Field(draft.asking) if draft.asking else None,
        message_id=draft.message_id,
        asked=frozenset(others),
        lessons=bool(fields.topics and library_search.about(session, LEARNT, fields.topics)),
    )
