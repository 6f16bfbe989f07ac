"""Slides and a recording of a webinar: given by its hosts, handed out, and there for good on its card."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import access, asking, audit, cards, handing_out
from domain.asking import Asking
from domain.audit import Action
from domain.cards import Card, Handout
from domain.errors import ConvokeError, WebinarNotFoundError
from domain.reading import draft_values
from storage import Material, MaterialKind, Session, Webinar, WebinarStatus, materials, people, webinars

QUESTIONS = {Asking.SLIDES: MaterialKind.SLIDES, Asking.RECORDING: MaterialKind.RECORDING}

_ASKS = {kind: question for question, kind in QUESTIONS.items()}
_FILE_NAME_LENGTH = 120


class NotBegunError(ConvokeError):
    """There is nothing to hand out of a webinar that has not begun, or does not take place."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that a person sent us, as Telegram keeps it."""

    file_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Added:
    """`told` is how many get it, as far as is known; None: it took the place of another, of which nobody is told."""

    card: Card
    told: int | None


def show(session: Session, code: str, person_id: int, *, now: datetime) -> Card:
    """The webinar with what there is. Raises NotBegunError."""
    return cards.card(session, _open(session, code, person_id, now), None, now=now)


def ask(session: Session, code: str, person_id: int, kind: MaterialKind, *, now: datetime) -> Card:
    """Let the person's next message be the link or the file. Raises NotBegunError."""
    webinar = _open(session, code, person_id, now)
    person = people.lock(session, person_id)
    asking.ask(person, _ASKS[kind], about=code, now=now)
    people.save(session, person)
    return cards.card(session, webinar, None, now=now)


def take(session: Session, person_id: int, given: str | SentFile, *, settle: timedelta, now: datetime) -> Added:
    """The link or the file that was asked for. Whom it is for are told once `settle` has passed and it is known.

    Raises FieldError, and then the question stays open; NotBegunError.
    """
    person = people.lock(session, person_id)
    kind = QUESTIONS[Asking(person.asking or "")]
    webinar = _open(session, person.asking_about, person_id, now)
    there = materials.find(session, webinar.id, kind)
    material, was = there or Material(webinar_id=webinar.id, kind=kind, added_at=now), _named(there)
    _fill(material, given)
    material.added_by, material.added_at = person_id, now
    materials.save(session, material)
    asking.close(person)
    people.save(session, person)
    told = None if there else handing_out.count(session, webinar, material, now=now)
    handing_out.plan_one(session, webinar, material, settle=settle, now=now)
    before, after = {kind.value: was}, {kind.value: _named(material)}
    audit.record(session, person_id, Action.MATERIAL_ADDED, webinar=webinar, before=before, after=after, now=now)
    return Added(cards.card(session, webinar, None, now=now), told)


def remove(session: Session, code: str, person_id: int, kind: MaterialKind, *, now: datetime) -> Card:
    """Take it off the card. What has left has left; those who have not had it get what is put in its place."""
    webinar = _open(session, code, person_id, now)
    material = materials.find(session, webinar.id, kind)
    if material is not None:
        before, after = {kind.value: _named(material)}, {kind.value: None}
        materials.remove(session, material)
        audit.record(session, person_id, Action.MATERIAL_REMOVED, webinar=webinar, before=before, after=after, now=now)
    return cards.card(session, webinar, None, now=now)


def fetch(session: Session, code: str, person_id: int, kind: MaterialKind, *, now: datetime) -> Handout | None:
    """What stands on the card, for whoever looks at it; nothing if it is not there any more."""
    webinar = webinars.by_code(session, code, person_id)
    if webinar is None:
        raise WebinarNotFoundError(code)
    there = cards.card(session, webinar, None, now=now).materials
    return next((handout for handout in there if handout.kind is kind), None)


def _open(session: Session, code: str, person_id: int, now: datetime) -> Webinar:
    webinar = access.editable(session, code, person_id)
    if now < webinar.starts_at or webinar.status is not WebinarStatus.PUBLISHED:
        raise NotBegunError
    return webinar


def _fill(material: Material, given: str | SentFile) -> None:
    if isinstance(given, SentFile):
        name = draft_values.clean(" ".join(given.name.split()))[:_FILE_NAME_LENGTH]
        material.url, material.file_id, material.file_name = None, given.file_id, name
    else:
        material.url, material.file_id, material.file_name = draft_values.join_url(given), None, ""


def _named(material: Material | None) -> str | None:
    return (material.url or material.file_name) if material else None
