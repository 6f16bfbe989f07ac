"""What somebody thought of webinars, handed over to them; and what is forgotten with them."""

from typing import Any

from domain.feedback import forms, questions
from domain.stamps import stamp
from storage import Feedback, FeedbackAnswer, Session, Webinar, circles, feedback


def export(session: Session, person_id: int) -> dict[str, list[dict[str, Any]]]:
    return {
        "feedback": [_said(session, row, webinar) for row, webinar in feedback.of_person(session, person_id)],
        "feedback_questions_chosen": [
            {
                "webinar": webinar.title if circles.may_know(session, webinar, person_id) else None,
                "template": forms.of_webinar(session, webinar.id).title,
                "chosen_at": stamp(row.chosen_at),
            }
            for row, webinar in feedback.forms_chosen_by(session, person_id)
        ],
    }


def forget(session: Session, person_id: int) -> None:
    """Stars and numbers go on counting; what was written goes, and so does that a name may be seen."""
    feedback.forget(session, person_id)


def _said(session: Session, row: Feedback, webinar: Webinar) -> dict[str, Any]:
    form = forms.of_webinar(session, webinar.id)
    answers = feedback.answers(session, row.id).values()
    return {
        "webinar": webinar.title,
        "stars": row.rating,
        "hosts_see_your_name": row.named,
        "answered_at": stamp(row.answered_at),
        "answers": [_answer(form, answer) for answer in answers if answer.position < len(form.questions)],
    }


def _answer(form: questions.Form, answer: FeedbackAnswer) -> dict[str, Any]:
    asked = form.questions[answer.position]
    chosen = asked.options[answer.number - 1] if answer.number and asked.options else None
    return {"question": asked.text, "answer": chosen or answer.number or answer.text}
