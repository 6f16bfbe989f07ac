"""Which questions are asked after a webinar: those of a template in the library, or the usual ones."""

from dataclasses import dataclass
from datetime import datetime

from domain import access, asking, audit, cards
from domain.asking import Asking
from domain.audit import Action
from domain.cards import Card
from domain.errors import ConvokeError
from domain.feedback import questions
from domain.feedback.questions import USUAL, Form, Question
from domain.library import rights, writing
from domain.library.rights import EntryNotFoundError
from storage import (
    EntryKind,
    EntryState,
    LibraryEntry,
    LibraryVersion,
    Session,
    Webinar,
    feedback,
    library,
    people,
    webinars,
)

PAGE_SIZE = 6


class FormFixedError(ConvokeError):
    """The webinar is over: those who were there are asked as it was agreed."""


@dataclass(frozen=True, slots=True)
class Template:
    """A shared template that can be asked."""

    code: str
    title: str
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is asked now, and a page of what could be. Without a `card` it is for a draft."""

    form: Form
    templates: tuple[Template, ...]
    number: int
    pages: int
    card: Card | None = None


def of_webinar(session: Session, webinar_id: int) -> Form:
    """A template that was changed since is asked as it was when it was chosen."""
    chosen = feedback.form_of(session, webinar_id)
    version = None if chosen is None else library.version(session, chosen.entry_id, chosen.version)
    return (_form(version) if version else None) or USUAL


def code_of(session: Session, webinar_id: int) -> str | None:
    """The code of the template that was chosen; None: the usual questions."""
    chosen = feedback.form_of(session, webinar_id)
    return library.by_ids(session, [chosen.entry_id])[chosen.entry_id].code if chosen else None


def of_entry(session: Session, entry: str | None, person_id: int) -> Form:
    """What a template asks as it is now; the usual questions if it is none that this person may use."""
    row = usable(session, entry, person_id)
    return (_form(library.present(session, row)) if row else None) or USUAL


def usable(session: Session, entry: str | None, person_id: int) -> LibraryEntry | None:
    """A shared template with questions that this person may read."""
    row = library.by_code(session, entry) if entry else None
    if row is None or row.kind is not EntryKind.TEMPLATE or row.state is not EntryState.SHARED:
        return None
    return row if rights.may_read(session, row, person_id) and _form(library.present(session, row)) else None


def offer(session: Session, code: str, person_id: int, number: int, *, now: datetime) -> Choice:
    """What could be asked after this webinar. Raises FormFixedError."""
    webinar = _open(session, code, person_id, now)
    return _offer(session, webinar, number, now)


def offered(session: Session, form: Form, number: int, card: Card | None = None) -> Choice:
    """A page of what organisers may choose; they may read every template that is shared."""
    asked = [
        Template(entry.code, version.title, asks)
        for entry, version in feedback.templates(session)
        if (asks := _form(version))
    ]
    pages = max(1, -(-len(asked) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    shown = asked[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return Choice(form=form, templates=tuple(shown), number=number, pages=pages, card=card)


def choose(session: Session, code: str, person_id: int, entry: str | None, *, now: datetime) -> Choice:
    """Ask the questions of this template; None: the usual ones. Raises EntryNotFoundError and FormFixedError."""
    webinar = _open(session, code, person_id, now)
    row = usable(session, entry, person_id)
    if row is None and entry is not None:
        raise EntryNotFoundError(entry)
    _choose(session, webinar, row, person_id, now)
    return _offer(session, webinar, 1, now)


def ask_for_questions(session: Session, code: str, person_id: int, *, now: datetime) -> Card:
    """Let the person's next message be questions of their own."""
    webinar = _open(session, code, person_id, now)
    person = people.lock(session, person_id)
    asking.ask(person, Asking.QUESTIONS, about=code, now=now)
    people.save(session, person)
    return cards.card(session, webinar, None, now=now)


def take(session: Session, person_id: int, text: str, *, language: str, now: datetime) -> Choice:
    """Questions of one's own: they become a template for everybody who organises, and are asked after this webinar.

    Raises QuestionsError, and then the question stays open.
    """
    person = people.lock(session, person_id)
    webinar = _open(session, person.asking_about, person_id, now)
    found = questions.read(text)
    asking.close(person)
    people.save(session, person)
    row = _share(session, webinar, person_id, found, text, language, now)
    _choose(session, webinar, row, person_id, now)
    return _offer(session, webinar, 1, now)


def adopt(session: Session, webinar: Webinar, entry: str | None, person_id: int, *, now: datetime) -> None:
    """Keep what was chosen for a draft when it is published. A template that was retired since is not asked."""
    row = usable(session, entry, person_id)
    if row is not None:
        feedback.choose_form(session, webinar.id, row, person_id, now)
        library.count_use(session, row.id)


def _form(version: LibraryVersion) -> Form | None:
    """What a template asks; nothing if it is none that can be asked here."""
    found = questions.of_content(version.content) or questions.of_text(version.text)
    return Form(found, version.title) if found else None


def _share(
    session: Session,
    webinar: Webinar,
    person_id: int,
    found: tuple[Question, ...],
    text: str,
    language: str,
    now: datetime,
) -> LibraryEntry:
    own = access.partnerships(session, person_id)
    hosting = [host.id for host in webinars.programme(session, [webinar.id]).hosts.get(webinar.id, ())]
    given = writing.Given(
        title=webinar.title,
        text=text,
        partnership_id=next((host for host in hosting if host in own), None),
        content=questions.content(found),
        webinar_id=webinar.id,
    )
    started = writing.start(session, person_id, EntryKind.TEMPLATE, given, language=language, now=now)
    shared = writing.share(session, started.entry.code, person_id, now=now)
    row = library.by_code(session, shared.code)
    assert row
    return row


def _choose(session: Session, webinar: Webinar, row: LibraryEntry | None, person_id: int, now: datetime) -> None:
    before = of_webinar(session, webinar.id)
    feedback.choose_form(session, webinar.id, row, person_id, now)
    if row is not None:
        library.count_use(session, row.id)
    after = of_webinar(session, webinar.id)
    if before != after:
        old, new = {"form": before.title}, {"form": after.title}
        audit.record(session, person_id, Action.FORM_CHOSEN, webinar=webinar, before=old, after=new, now=now)


def _open(session: Session, code: str, person_id: int, now: datetime) -> Webinar:
    webinar = access.editable(session, code, person_id)
    if now >= webinar.ends_at:
        raise FormFixedError
    return webinar


def _offer(session: Session, webinar: Webinar, number: int, now: datetime) -> Choice:
    return offered(session, of_webinar(session, webinar.id), number, cards.card(session, webinar, None, now=now))
