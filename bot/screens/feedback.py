"""How it was: stars by one tap, the questions one after the other, and all of it to be changed."""

from collections.abc import Iterator

from markupsafe import Markup

from bot.callbacks import (
    ExtrasShow,
    FeedbackAnswer,
    FeedbackChange,
    FeedbackName,
    FeedbackRate,
    FeedbackTakeBack,
    FeedbackTurn,
    ShowUpcoming,
)
from bot.screen import Button, Press, Rows, Screen, cut, grid, lines
from domain.feedback.answering import Sheet
from domain.feedback.asked import FeedbackAsked
from domain.feedback.questions import SCALE, Form, Kind, Question
from texts.chat import ChatTexts

_SAID = 200


def pushed(content: FeedbackAsked, texts: ChatTexts) -> Screen:
    card = content.card
    text = texts.feedback_asked(card.title) if content.known else texts.feedback_if_there(card.title)
    fewer = Press(texts.button_fewer(), ExtrasShow(), below=True)
    return Screen(text, (_stars(card.code, None, texts), (fewer,)))


def stars(sheet: Sheet, texts: ChatTexts, said: Markup | None = None) -> Screen:
    """The first tap, or another in its place."""
    on = (Press(texts.button_next(), FeedbackTurn(sheet.code, 0)),) if sheet.rating else ()
    return Screen(lines(said, texts.feedback_asked(sheet.title)), (_stars(sheet.code, sheet.rating, texts), on))


def sheet(found: Sheet, texts: ChatTexts, fault: Markup | None = None) -> Screen:
    """The question they are at; past the last, all that was said; before the first tap, the stars."""
    if found.rating is None:
        return stars(found, texts)
    return _done(found, texts) if found.question is None else _question(found, found.question, texts, fault)


def question_text(form: Form, question: Question, texts: ChatTexts) -> str:
    """The usual questions are known in every language; others are in the organisers' own words."""
    return question.text if form.title is not None else texts.usual_question(question.text)


def option_text(form: Form, option: str, texts: ChatTexts) -> str:
    return option if form.title is not None else texts.usual_option(option)


def _stars(code: str, chosen: int | None, texts: ChatTexts) -> tuple[Button, ...]:
    return tuple(
        Press(texts.button_chosen(str(rating)) if rating == chosen else str(rating), FeedbackRate(code, rating))
        for rating in range(1, SCALE + 1)
    )


def _question(found: Sheet, question: Question, texts: ChatTexts, fault: Markup | None) -> Screen:
    at, said = found.at or 0, found.answers.get(found.at or 0)
    hints = {Kind.SCALE: texts.scale_hint(), Kind.LINE: texts.line_hint()}
    asked = question_text(found.form, question, texts)
    back = FeedbackChange(found.code) if at == 0 else FeedbackTurn(found.code, at - 1)
    taken_back = (Press(texts.button_take_back(), FeedbackTakeBack(found.code, at)),) if said else ()
    on = texts.button_skip() if said is None else texts.button_next()
    return Screen(
        lines(
            texts.feedback_question(found.title, at + 1, len(found.form.questions), asked),
            hints.get(question.kind),
            texts.your_answer(cut(said, _SAID)) if isinstance(said, str) else None,
            texts.warn(fault) if fault else None,
        ),
        (
            *_numbers(found, question, said, texts),
            taken_back,
            (Press(texts.button_back(), back), Press(on, FeedbackTurn(found.code, at + 1))),
        ),
    )


def _numbers(found: Sheet, question: Question, said: int | str | None, texts: ChatTexts) -> Rows:
    def button(number: int) -> Button:
        chosen = question.kind is Kind.CHOICE
        name = option_text(found.form, question.options[number - 1], texts) if chosen else str(number)
        label = texts.button_chosen(name) if number == said else name
        return Press(label, FeedbackAnswer(found.code, found.at or 0, number))

    buttons = [button(number) for number in question.numbers]
    return grid(buttons, 1 if question.kind is Kind.CHOICE else SCALE)


def _done(found: Sheet, texts: ChatTexts) -> Screen:
    name = texts.button_hide_name() if found.named else texts.button_show_name()
    return Screen(
        lines(
            texts.feedback_thanks(found.title, found.rating or 0),
            *_answers(found, texts),
            texts.feedback_named() if found.named else texts.feedback_nameless(),
        ),
        (
            (Press(name, FeedbackName(found.code, 0 if found.named else 1)),),
            (
                Press(texts.button_change_answers(), FeedbackChange(found.code)),
                Press(texts.button_all(), ShowUpcoming(1), below=True),
            ),
        ),
    )


def _answers(found: Sheet, texts: ChatTexts) -> Iterator[Markup]:
    for position, question in enumerate(found.form.questions):
        said = found.answers.get(position)
        if isinstance(said, int):
            chosen = question.kind is Kind.CHOICE
            said = option_text(found.form, question.options[said - 1], texts) if chosen else str(said)
        if said is not None:
            yield texts.answer_line(question_text(found.form, question, texts), cut(said, _SAID))
