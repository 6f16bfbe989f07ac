"""What somebody who was there says: stars by one tap, then the questions, each of which may be left out.

All of it can be changed for two weeks. The hosts see who it was only if the person says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import asking
from domain.asking import Asking
from domain.attendance import presence
from domain.errors import ConvokeError, WebinarNotFoundError
from domain.feedback import forms
from domain.feedback.questions import SCALE, Form, Question
from domain.reading import draft_values
from storage import (
    Circle,
    DeliveryKind,
    Feedback,
    Session,
    Webinar,
    WebinarStatus,
    attendance,
    deliveries,
    feedback,
    people,
    webinars,
)

OPEN_FOR = timedelta(days=14)
LINE_LENGTH = 300

QUESTIONS = (Asking.FEEDBACK_1, Asking.FEEDBACK_2, Asking.FEEDBACK_3)
"""Which question the next message answers, by its position."""


class FeedbackClosedError(ConvokeError):
    """It is not over yet, or for too long; or they were not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Somebody's answers. `answers` has numbers and texts by position; `at` is the question they are at, if at one.

    `message_id` is the message in which they were asked, if we know it.
    """

    code: str
    title: str
    form: Form
    rating: int | None
    answers: Mapping[int, int | str]
    named: bool
    at: int | None = None
    message_id: int | None = None

    @property
    def question(self) -> Question | None:
        return None if self.at is None else self.form.questions[self.at]


def show(session: Session, code: str, person_id: int, *, now: datetime) -> Sheet:
    """All that was said so far. Raises FeedbackClosedError."""
    webinar = _open(session, code, person_id, now)
    return _sheet(session, webinar, person_id)


def rate(session: Session, code: str, person_id: int, rating: int, *, now: datetime) -> Sheet:
    """Give it 1 to 5, and come to the first question."""
    webinar = _open(session, code, person_id, now)
    if not 1 <= rating <= SCALE:
        return _sheet(session, webinar, person_id)
    row = feedback.begin(session, webinar.id, person_id, rating, now)
    row.rating = rating
    _touch(session, row, now)
    return turn(session, code, person_id, 0, now=now)


def turn(session: Session, code: str, person_id: int, at: int, *, now: datetime) -> Sheet:
    """Come to a question, or past the last. A line is what their next message is."""
    webinar = _open(session, code, person_id, now)
    sheet = _sheet(session, webinar, person_id, at)
    if sheet.question is not None and not sheet.question.numbers:
        person = people.lock(session, person_id)
        asking.ask(person, QUESTIONS[at], about=code, now=now)
        people.save(session, person)
    return sheet


def answer(session: Session, code: str, person_id: int, at: int, number: int, *, now: datetime) -> Sheet:
    """Answer a question with a number, and come to the next. What can't be an answer to it changes nothing."""
    webinar = _open(session, code, person_id, now)
    asked = forms.of_webinar(session, webinar.id).questions
    row = feedback.find(session, webinar.id, person_id)
    if row is None or at >= len(asked) or number not in asked[at].numbers:
        return _sheet(session, webinar, person_id)
    feedback.set_answer(session, row.id, at, number)
    _touch(session, row, now)
    return turn(session, code, person_id, at + 1, now=now)


def take_back(session: Session, code: str, person_id: int, at: int, *, now: datetime) -> Sheet:
    """Unsay the answer to a question, and come to the next."""
    webinar = _open(session, code, person_id, now)
    row = feedback.find(session, webinar.id, person_id)
    if row is not None:
        feedback.set_answer(session, row.id, at, None)
        _touch(session, row, now)
    return turn(session, code, person_id, at + 1, now=now)


def take(session: Session, person_id: int, text: str, *, now: datetime) -> Sheet:
    """The line that was asked for. Raises FieldError, and then the question stays open; FeedbackClosedError."""
    person = people.lock(session, person_id)
    at, code = QUESTIONS.index(Asking(person.asking or "")), person.asking_about
    webinar = _open(session, code, person_id, now)
    line = draft_values.within(" ".join(draft_values.clean(text).split()), LINE_LENGTH)
    asking.close(person)
    people.save(session, person)
    row = feedback.find(session, webinar.id, person_id)
    if row is not None and at < len(forms.of_webinar(session, webinar.id).questions):
        feedback.set_answer(session, row.id, at, line)
        _touch(session, row, now)
    return turn(session, code, person_id, at + 1, now=now)


def show_name(session: Session, code: str, person_id: int, *, on: bool, now: datetime) -> Sheet:
    """Let the hosts see who it was, or not."""
    webinar = _open(session, code, person_id, now)
    row = feedback.find(session, webinar.id, person_id)
    if row is not None:
        row.named = on
        _touch(session, row, now)
    return _sheet(session, webinar, person_id)


def was_there(session: Session, code: str, person_id: int, *, now: datetime) -> Sheet | None:
    """Somebody whom we missed says that they came: it counts, and they are asked how it was at once.

    Nothing: it is too late to ask them. Raises FeedbackClosedError for whoever had no seat.
    """
    webinar = _held(session, code, now)
    if presence.was_missed(session, webinar, person_id):
        attendance.note(session, webinar.id, person_id, now, said=True)
    if not presence.was_there(session, webinar, person_id):
        raise FeedbackClosedError
    return _sheet(session, webinar, person_id) if is_open(session, webinar, person_id, now=now) else None


def is_open(session: Session, webinar: Webinar, person_id: int, *, now: datetime) -> bool:
    """Whether this person can say what they thought of it."""
    return (
        webinar.status is WebinarStatus.PUBLISHED
        and webinar.circle is Circle.EVERYBODY
        and webinar.ends_at <= now < webinar.ends_at + OPEN_FOR
        and presence.was_there(session, webinar, person_id)
    )


def _open(session: Session, code: str, person_id: int, now: datetime) -> Webinar:
    webinar = _held(session, code, now)
    if not is_open(session, webinar, person_id, now=now):
        raise FeedbackClosedError
    return webinar


def _held(session: Session, code: str, now: datetime) -> Webinar:
    webinar = webinars.by_code(session, code)
    if webinar is None:
        raise WebinarNotFoundError(code)
    if webinar.status is not WebinarStatus.PUBLISHED or now < webinar.ends_at:
        raise FeedbackClosedError
    return webinar


def _sheet(session: Session, webinar: Webinar, person_id: int, at: int | None = None) -> Sheet:
    form = forms.of_webinar(session, webinar.id)
    row = feedback.find(session, webinar.id, person_id)
    said = feedback.answers(session, row.id) if row else {}
    asked = deliveries.last_sent(session, person_id, webinar.id, (DeliveryKind.FEEDBACK_ASKED,))
    return Sheet(
        code=webinar.code,
        title=webinar.title,
        form=form,
        rating=row.rating if row else None,
        answers={
            position: found.number or found.text or ""
            for position, found in said.items()
            if position < len(form.questions) and (found.number or found.text)
        },
        named=row.named if row else False,
        at=at if at is not None and row is not None and at < len(form.questions) else None,
        message_id=asked.message_id if asked else None,
    )


def _touch(session: Session, row: Feedback, now: datetime) -> None:
    row.answered_at = now
    feedback.save(session, row)
