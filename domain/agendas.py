"""Agendas handed on: any webinar's becomes a template in the library, and any template fills a draft.

A template has lengths, no hours and no names: it fits every start.
"""

from datetime import datetime

from domain import access, cards, drafts, intake
from domain.cards import AgendaLine
from domain.draft_fields import Field
from domain.drafts import DraftView
from domain.errors import ConvokeError, WebinarNotFoundError
from domain.library import entries, rights, upkeep, writing
from domain.library.rights import EntryNotFoundError
from domain.library.writing import Given, Writing
from domain.reading import agenda
from storage import Circle, EntryKind, Session, webinars
from storage import drafts as rows


class NoAgendaError(ConvokeError):
    """The webinar has none."""


def as_text(lines: tuple[AgendaLine, ...]) -> str:
    """One line each, as people write agendas and as `reading.agenda` reads them; without who spoke."""
    return "\n".join(f"{line.minutes} min {line.title}" if line.minutes else line.title for line in lines)


def share(session: Session, code: str, person_id: int, *, language: str, now: datetime) -> Writing:
    """A draft for the library of a webinar's agenda, or a meeting's. Every organiser may, as all of them can see it.

    From the template nothing leads back to a meeting. Raises NoAgendaError.
    """
    access.require_poster(session, person_id)
    webinar = webinars.by_code(session, code, person_id)
    if webinar is None:
        raise WebinarNotFoundError(code)
    card = cards.card(session, webinar, None, now=now)
    if not card.agenda:
        raise NoAgendaError
    own = access.partnerships(session, person_id)
    hosts = [host for host in card.host_ids if host in own]
    given = Given(
        title=card.title,
        text=as_text(card.agenda),
        topic_ids=card.topic_ids,
        partnership_id=hosts[0] if hosts else None,
        webinar_id=webinar.id if webinar.circle is Circle.EVERYBODY else None,
    )
    return writing.start(session, person_id, EntryKind.AGENDA, given, language=language, now=now)


def fill(session: Session, code: str, person_id: int, *, timezone: str, now: datetime) -> DraftView:
    """Put a template into the person's draft, a new one if they have none.

    An agenda that is there is not replaced, only offered to be. Hours become lengths, so that they move with the start.
    Raises EntryNotFoundError; FieldError if it is no agenda.
    """
    access.require_poster(session, person_id)
    entry = entries.entry(session, rights.readable(session, code, person_id), person_id)
    if entry.kind is not EntryKind.AGENDA:
        raise EntryNotFoundError(code)
    draft = rows.of_person(session, person_id) or drafts.new(session, person_id, timezone=timezone, now=now)
    fields = drafts.current(session, draft)
    lines = agenda.read(entry.text, duration_minutes=fields.duration_minutes)
    said: intake.Said = {Field.AGENDA: {"agenda": lines}}
    if minutes := agenda.minutes(lines):
        said[Field.DURATION] = {"duration_minutes": minutes}
    view, _ = intake.merge(session, draft, said, offering=(Field.AGENDA,), now=now)
    upkeep.used(session, code)
    return view
