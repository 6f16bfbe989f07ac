"""A webinar being written: one row that survives everything, filled field by field, then published."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain import access, draft_values, wall_time, when
from domain.choices import Choice
from domain.errors import ConvokeError
from storage import Draft, Session, consortium, drafts

LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl", "cs", "da", "sv", "zh")
"""What a webinar may be held in: the members' languages, English, and Chinese."""


class Field(StrEnum):
    TITLE = "title"
    WHEN = "when"
    LINK = "link"
    HOSTS = "hosts"
    TOPICS = "topics"
    DESCRIPTION = "description"
    DURATION = "duration"
    LANGUAGE = "language"
    SEATS = "seats"


REQUIRED = (Field.TITLE, Field.HOSTS, Field.WHEN, Field.LINK)
_ASKED_IN_TURN = (Field.TITLE, Field.WHEN, Field.LINK)
_TYPED = frozenset({*_ASKED_IN_TURN, Field.DESCRIPTION, Field.DURATION, Field.SEATS})


class NoDraftError(ConvokeError):
    """The person has no draft: it was published or discarded, here or in another window."""


class DraftIncompleteError(ConvokeError):
    """A field that must be there is missing."""

    def __init__(self, missing: tuple[Field, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class Fields(BaseModel):
    """What the draft's row holds as JSON. `local_start` is a wall time (naive) in `timezone` (IANA)."""

    model_config = ConfigDict(frozen=True)

    title: str | None = None
    description: str = ""
    hosts: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    local_start: datetime | None = None
    timezone: str
    duration_minutes: int = 60
    language: str = "en"
    capacity: int | None = None
    join_url: str | None = None

    @property
    def missing(self) -> tuple[Field, ...]:
        there = {
            Field.TITLE: self.title,
            Field.HOSTS: self.hosts,
            Field.WHEN: self.local_start,
            Field.LINK: self.join_url,
        }
        return tuple(field for field in REQUIRED if not there[field])

    @property
    def starts_at(self) -> datetime | None:
        return wall_time.instant(self.local_start, self.timezone) if self.local_start else None


@dataclass(frozen=True, slots=True)
class DraftView:
    """`message_id` is the message that shows the draft at present."""

    fields: Fields
    hosts: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    asking: Field | None
    message_id: int | None


def start(session: Session, person_id: int, *, timezone: str, now: datetime) -> DraftView:
    """The person's draft, a new one if they have none. A person with one partnership need not name it."""
    access.require_poster(session, person_id)
    draft = drafts.of_person(session, person_id)
    if draft is None:
        own = access.partnerships(session, person_id)
        fields = Fields(timezone=timezone, hosts=tuple(own) if len(own) == 1 else ())
        draft = Draft(
            person_id=person_id,
            fields=fields.model_dump(mode="json"),
            asking=Field.TITLE,
            created_at=now,
            changed_at=now,
        )
        drafts.save(session, draft)
    return _view(session, draft)


def show(session: Session, person_id: int) -> DraftView:
    return _view(session, _draft(session, person_id))


def ask(session: Session, person_id: int, field: Field, *, now: datetime) -> DraftView:
    """Let the person's next message fill this field."""
    draft = _draft(session, person_id)
    draft.asking = field if field in _TYPED else None
    return _save(session, draft, now)


def fill(session: Session, person_id: int, text: str, *, picked: datetime | None, now: datetime) -> DraftView | None:
    """Put the person's message into the field that was asked for, and ask for the next one that is missing.

    `picked` is the moment of a date the person inserted with the chat app. Nothing: no field was asked for.
    Raises FieldError or WhenError, and then changes nothing.
    """
    access.require_poster(session, person_id)
    draft = drafts.of_person(session, person_id)
    if draft is None or draft.asking is None:
        return None
    field = Field(draft.asking)
    fields = current(session, draft)
    match field:
        case Field.TITLE:
            fields = fields.model_copy(update={"title": draft_values.title(text)})
        case Field.WHEN:
            fields = fields.model_copy(update=_start_values(text, picked, fields.timezone, now))
        case Field.LINK:
            fields = fields.model_copy(update={"join_url": draft_values.join_url(text)})
        case Field.DESCRIPTION:
            fields = fields.model_copy(update={"description": draft_values.description(text)})
        case Field.DURATION:
            fields = fields.model_copy(update={"duration_minutes": draft_values.duration(text)})
        case _:
            fields = fields.model_copy(update={"capacity": draft_values.capacity(text)})
    draft.asking = next((field for field in _ASKED_IN_TURN if field in fields.missing), None)
    return _save(session, draft, now, fields)


def toggle_host(session: Session, person_id: int, partnership_id: str, *, now: datetime) -> DraftView:
    """Add or remove a host. Only partnerships in whose name the person may act are taken."""
    draft = _draft(session, person_id)
    fields = current(session, draft)
    if partnership_id in access.partnerships(session, person_id):
        fields = fields.model_copy(update={"hosts": _toggled(fields.hosts, partnership_id)})
    return _save(session, draft, now, fields)


def toggle_topic(session: Session, person_id: int, topic_id: str, *, now: datetime) -> DraftView:
    draft = _draft(session, person_id)
    fields = current(session, draft)
    if topic_id in {topic.id for topic in consortium.active_topics(session)}:
        fields = fields.model_copy(update={"topics": _toggled(fields.topics, topic_id)})
    return _save(session, draft, now, fields)


def choose_language(session: Session, person_id: int, language: str, *, now: datetime) -> DraftView:
    draft = _draft(session, person_id)
    fields = current(session, draft)
    if language in LANGUAGES:
        fields = fields.model_copy(update={"language": language})
    return _save(session, draft, now, fields)


def discard(session: Session, person_id: int) -> None:
    drafts.delete(session, _draft(session, person_id))


def shown(session: Session, person_id: int, message_id: int) -> None:
    """Remember which message shows the draft, so that it can be replaced and not piled up."""
    draft = drafts.of_person(session, person_id)
    if draft is not None:
        draft.message_id = message_id
        drafts.save(session, draft)


def _start_values(text: str, picked: datetime | None, timezone: str, now: datetime) -> dict[str, object]:
    if picked is None:
        found = when.parse(draft_values.clean(text), timezone=timezone, now=now)
    else:
        found = when.from_instant(picked, timezone=timezone, now=now)
    return {"local_start": found.local, "timezone": found.timezone}


def _toggled(chosen: tuple[str, ...], item: str) -> tuple[str, ...]:
    return tuple(other for other in chosen if other != item) if item in chosen else (*chosen, item)


def _draft(session: Session, person_id: int) -> Draft:
    access.require_poster(session, person_id)
    draft = drafts.of_person(session, person_id)
    if draft is None:
        raise NoDraftError
    return draft


def current(session: Session, draft: Draft) -> Fields:
    """What the draft says now: hosts the person may no longer name, and topics that have left, have dropped out."""
    fields = Fields.model_validate(draft.fields)
    allowed = access.partnerships(session, draft.person_id)
    topics = {topic.id for topic in consortium.active_topics(session)}
    return fields.model_copy(
        update={
            "hosts": tuple(host for host in fields.hosts if host in allowed),
            "topics": tuple(topic for topic in fields.topics if topic in topics),
        }
    )


def _save(session: Session, draft: Draft, now: datetime, fields: Fields | None = None) -> DraftView:
    if fields is not None:
        draft.fields = fields.model_dump(mode="json")
    draft.changed_at = now
    drafts.save(session, draft)
    return _view(session, draft)


def _view(session: Session, draft: Draft) -> DraftView:
    fields = current(session, draft)
    allowed = access.partnerships(session, draft.person_id)
    return DraftView(
        fields=fields,
        hosts=tuple(
            Choice(host.id, host.short_name, host.id in fields.hosts)
            for host in consortium.active_partnerships(session)
            if host.id in allowed
        ),
        topics=tuple(
            Choice(topic.id, topic.name, topic.id in fields.topics) for topic in consortium.active_topics(session)
        ),
        asking=Field(draft.asking) if draft.asking else None,
        message_id=draft.message_id,
    )
