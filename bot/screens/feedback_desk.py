"""For organisers: what those who were there said, in words and as a picture, and what they are asked."""

from collections.abc import Callable, Iterator
from functools import partial

from markupsafe import Markup

from bot.callbacks import (
    Callback,
    DraftForm,
    DraftFormUse,
    DraftFormUsual,
    DraftShow,
    FeedbackComments,
    FeedbackPicture,
    FeedbackResults,
    FormShow,
    FormUse,
    FormUsual,
    FormWrite,
    ManageShow,
)
from bot.charts import Bar, Chart
from bot.screen import Button, Press, Rows, Screen, cut, lines
from bot.screens.card import short_when
from bot.screens.feedback import option_text, question_text
from domain.cards import Card
from domain.feedback.forms import Choice
from domain.feedback.questions import SCALE, Form, Kind, Question
from domain.feedback.results import Comments, Results
from texts.chat import ChatTexts

_COMMENT_LENGTH, _NAME_LENGTH, _LABEL_LENGTH = 300, 40, 40


def results(found: Results, texts: ChatTexts) -> Screen:
    code, back = found.card.code, (Press(texts.button_back(), ManageShow(found.card.code)),)
    if not found.answered:
        return Screen(summary(found, texts), (back,))
    comments = (Press(texts.button_comments(found.comments), FeedbackComments(code, 1)),) if found.comments else ()
    return Screen(
        lines(summary(found, texts), *_shares(found, texts)),
        ((Press(texts.button_picture(), FeedbackPicture(code), below=True), *comments), back),
    )


def summary(found: Results, texts: ChatTexts) -> Markup:
    """How many answered, and what they gave on average: short enough to stand under a picture."""
    title = texts.managed_webinar(found.card.title, short_when(found.card, texts))
    if found.rate is None or found.average is None:
        return lines(title, texts.no_feedback())
    counted = texts.feedback_counted(found.answered, found.there, found.rate, known=found.known)
    return lines(title, counted, texts.average(found.average))


def charts(found: Results, texts: ChatTexts) -> tuple[Chart, ...]:
    """The stars, and a chart for each question that is answered with numbers."""
    ratings = tuple(Bar(texts.stars(rating), found.stars[rating]) for rating in range(SCALE, 0, -1))
    asked = ((position, question) for position, question in enumerate(found.form.questions) if question.numbers)
    return (
        Chart(texts.picture_stars(found.answered), ratings),
        *(_chart(found, position, question, texts) for position, question in asked if found.numbers.get(position)),
    )


def comments(found: Comments, texts: ChatTexts) -> Screen:
    card = found.card
    back = (Press(texts.button_back(), FeedbackResults(card.code)),)
    if not found.total:
        return Screen(texts.no_comments(card.title), (back,))
    title = texts.with_page(texts.comments_title(card.title, found.total), found.number, found.pages)
    return Screen(
        lines(title, *_comments(found, texts)),
        (_turns(found.number, found.pages, partial(FeedbackComments, card.code), texts), back),
    )


def form(found: Choice, texts: ChatTexts) -> Screen:
    """What is asked, and what else could be: of a webinar, or of the draft that is open."""
    card = found.card
    title = texts.form_title(card.title) if card else texts.form_title_of_draft()
    turn = partial(FormShow, card.code) if card else DraftForm
    own = (Press(texts.button_write_form(), FormWrite(card.code)),) if card else ()
    usual = () if found.form.title is None else (Press(texts.button_usual_form(), _usual(card)),)
    return Screen(
        lines(title, *_questions(found.form, texts)),
        (
            *((_template(found, place, texts),) for place in range(len(found.templates))),
            _turns(found.number, found.pages, turn, texts),
            (*usual, *own),
            (Press(texts.button_back(), ManageShow(card.code)) if card else Press(texts.button_done(), DraftShow()),),
        ),
    )


def ask(card: Card, texts: ChatTexts) -> Screen:
    return Screen(texts.form_ask(card.title), back_to_form(card.code, texts))


def back_to_form(code: str, texts: ChatTexts) -> Rows:
    return ((Press(texts.button_back(), FormShow(code, 1)),),)


def _usual(card: Card | None) -> FormUsual | DraftFormUsual:
    return FormUsual(card.code) if card else DraftFormUsual()


def _template(found: Choice, place: int, texts: ChatTexts) -> Button:
    template = found.templates[place]
    name = cut(template.title, _LABEL_LENGTH)
    label = texts.button_chosen(name) if template.form == found.form else name
    use = FormUse(found.card.code, template.code) if found.card else DraftFormUse(template.code)
    return Press(label, use)


def _questions(form: Form, texts: ChatTexts) -> Iterator[Markup]:
    for number, question in enumerate(form.questions, 1):
        yield texts.form_question(number, question_text(form, question, texts), _answered_with(form, question, texts))


def _answered_with(form: Form, question: Question, texts: ChatTexts) -> str:
    if question.kind is Kind.SCALE:
        return texts.answered_on_scale()
    options = [option_text(form, option, texts) for option in question.options]
    return " / ".join(options) or texts.answered_with_line()


def _shares(found: Results, texts: ChatTexts) -> Iterator[Markup | str]:
    yield from (
        texts.share_line(texts.stars(rating), found.stars[rating])
        for rating in range(SCALE, 0, -1)
        if found.stars[rating]
    )
    for position, question in enumerate(found.form.questions):
        counted = found.numbers.get(position)
        if question.numbers and counted:
            yield ""
            yield Markup("<b>{question}</b>").format(question=question_text(found.form, question, texts))
            yield from (
                texts.share_line(_label(found, question, number, texts), counted[number])
                for number in question.numbers
                if counted[number]
            )


def _label(found: Results, question: Question, number: int, texts: ChatTexts) -> str:
    return option_text(found.form, question.options[number - 1], texts) if question.options else str(number)


def _chart(found: Results, position: int, question: Question, texts: ChatTexts) -> Chart:
    counted = found.numbers[position]
    bars = tuple(Bar(_label(found, question, number, texts), counted[number]) for number in question.numbers)
    return Chart(question_text(found.form, question, texts), bars)


def _comments(found: Comments, texts: ChatTexts) -> Iterator[Markup | str]:
    """Under each question what was written in answer to it."""
    before = None
    for comment in found.comments:
        if comment.position != before and comment.position < len(found.form.questions):
            question = found.form.questions[comment.position]
            yield ""
            yield Markup("<b>{question}</b>").format(question=question_text(found.form, question, texts))
        yield texts.comment(cut(comment.text, _COMMENT_LENGTH), cut(comment.name, _NAME_LENGTH))
        before = comment.position


def _turns(number: int, pages: int, turn: Callable[[int], Callback], texts: ChatTexts) -> tuple[Button, ...]:
    earlier = (Press(texts.button_earlier(), turn(number - 1)),) if number > 1 else ()
    later = (Press(texts.button_later(), turn(number + 1)),) if number < pages else ()
    return (*earlier, *later)
