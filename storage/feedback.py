"""Queries about what people thought of webinars: the forms that were chosen, and the answers."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, func, select, update

from storage.statements import insert_once
from storage.tables import (
    EntryKind,
    EntryState,
    Feedback,
    FeedbackAnswer,
    FeedbackForm,
    LibraryEntry,
    LibraryVersion,
    Person,
    Webinar,
)

Numbers = dict[int, Counter[int]]
"""By the position of a question, how often each number was the answer."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A line that somebody wrote, to the question at `position`. `name` is empty unless they let it be seen."""

    position: int
    text: str
    name: str


def form_of(session: Session, webinar_id: int) -> FeedbackForm | None:
    return session.get(FeedbackForm, webinar_id)


def choose_form(
    session: Session, webinar_id: int, entry: LibraryEntry | None, person_id: int | None, now: datetime
) -> None:
    """Ask the questions of the entry as it is now; None: the usual ones."""
    session.exec(delete(FeedbackForm).where(col(FeedbackForm.webinar_id) == webinar_id))
    if entry is not None:
        form = FeedbackForm(
            webinar_id=webinar_id, entry_id=entry.id, version=entry.version, chosen_by=person_id, chosen_at=now
        )
        session.add(form)
    session.flush()


def templates(session: Session) -> list[tuple[LibraryEntry, LibraryVersion]]:
    """Shared templates as they are now, most used first."""
    query = (
        select(LibraryEntry, LibraryVersion)
        .join(
            LibraryVersion,
            (col(LibraryVersion.entry_id) == col(LibraryEntry.id))
            & (col(LibraryVersion.number) == col(LibraryEntry.version)),
        )
        .where(LibraryEntry.kind == EntryKind.TEMPLATE, LibraryEntry.state == EntryState.SHARED)
        .order_by(col(LibraryEntry.uses).desc(), col(LibraryEntry.changed_at).desc(), col(LibraryEntry.id))
    )
    return list(session.exec(query))


def forms_chosen_by(session: Session, person_id: int) -> list[tuple[FeedbackForm, Webinar]]:
    query = (
        select(FeedbackForm, Webinar)
        .join(Webinar, col(Webinar.id) == FeedbackForm.webinar_id)
        .where(FeedbackForm.chosen_by == person_id)
        .order_by(col(FeedbackForm.chosen_at), col(FeedbackForm.webinar_id))
    )
    return list(session.exec(query))


def find(session: Session, webinar_id: int, person_id: int) -> Feedback | None:
    query = select(Feedback).where(Feedback.webinar_id == webinar_id, Feedback.person_id == person_id)
    return session.exec(query).first()


def begin(session: Session, webinar_id: int, person_id: int, rating: int, now: datetime) -> Feedback:
    """What this person thinks of it; of two windows that begin at once, one is enough."""
    key = {"webinar_id": webinar_id, "person_id": person_id}
    insert_once(session, Feedback, key | {"rating": rating, "named": False, "answered_at": now})
    return session.exec(select(Feedback).filter_by(**key)).one()


def save(session: Session, feedback: Feedback) -> None:
    session.add(feedback)
    session.flush()


def answers(session: Session, feedback_id: int) -> dict[int, FeedbackAnswer]:
    """By position."""
    query = select(FeedbackAnswer).where(FeedbackAnswer.feedback_id == feedback_id)
    query = query.order_by(col(FeedbackAnswer.position))
    return {answer.position: answer for answer in session.exec(query)}


def set_answer(session: Session, feedback_id: int, position: int, value: int | str | None) -> None:
    """A number or a text in place of what was there; None: nothing."""
    session.exec(
        delete(FeedbackAnswer).where(
            col(FeedbackAnswer.feedback_id) == feedback_id, col(FeedbackAnswer.position) == position
        )
    )
    if value is not None:
        number, text = (None, value) if isinstance(value, str) else (value, None)
        session.add(FeedbackAnswer(feedback_id=feedback_id, position=position, number=number, text=text))
    session.flush()


def stars(session: Session, webinar_id: int) -> Counter[int]:
    query = (
        select(Feedback.rating, func.count())
        .where(Feedback.webinar_id == webinar_id, col(Feedback.rating).is_not(None))
        .group_by(col(Feedback.rating))
    )
    return Counter({rating or 0: number for rating, number in session.exec(query)})


def numbers(session: Session, webinar_id: int) -> Numbers:
    query = (
        select(FeedbackAnswer.position, FeedbackAnswer.number, func.count())
        .join(Feedback, col(Feedback.id) == FeedbackAnswer.feedback_id)
        .where(Feedback.webinar_id == webinar_id, col(FeedbackAnswer.number).is_not(None))
        .group_by(col(FeedbackAnswer.position), col(FeedbackAnswer.number))
    )
    found: Numbers = defaultdict(Counter)
    for position, number, times in session.exec(query):
        found[position][number or 0] = times
    return dict(found)


def comments(session: Session, webinar_id: int) -> list[Comment]:
    """In the order of the questions, and of each in that of the words: when somebody answered says who it was."""
    query = (
        select(FeedbackAnswer.position, FeedbackAnswer.text, Feedback.named, Person.name)
        .join(Feedback, col(Feedback.id) == FeedbackAnswer.feedback_id)
        .join(Person, col(Person.id) == Feedback.person_id)
        .where(Feedback.webinar_id == webinar_id, col(FeedbackAnswer.text) != "")
        .order_by(col(FeedbackAnswer.position), col(FeedbackAnswer.text), col(Feedback.id))
    )
    return [Comment(position, text or "", name if named else "") for position, text, named, name in session.exec(query)]


def of_person(session: Session, person_id: int) -> list[tuple[Feedback, Webinar]]:
    query = (
        select(Feedback, Webinar)
        .join(Webinar, col(Webinar.id) == Feedback.webinar_id)
        .where(Feedback.person_id == person_id)
        .order_by(col(Feedback.id))
    )
    return list(session.exec(query))


def forget(session: Session, person_id: int) -> None:
    """Numbers go on counting; what somebody wrote, and that their name may be seen, does not stay."""
    theirs = select(Feedback.id).where(Feedback.person_id == person_id)
    session.exec(
        update(FeedbackAnswer)
        .where(col(FeedbackAnswer.feedback_id).in_(theirs), col(FeedbackAnswer.text).is_not(None))
        .values(text="")
    )
    session.exec(update(Feedback).where(col(Feedback.person_id) == person_id).values(named=False))
