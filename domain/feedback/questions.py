"""The questions of a feedback form: as organisers type them, as the library keeps them, and the usual ones.

Typed, each is a line. One that ends with `1-5` is answered on a scale, one that names choices after its question
mark, with strokes between them, by one of these, any other by a line of text.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.errors import ConvokeError
from domain.reading import draft_values

MOST_QUESTIONS, MOST_CHOICES, SCALE = 3, 6, 5
QUESTION_LENGTH, CHOICE_LENGTH = 150, 40

_SCALE = re.compile(r"\s*[(\[]?\s*1\s*(?:-|–|—|\.\.|to|à)\s*5\s*[)\]]?\s*$")  # noqa: RUF001 -- as people type dashes
_CHOICES = re.compile(r"(?P<text>.*[?:])(?P<choices>[^?:]*/[^?]*)")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d[.)])\s+")


class Kind(StrEnum):
    SCALE = "scale"
    CHOICE = "choice"
    LINE = "line"


class Question(BaseModel):
    """`options` are what can be chosen, of a choice alone. A number that answers it counts from 1."""

    model_config = ConfigDict(frozen=True)

    kind: Kind
    text: str = Field(min_length=1, max_length=QUESTION_LENGTH)
    options: tuple[str, ...] = ()

    @property
    def numbers(self) -> range:
        """What it can be answered with, apart from text."""
        most = {Kind.SCALE: SCALE, Kind.CHOICE: len(self.options), Kind.LINE: 0}[self.kind]
        return range(1, most + 1)


class Fault(StrEnum):
    NONE = "none"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"
    NO_CHOICE = "no_choice"


class QuestionsError(ConvokeError):
    """What was typed is no form. `line` is what can't be used, as it was typed; `limit` the most there may be."""

    def __init__(self, fault: Fault, line: str = "", limit: int = 0) -> None:
        super().__init__(fault)
        self.fault = fault
        self.line = line
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked after the stars. `title` is the template's; a form without one is the usual one.

    The texts of the usual one are names, which screens know in every language. Answers are kept by position, so what
    was asked once is never changed: another usual form would be another constant.
    """

    questions: tuple[Question, ...]
    title: str | None = None


USUAL = Form(
    (
        Question(kind=Kind.SCALE, text="useful"),
        Question(kind=Kind.CHOICE, text="next", options=("deeper", "market", "partners")),
        Question(kind=Kind.LINE, text="better"),
    )
)


def read(text: str) -> tuple[Question, ...]:
    """What an organiser typed. Raises QuestionsError."""
    lines = [" ".join(line.split()) for line in draft_values.clean(text).splitlines() if line.strip()]
    if not lines:
        raise QuestionsError(Fault.NONE)
    if len(lines) > MOST_QUESTIONS:
        raise QuestionsError(Fault.TOO_MANY, limit=MOST_QUESTIONS)
    return tuple(_question(line) for line in lines)


def content(questions: Sequence[Question]) -> dict[str, object]:
    """As the library keeps them with a template."""
    return {"questions": [question.model_dump(mode="json") for question in questions]}


def of_text(text: str) -> tuple[Question, ...]:
    """The questions of a template that was shared as a text: none, unless every line of it is one."""
    try:
        found = read(text)
    except QuestionsError:
        return ()
    return found if all(question.text.endswith("?") for question in found) else ()


def of_content(kept: Mapping[str, Any]) -> tuple[Question, ...]:
    """The questions of a template, none if it has no form that can be asked."""
    found = kept.get("questions")
    try:
        questions = tuple(Question.model_validate(each) for each in found) if isinstance(found, list) else ()
    except ValidationError:
        return ()
    usable = all(question.numbers or question.kind is Kind.LINE for question in questions)
    return questions if usable and len(questions) <= MOST_QUESTIONS else ()


def _question(line: str) -> Question:
    text = _BULLET.sub("", line)
    if _SCALE.search(text):
        return Question(kind=Kind.SCALE, text=_within(_SCALE.sub("", text), QUESTION_LENGTH, line))
    found = _CHOICES.fullmatch(text)
    if found is None:
        return Question(kind=Kind.LINE, text=_within(text, QUESTION_LENGTH, line))
    options = tuple(_within(option.strip(), CHOICE_LENGTH, line) for option in found["choices"].split("/"))
    if not 1 < len(set(options)) == len(options) <= MOST_CHOICES:
        raise QuestionsError(Fault.NO_CHOICE, line, MOST_CHOICES)
    return Question(kind=Kind.CHOICE, text=_within(found["text"].rstrip(":"), QUESTION_LENGTH, line), options=options)


def _within(text: str, limit: int, line: str) -> str:
    try:
        return draft_values.within(text.strip(), limit)
    except draft_values.FieldError as error:
        fault = Fault.TOO_LONG if error.fault is draft_values.FieldFault.TOO_LONG else Fault.NO_CHOICE
        raise QuestionsError(fault, line, limit) from None
