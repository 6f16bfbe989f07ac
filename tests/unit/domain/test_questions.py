"""Feedback questions as organisers type them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.feedback.questions import (
    MOST_CHOICES,
    MOST_QUESTIONS,
    QUESTION_LENGTH,
    USUAL,
    Fault,
    Kind,
    Question,
    QuestionsError,
    content,
    of_content,
    of_text,
    read,
)


def scale(text: str) -> Question:
    return Question(kind=Kind.SCALE, text=text)


def line(text: str) -> Question:
    return Question(kind=Kind.LINE, text=text)


def choice(text: str, *options: str) -> Question:
    return Question(kind=Kind.CHOICE, text=text, options=options)


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("How useful was it? 1-5", scale("How useful was it?")),
        ("How useful was it (1 – 5)", scale("How useful was it")),  # noqa: RUF001 -- a dash as phones make it
        ("C'était utile ? 1 à 5", scale("C'était utile ?")),
        ("Who should come? Buyers / Customs / Banks", choice("Who should come?", "Buyers", "Customs", "Banks")),
        ("Next: USA/China", choice("Next", "USA", "China")),
        ("What should we do better?", line("What should we do better?")),
        ("- What did you miss?", line("What did you miss?")),
        ("2) Would you come to Lyon/Turin", line("Would you come to Lyon/Turin")),
        ("Was 1-5 a good scale?", line("Was 1-5 a good scale?")),
        ("Pay  by   card\u202e?", line("Pay by card?")),
    ],
)
def test_each_line_is_a_question(typed: str, question: Question) -> None:
    assert read(f"\n{typed}\n\n") == (question,)


def test_three_are_read_in_their_order() -> None:
    typed = "Useful? 1-5\nNext? USA / China\nWhat else?"

    assert read(typed) == (scale("Useful?"), choice("Next?", "USA", "China"), line("What else?"))


@pytest.mark.parametrize(
    ("typed", "fault", "limit"),
    [
        ("", Fault.NONE, 0),
        (" \n\u202e\n", Fault.NONE, 0),
        ("a?\n" * (MOST_QUESTIONS + 1), Fault.TOO_MANY, MOST_QUESTIONS),
        ("x" * (QUESTION_LENGTH + 1), Fault.TOO_LONG, QUESTION_LENGTH),
        (f"Which? a / {'b' * 41}", Fault.TOO_LONG, 40),
        ("Which? a /", Fault.NO_CHOICE, 40),
        ("Which? a / a", Fault.NO_CHOICE, MOST_CHOICES),
        (f"Which? {' / '.join('abcdefg')}", Fault.NO_CHOICE, MOST_CHOICES),
        ("1-5", Fault.NO_CHOICE, QUESTION_LENGTH),
    ],
)
def test_what_is_no_form_is_refused(typed: str, fault: Fault, limit: int) -> None:
    with pytest.raises(QuestionsError) as refused:
        read(typed)

    assert (refused.value.fault, refused.value.limit) == (fault, limit)


@given(st.text())
def test_any_text_is_a_form_or_refused_and_a_form_is_kept_as_it_was(text: str) -> None:
    try:
        questions = read(text)
    except QuestionsError:
        return

    assert 1 <= len(questions) <= MOST_QUESTIONS
    assert of_content(json.loads(json.dumps(content(questions)))) == questions


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Useful? 1-5\nNext? USA / China\nWhat else?", 3),
        ("What else?", 1),
        ("How to ask companies: in the last five minutes.", 0),
        ("What else?\nThank you", 0),
        ("a?\nb?\nc?\nd?", 0),
        ("", 0),
    ],
)
def test_a_text_is_a_form_only_if_every_line_asks(text: str, number: int) -> None:
    assert len(of_text(text)) == number


def test_usual_form_can_be_asked() -> None:
    assert of_content(content(USUAL.questions)) == USUAL.questions
    assert [[*question.numbers] for question in USUAL.questions] == [[1, 2, 3, 4, 5], [1, 2, 3], []]


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"questions": None},
        {"questions": "What else?"},
        {"questions": [{"kind": "stars", "text": "How?"}]},
        {"questions": [{"kind": "line"}]},
        {"questions": [{"kind": "choice", "text": "Which?", "options": []}]},
        {"questions": [{"kind": "line", "text": "x" * 151}]},
        {"questions": [{"kind": "line", "text": "What else?"}] * 4},
    ],
)
def test_what_others_put_into_a_template_is_asked_only_if_it_can_be(kept: dict[str, object]) -> None:
    assert of_content(kept) == ()
