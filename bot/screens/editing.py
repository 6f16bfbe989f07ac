"""Changing what a webinar says or when it is: what there is, what is asked, and what a change would mean."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.callbacks import (
    CallOff,
    EditAsk,
    EditClear,
    EditLanguage,
    EditReview,
    EditSave,
    EditShow,
    EditTopic,
    ManageShow,
    MoveClashesShow,
)
from bot.screen import Button, Press, Rows, Screen, cut, grid, lines, own_time
from bot.screens import outlook as looking
from bot.screens.card import short, short_when
from domain.cards import Card
from domain.details import Detail
from domain.drafts import LANGUAGES
from domain.edit_questions import TYPED, Part
from domain.editing import CLEARABLE, Prospect, Sheet, TopicChoice
from domain.impact import CANCEL_REASON, STARTS_AT, STATUS, Impact
from domain.outlook import Outlook
from storage import WebinarStatus
from texts.chat import ChatTexts

_PARTS = {
    Detail.TITLE: Part.TITLE,
    Detail.DURATION: Part.DURATION,
    Detail.LANGUAGE: Part.LANGUAGE,
    Detail.CAPACITY: Part.SEATS,
    Detail.JOIN_URL: Part.LINK,
    Detail.TIMEZONE: Part.ZONE,
    Detail.TOPICS: Part.TOPICS,
    Detail.DESCRIPTION: Part.DESCRIPTION,
    Detail.AGENDA: Part.AGENDA,
}
_A_ROW, _VALUE_LENGTH, _NEW_LENGTH, _ZONES = 3, 200, 700, 4


def sheet(found: Sheet, texts: ChatTexts) -> Screen:
    """All that can be changed, as it is, with a button each."""
    code, values = found.card.code, found.values
    shown = [
        texts.draft_line(texts.part(part), _value(detail, values[detail], texts)) for detail, part in _PARTS.items()
    ]
    buttons = [Press(texts.part(part), EditAsk(code, part)) for part in _PARTS.values()]
    return Screen(
        lines(texts.edit_title(found.card.title), "", *shown),
        (*grid(buttons, _A_ROW), *_to_webinar(code, texts)),
    )


def ask(found: Sheet, part: Part, texts: ChatTexts) -> Screen:
    """What to send, or the languages to choose from."""
    card = found.card
    if part in TYPED:
        detail = next(detail for detail, shown in _PARTS.items() if shown is part)
        now = texts.draft_line(texts.part(part), _value(detail, found.values[detail], texts))
        heading = Markup("<b>{title}</b>").format(title=card.title)
        there = detail in CLEARABLE and found.values[detail]
        clear = (Press(texts.button_remove_part(texts.part(part)), EditClear(card.code, part)),) if there else ()
        return Screen(lines(heading, now, "", texts.ask_part(part, card.timezone)), (clear, *back(card.code, texts)))
    buttons = [
        Press(texts.button_chosen(name) if language == card.language else name, EditLanguage(card.code, language))
        for language, name in texts.language_choices(LANGUAGES)
    ]
    return Screen(texts.ask_edited_language(card.title), (*grid(buttons), *back(card.code, texts)))


def topics(choice: TopicChoice, texts: ChatTexts) -> Screen:
    code = choice.card.code
    buttons = [
        Press(texts.button_chosen(name) if topic.chosen else name, EditTopic(code, choice.id, topic.id))
        for topic in choice.topics
        if (name := texts.name(topic.name))
    ]
    done = (Press(texts.button_done(), EditReview(code, choice.id)), Press(texts.button_back(), EditShow(code)))
    return Screen(texts.ask_edited_topics(choice.card.title), (*grid(buttons), done))


def ask_reason(card: Card, texts: ChatTexts) -> Screen:
    no_reason = (Press(texts.button_no_reason(), CallOff(card.code, 1)),)
    return Screen(texts.ask_reason(card.title), (no_reason, *_to_webinar(card.code, texts)))


def back(code: str, texts: ChatTexts) -> Rows:
    """To all that can be changed."""
    return ((Press(texts.button_back(), EditShow(code)),),)


def prospect(found: Prospect, outlook: Outlook | None, texts: ChatTexts) -> Screen:
    """What a change would mean; for another time also what is to be known of that time."""
    text = lines(*_change(found, texts), "", *_impact(found, texts))
    most = looking.room(text)
    warnings = looking.warnings(outlook, texts, most=most) if outlook else []
    clashes: tuple[Button, ...] = ()
    if outlook and looking.unlisted(outlook, most):
        minute = found.new[STARTS_AT] // 60
        clashes = (Press(texts.button_all_clashes(), MoveClashesShow(found.card.code, minute, 1)),)
    return Screen(
        lines(text, *([""] if warnings else []), *warnings),
        (_choices(found, texts), clashes, *_way_back(found, texts)),
    )


def _value(detail: Detail, value: Any, texts: ChatTexts) -> str:
    """A field as organisers read it, in one line."""
    said: dict[Detail, Callable[[], str]] = {
        Detail.DURATION: lambda: texts.minutes(value),
        Detail.LANGUAGE: lambda: texts.language_name(value),
        Detail.CAPACITY: lambda: texts.unlimited() if value is None else str(value),
        Detail.TIMEZONE: lambda: texts.city(value),
        Detail.TOPICS: lambda: short(texts.listed(texts.names(value))) or texts.no_topics(),
        Detail.DESCRIPTION: lambda: cut(value, _VALUE_LENGTH) or texts.no_description(),
        Detail.AGENDA: lambda: texts.agenda_items(len(value)),
    }
    return said[detail]() if detail in said else str(value)


def _change(found: Prospect, texts: ChatTexts) -> Iterator[Markup]:
    """The question, and what would be another."""
    card = found.card
    if found.new_start:
        yield texts.move_sure(card.title, _when(found.new_start, card, texts))
    elif found.new.get(STATUS) == WebinarStatus.CANCELLED:
        yield texts.call_off_sure(card.title)
        if reason := found.new.get(CANCEL_REASON):
            yield texts.reason(reason)
    elif STATUS in found.new:
        yield texts.restore_sure(card.title, short_when(card, texts))
    else:
        yield texts.change_sure(card.title)
        for detail, part in _PARTS.items():
            if detail in found.new:
                yield _was_and_is(found, detail, texts.part(part), texts)


def _when(moment: datetime, card: Card, texts: ChatTexts) -> Markup:
    return own_time(moment, texts.full(moment, card.timezone))


def _was_and_is(found: Prospect, detail: Detail, label: str, texts: ChatTexts) -> Markup:
    old, new = found.old[detail], found.new[detail]
    if detail is Detail.DESCRIPTION:
        return lines(texts.is_new(label), cut(new, _NEW_LENGTH))
    if detail is Detail.AGENDA and new:
        return lines(texts.is_new(label), *_agenda(new, texts))
    return texts.was_and_is(label, _value(detail, old, texts), _value(detail, new, texts))


def _agenda(items: Sequence[Mapping[str, Any]], texts: ChatTexts) -> Iterator[Markup]:
    room = _NEW_LENGTH
    for item in items:
        line = texts.agenda_line(item["title"], item["speaker"], item["minutes"])
        room -= len(line)
        if room < 0:
            yield Markup("…")
            return
        yield line


def _impact(found: Prospect, texts: ChatTexts) -> Iterator[Markup]:
    means = found.impact
    if means.registered + means.waiting or not means.promoted + means.called:
        yield _told(found, texts)
    if means.redirected:
        yield texts.redirected()
    if means.night:
        cities = [texts.city_count(zone, number) for zone, number in means.night[:_ZONES]]
        yield texts.at_night(sum(number for _, number in means.night), cities)
    if means.busy:
        yield texts.busy_then(means.busy)
    if means.again:
        yield texts.reminders_again(means.again)
    if means.skipped:
        yield texts.reminders_skipped(means.skipped)
    if means.called:
        yield texts.called_told(means.called)
    yield from _seats(means, texts)


def _told(found: Prospect, texts: ChatTexts) -> Markup:
    means = found.impact
    if not means.registered + means.waiting:
        return texts.nobody_told()
    say = texts.can_be_told if found.may_be_silent else texts.told
    return say(means.registered, means.waiting)


def _seats(means: Impact, texts: ChatTexts) -> Iterator[Markup]:
    if means.promoted:
        yield texts.promoted(means.promoted)
    if means.over:
        yield texts.overbooked(means.over)


def _choices(found: Prospect, texts: ChatTexts) -> tuple[Button, ...]:
    tell, silently = (EditSave(found.card.code, found.id, tell) for tell in (1, 0))
    if found.new_start:
        return (Press(texts.button_move_sure(), tell),)
    if STATUS in found.new:
        cancelled = found.new[STATUS] == WebinarStatus.CANCELLED
        return (Press(texts.button_call_off_sure() if cancelled else texts.button_restore_sure(), tell),)
    if not found.impact.registered + found.impact.waiting:
        return (Press(texts.button_save(), silently),)
    if found.may_be_silent:
        return (Press(texts.button_save_and_tell(), tell), Press(texts.button_save_silently(), silently))
    return (Press(texts.button_save_and_tell(), tell),)


def _way_back(found: Prospect, texts: ChatTexts) -> Rows:
    code = found.card.code
    return _to_webinar(code, texts) if {STARTS_AT, STATUS} & found.new.keys() else back(code, texts)


def _to_webinar(code: str, texts: ChatTexts) -> Rows:
    return ((Press(texts.button_back(), ManageShow(code)),),)
