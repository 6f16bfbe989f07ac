"""What an organiser types to change a webinar: asked for, then read exactly as in a draft."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain import access, asking, details, editing, wall_time
from domain.asking import Asking
from domain.details import Detail
from domain.editing import Prospect, Sheet
from domain.reading import agenda, draft_values, places, when
from domain.usual import Usual
from storage import Person, Session, Webinar, people

REASON_LENGTH = 300


class Part(StrEnum):
    """What can be changed about a webinar that is published, besides when it is, in the words of a draft's fields."""

    TITLE = "title"
    DESCRIPTION = "description"
    LINK = "link"
    DURATION = "duration"
    LANGUAGE = "language"
    SEATS = "seats"
    ZONE = "zone"
    TOPICS = "topics"
    AGENDA = "agenda"


_ASKED = {
    Part.TITLE: Asking.EDIT_TITLE,
    Part.DESCRIPTION: Asking.EDIT_DESCRIPTION,
    Part.LINK: Asking.EDIT_LINK,
    Part.DURATION: Asking.EDIT_DURATION,
    Part.SEATS: Asking.EDIT_SEATS,
    Part.ZONE: Asking.EDIT_ZONE,
    Part.AGENDA: Asking.EDIT_AGENDA,
}
TYPED = frozenset(_ASKED)
"""The other parts are chosen from buttons."""

QUESTIONS = frozenset({Asking.MOVE, Asking.CANCEL_REASON, *_ASKED.values()})

_READERS: dict[Asking, tuple[Detail, Callable[[str], Any]]] = {
    Asking.EDIT_TITLE: (Detail.TITLE, draft_values.title),
    Asking.EDIT_DESCRIPTION: (Detail.DESCRIPTION, draft_values.description),
    Asking.EDIT_LINK: (Detail.JOIN_URL, draft_values.join_url),
    Asking.EDIT_DURATION: (Detail.DURATION, draft_values.duration),
    Asking.EDIT_SEATS: (Detail.CAPACITY, draft_values.capacity),
    Asking.EDIT_ZONE: (Detail.TIMEZONE, lambda text: places.timezone(draft_values.clean(text))),
}


def ask(session: Session, code: str, person_id: int, question: Asking, *, now: datetime) -> Sheet:
    """Let the person's next message be the answer."""
    sheet = editing.sheet(session, code, person_id, now=now)
    person = people.lock(session, person_id)
    asking.ask(person, question, about=code, now=now)
    people.save(session, person)
    return sheet


def ask_for_part(session: Session, code: str, person_id: int, part: Part, *, now: datetime) -> Sheet:
    """`part` must be one that is typed."""
    return ask(session, code, person_id, _ASKED[part], now=now)


def answer(
    session: Session, person: Person, text: str, usual: Usual, *, picked: datetime | None, now: datetime
) -> Prospect:
    """Show what the typed change would mean. The person is locked, and was asked one of `QUESTIONS`.

    `picked` is the moment of a date that they inserted with the chat app. Raises FieldError, PlaceError, WhenError or
    UnchangedError, and then the question stays open.
    """
    code, question = person.asking_about, asking.asked(person, now=now)
    webinar = access.editable(session, code, person.id)
    if question is Asking.MOVE:
        starts_at = _start(webinar, text, picked, now)
        prospect = editing.propose_move(session, code, person.id, starts_at, usual, now=now)
    elif question is Asking.CANCEL_REASON:
        prospect = editing.propose_cancel(session, code, person.id, reason(text), usual, now=now)
    else:
        assert question
        prospect = editing.propose(session, code, person.id, _value(webinar, question, text), usual, now=now)
    asking.close(person)
    people.save(session, person)
    return prospect


def _value(webinar: Webinar, question: Asking, text: str) -> dict[str, Any]:
    if question is Asking.EDIT_AGENDA:
        lines = agenda.read(text, duration_minutes=webinar.duration_minutes)
        return {Detail.AGENDA.value: [asdict(line) for line in lines]}
    detail, read = _READERS[question]
    value = read(text)
    if detail is Detail.TIMEZONE:
        details.seen_in(webinar.starts_at, value)  # raises where the clock there can't tell it
    return {detail.value: value}


def reason(text: str) -> str:
    """Why a webinar is cancelled, in one line. Raises FieldError."""
    return draft_values.within(" ".join(draft_values.clean(text).split()), REASON_LENGTH)


def _start(webinar: Webinar, text: str, picked: datetime | None, now: datetime) -> datetime:
    """As the clock of the webinar's own zone will show it: in an hour that comes twice, the first."""
    if picked is None:
        found = when.parse(draft_values.clean(text), timezone=webinar.timezone, now=now)
        picked = wall_time.instant(found.local, found.timezone)
    found = when.from_instant(picked, timezone=webinar.timezone, now=now)
    return wall_time.instant(found.local, found.timezone)
