"""What a file says of a webinar, in the words of a draft."""

from typing import Any

from domain.details import Detail
from domain.draft_fields import Field
from domain.importing_merge import CANCELLED, WHEN, Said
from domain.importing_values import Event
from storage import Session, consortium

_NAMES = {
    Field.TITLE: ("title",),
    Field.WHEN: ("local_start", "timezone"),
    Field.LINK: ("join_url",),
    Field.DURATION: ("duration_minutes", "length_given"),
    Field.LANGUAGE: ("language",),
    Field.SEATS: ("capacity",),
    Field.TOPICS: ("topics",),
    Field.DESCRIPTION: ("description",),
}


def as_draft(said: Said) -> dict[str, Any]:
    """The same by the names of a draft's fields."""
    values = {name: value for name, value in said.items() if name not in {WHEN, CANCELLED}}
    if WHEN in said:
        values["local_start"], values["timezone"] = said[WHEN]
    if Detail.DURATION in said:
        values["length_given"] = True
    return values


def by_draft_field(said: Said) -> dict[Field, Said]:
    """The same, by the fields that are filled one by one."""
    values = as_draft(said)
    found: dict[Field, Said] = {}
    for field, names in _NAMES.items():
        if said_of_it := {name: values[name] for name in names if name in values}:
            found[field] = said_of_it
    return found


def topics_by_word(session: Session) -> dict[str, str]:
    """Ids by what a file may call them: the id, or the name."""
    found: dict[str, str] = {}
    for topic in consortium.active_topics(session):
        found |= {topic.id.casefold(): topic.id, topic.name.casefold(): topic.id}
    return found


def topic_ids_of(topics: dict[str, str], event: Event) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of an event's topics, and the words that are no topic."""
    known = tuple(topics[word.casefold()] for word in event.topics if word.casefold() in topics)
    return tuple(dict.fromkeys(known)), tuple(word for word in event.topics if word.casefold() not in topics)
