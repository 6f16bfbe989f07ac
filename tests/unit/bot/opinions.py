"""What people think of a webinar: asked, answered, counted, and which questions there are."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.screen import Screen
from bot.screens import feedback, feedback_desk
from bot.screens.pushed import pushed
from domain.cards import Card
from domain.feedback.answering import LINE_LENGTH, Sheet
from domain.feedback.asked import FeedbackAsked
from domain.feedback.forms import Choice, Template
from domain.feedback.questions import USUAL, Fault, Form, Kind, Question
from domain.feedback.results import Comment, Comments, Results
from domain.reading.draft_values import FieldFault
from tests.chat import NASTY, START
from texts.chat import ChatTexts

AFTER = START + timedelta(hours=2)
OWN = Form(
    (
        Question(kind=Kind.SCALE, text="Were the labels clear?"),
        Question(kind=Kind.CHOICE, text="Which fair is next?", options=("Shanghai", "Lyon & Turin")),
        Question(kind=Kind.LINE, text=NASTY),
    ),
    "After a fair",
)
LONGEST = Form(
    tuple(
        Question(kind=Kind.CHOICE, text="😀" * 150, options=tuple(f"{number}{'😀' * 39}" for number in range(6)))
        for _ in range(3)
    ),
    "😀" * 120,
)
TEMPLATES = (Template("fair1234", "After a fair", OWN), Template("long1234", "😀" * 120, LONGEST))
COMMENTS = (
    Comment(2, "More time for questions, please.", ""),
    Comment(2, f"Thank you! {NASTY}", "Ana & Sons"),
)


def sheet(card: Card, **changes: Any) -> Sheet:
    values: dict[str, Any] = {"form": USUAL, "rating": 4, "answers": {}, "named": False}
    return Sheet(code=card.code, title=card.title, **values | changes)


def at(position: int, **changes: Any) -> Callable[[Card, ChatTexts], Screen]:
    return lambda card, words: feedback.sheet(sheet(card, at=position, **changes), words)


def results(card: Card, **changes: Any) -> Results:
    values: dict[str, Any] = {
        "form": USUAL,
        "there": 20,
        "known": True,
        "stars": Counter({5: 6, 4: 5, 2: 1}),
        "numbers": {0: Counter({5: 4, 3: 2}), 1: Counter({1: 7, 3: 2})},
        "comments": 2,
    }
    return Results(card=replace(card, open=False, ended=True), **values | changes)


def choice(card: Card | None, form: Form = USUAL, number: int = 1, pages: int = 1) -> Choice:
    return Choice(form=form, templates=TEMPLATES, number=number, pages=pages, card=card)


OF_CARD: dict[str, Callable[[Card, ChatTexts], Screen]] = {
    "pushed_feedback": lambda card, words: pushed(FeedbackAsked(card, known=True), words, now=AFTER),
    "pushed_feedback_unsure": lambda card, words: pushed(FeedbackAsked(card, known=False), words, now=AFTER),
    "feedback_stars": lambda card, words: feedback.sheet(sheet(card, rating=None), words),
    "feedback_stars_again": lambda card, words: feedback.stars(sheet(card), words),
    "feedback_stars_after_all": lambda card, words: feedback.stars(
        sheet(card, rating=None), words, words.came_after_all()
    ),
    "feedback_scale": at(0),
    "feedback_scale_said": at(0, answers={0: 5}),
    "feedback_choice": at(1),
    "feedback_choice_said": at(1, answers={1: 2}),
    "feedback_line": at(2),
    "feedback_line_said": at(2, answers={2: "More time for questions."}),
    "feedback_line_fault": lambda card, words: feedback.sheet(
        sheet(card, at=2), words, words.field_fault(FieldFault.TOO_LONG, LINE_LENGTH)
    ),
    "feedback_own_choice": at(1, form=OWN),
    "feedback_longest_choice": at(1, form=LONGEST),
    "feedback_done": lambda card, words: feedback.sheet(sheet(card), words),
    "feedback_done_named": lambda card, words: feedback.sheet(
        sheet(card, answers={0: 5, 1: 3, 2: "More time."}, named=True), words
    ),
    "feedback_done_own": lambda card, words: feedback.sheet(
        sheet(card, form=OWN, answers={0: 1, 1: 2, 2: NASTY}), words
    ),
    "feedback_done_longest": lambda card, words: feedback.sheet(
        sheet(card, form=LONGEST, answers=dict.fromkeys(range(3), 6)), words
    ),
    "feedback_results": lambda card, words: feedback_desk.results(results(card), words),
    "feedback_results_none": lambda card, words: feedback_desk.results(
        results(card, stars=Counter(), numbers={}, comments=0), words
    ),
    "feedback_results_nobody_there": lambda card, words: feedback_desk.results(
        results(card, there=0, stars=Counter(), numbers={}, comments=0), words
    ),
    "feedback_results_unsure": lambda card, words: feedback_desk.results(
        results(card, known=False, numbers={}, comments=0), words
    ),
    "feedback_results_longest": lambda card, words: feedback_desk.results(
        results(card, form=LONGEST, numbers={at: Counter(dict.fromkeys(range(1, 7), 1_000)) for at in range(3)}), words
    ),
    "feedback_comments": lambda card, words: feedback_desk.comments(Comments(card, USUAL, COMMENTS, 1, 1, 2), words),
    "feedback_comments_paged": lambda card, words: feedback_desk.comments(
        Comments(card, OWN, (Comment(2, "😀" * LINE_LENGTH, "😀" * 60),) * 5, 2, 3, 12), words
    ),
    "feedback_comments_none": lambda card, words: feedback_desk.comments(Comments(card, USUAL, (), 1, 1, 0), words),
    "feedback_form": lambda card, words: feedback_desk.form(choice(card), words),
    "feedback_form_own": lambda card, words: feedback_desk.form(choice(card, OWN), words),
    "feedback_form_longest": lambda card, words: feedback_desk.form(choice(card, LONGEST, 2, 3), words),
    "feedback_form_of_draft": lambda _, words: feedback_desk.form(choice(None, OWN), words),
    "feedback_form_ask": feedback_desk.ask,
}

SCREENS: dict[str, Callable[[ChatTexts], Screen]] = {
    "feedback_closed": lambda words: Screen(words.feedback_closed()),
    "feedback_form_fixed": lambda words: Screen(words.form_fixed()),
    **{
        f"feedback_form_fault_{fault}": lambda words, fault=fault: Screen(  # type: ignore[misc]
            words.warn(words.form_fault(fault, f"Which? {NASTY}", 3)), feedback_desk.back_to_form("pack1234", words)
        )
        for fault in Fault
    },
}
