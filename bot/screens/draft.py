"""A webinar being written: one card that shows what is there, what is missing and what was just wrong."""

from collections.abc import Iterator

from markupsafe import Markup

from bot.callbacks import (
    AgendasShow,
    Callback,
    ClashesShow,
    DraftAnother,
    DraftAsk,
    DraftClear,
    DraftDiscard,
    DraftFor,
    DraftForm,
    DraftHost,
    DraftKeep,
    DraftLanguage,
    DraftPreview,
    DraftPublish,
    DraftShow,
    DraftTopic,
    DraftUse,
    LessonsShow,
    ManageShow,
    ShowCard,
    SlotsShow,
)
from bot.screen import Button, Press, Rows, Screen, cut, grid, lines, own_time
from bot.screens import outlook as looking
from bot.screens.card import body, short
from domain.cards import Card
from domain.choices import Choice
from domain.drafts import CLEARABLE, LANGUAGES, DraftView, Field, Fields, ForWhom
from domain.outlook import Outlook
from domain.slot_search import WEEKS
from texts.chat import ChatTexts

_BUTTONS = (
    (Field.TITLE, Field.HOSTS, Field.WHEN),
    (Field.LINK, Field.TOPICS, Field.DURATION),
    (Field.LANGUAGE, Field.SEATS, Field.DESCRIPTION),
)
_TEXTS = (Field.AGENDA, Field.INVITATION, Field.FOR_WHOM)
_A_ROW = 2
_DESCRIPTION_LENGTH = 200


def draft_card(
    view: DraftView,
    texts: ChatTexts,
    fault: Markup | None = None,
    *,
    said: tuple[Markup, ...] = (),
    another: bool = False,
) -> Screen:
    """The draft; `fault` says what was wrong with the last message and stands right above what to do.

    `said` is what a pasted text led to. With `another` the person may start one more.
    """
    fields = (Field.TITLE, Field.HOSTS, Field.WHEN, Field.LINK, Field.DURATION)
    agenda = (Field.AGENDA,) if view.fields.agenda else ()
    for_whom = (Field.FOR_WHOM,) if view.fields.is_meeting else ()
    rest = (*for_whom, Field.LANGUAGE, Field.SEATS, Field.TOPICS, *agenda, Field.DESCRIPTION)
    text = lines(
        texts.meeting_draft_title() if view.fields.is_meeting else texts.draft_title(),
        "",
        *(texts.draft_line(texts.label(field), _value(view.fields, field, view, texts)) for field in (*fields, *rest)),
        "",
        *said,
        *(texts.offered(texts.label(field), value) for field, value in _offers(view, texts)),
        *(texts.warn(warning) for warning in _warnings(view, texts)),
        texts.warn(fault) if fault else None,
        _prompt(view, texts),
    )
    return Screen(text, _rows(view, texts, another=another))


def hosts(view: DraftView, texts: ChatTexts) -> Screen:
    others = any(host.id in view.asked for host in view.hosts)
    said = lines(texts.choose_hosts(), texts.others_are_asked() if others else None)
    return _switches(view.hosts, said, DraftHost, texts)


def topics(view: DraftView, texts: ChatTexts) -> Screen:
    return _switches(view.topics, texts.choose_topics(), DraftTopic, texts)


def languages(view: DraftView, texts: ChatTexts) -> Screen:
    choices = tuple(
        Choice(language, name, language == view.fields.language) for language, name in texts.language_choices(LANGUAGES)
    )
    return _switches(choices, texts.choose_language(), DraftLanguage, texts)


def for_whom(view: DraftView, texts: ChatTexts) -> Screen:
    choices = tuple(Choice(each, texts.for_whom(each), each is view.fields.for_whom) for each in ForWhom)
    return _switches(choices, texts.choose_for_whom(), DraftFor, texts, a_row=1)


def preview(card: Card, outlook: Outlook, texts: ChatTexts) -> Screen:
    """What companies will see, or of a meeting all organisers, and below it what only the hosts are told."""
    shown = body(card, texts)
    most = looking.room(shown)
    more = (Press(texts.button_all_clashes(), ClashesShow(1)),) if looking.unlisted(outlook, most) else ()
    return Screen(
        lines(
            texts.meeting_preview_title() if card.meeting else texts.preview_title(),
            "",
            shown,
            "",
            *looking.warnings(outlook, texts, most=most),
        ),
        (
            (Press(texts.button_publish(), DraftPublish()),),
            (_find_slot(texts.button_better_slot()), *more),
            (Press(texts.button_back(), DraftShow()),),
        ),
    )


def published(card: Card, url: str | None, texts: ChatTexts) -> Screen:
    share = lines("", texts.share_link(url)) if url else None
    asked = lines("", texts.hosts_asked(card.invited)) if card.invited else None
    return Screen(
        lines(texts.meeting_planned() if card.meeting else texts.published(), "", body(card, texts), asked, share),
        ((Press(texts.button_see_it(), ShowCard(card.code)), Press(texts.button_manage(), ManageShow(card.code))),),
    )


def discard(texts: ChatTexts) -> Screen:
    return Screen(
        texts.discard_sure(),
        ((Press(texts.button_discard_sure(), DraftDiscard(1)),), (Press(texts.button_back(), DraftShow()),)),
    )


def _hosts(view: DraftView, texts: ChatTexts) -> str:
    chosen = [host for host in view.hosts if host.chosen]
    return texts.listed([texts.to_be_asked(host.name) if host.id in view.asked else host.name for host in chosen])


def _value(fields: Fields, field: Field, view: DraftView, texts: ChatTexts) -> Markup | str:
    if field in fields.missing:
        return texts.missing()
    topics = [topic.name for topic in view.topics if topic.chosen]
    return {
        Field.TITLE: Markup("<b>{title}</b>").format(title=fields.title),
        Field.HOSTS: short(_hosts(view, texts)),
        Field.WHEN: _when(fields, texts),
        Field.LINK: fields.join_url or "",
        Field.DURATION: texts.minutes(fields.duration_minutes),
        Field.LANGUAGE: texts.language_name(fields.language),
        Field.SEATS: texts.unlimited() if fields.capacity is None else str(fields.capacity),
        Field.TOPICS: short(texts.listed(texts.names(topics))) or texts.no_topics(),
        Field.AGENDA: texts.agenda_summary(len(fields.agenda), fields.agenda_minutes),
        Field.FOR_WHOM: texts.for_whom(fields.for_whom),
        Field.DESCRIPTION: cut(fields.description, _DESCRIPTION_LENGTH) or texts.no_description(),
    }[field]


def _when(fields: Fields, texts: ChatTexts) -> Markup | str:
    starts_at = fields.starts_at
    return own_time(starts_at, texts.full(starts_at, fields.timezone)) if starts_at else ""


def _offers(view: DraftView, texts: ChatTexts) -> Iterator[tuple[Field, Markup | str]]:
    for field, values in view.fields.offered.items():
        yield field, _value(view.fields.changed(values), field, view, texts)


def _warnings(view: DraftView, texts: ChatTexts) -> Iterator[Markup]:
    fields = view.fields
    if fields.comes_twice and fields.local_start:
        yield texts.comes_twice(texts.clock(fields.local_start))
    if fields.agenda_minutes > fields.duration_minutes:
        yield texts.agenda_too_long(fields.agenda_minutes, fields.duration_minutes)


def _prompt(view: DraftView, texts: ChatTexts) -> Markup:
    if view.asking:
        return texts.ask(view.asking, view.fields.timezone)
    if view.fields.missing:
        return texts.still_missing([texts.label(field) for field in view.fields.missing])
    return texts.ready()


def _rows(view: DraftView, texts: ChatTexts, *, another: bool) -> Rows:
    offered = view.fields.offered
    offers = tuple(Press(texts.button_use(texts.label(field)), DraftUse(field)) for field in offered)
    keep = (Press(texts.button_keep(), DraftKeep()),) if offered else ()
    fields = tuple(tuple(Press(texts.label(field), DraftAsk(field)) for field in row) for row in (*_BUTTONS, _TEXTS))
    finish: tuple[Button, ...] = ()
    if not view.fields.missing:
        finish = (Press(texts.button_preview(), DraftPreview()), Press(texts.button_publish(), DraftPublish()))
    find = texts.button_better_slot() if view.fields.local_start else texts.button_find_slot()
    more = (Press(texts.button_another(), DraftAnother()),) if another else ()
    return (
        *grid((*offers, *keep)),
        _clear(view, texts),
        *fields,
        (*_form(view, texts), *_library(view, texts)),
        finish,
        (_find_slot(find), Press(texts.button_discard(), DraftDiscard(0))),
        more,
    )


def _library(view: DraftView, texts: ChatTexts) -> tuple[Button, ...]:
    """What others have that may help: what they learnt about the same topics, and an agenda while there is none."""
    learnt = (Press(texts.button_lessons(), LessonsShow()),) if view.lessons else ()
    agendas = () if view.fields.agenda else (Press(texts.button_agendas(), AgendasShow(), below=True),)
    return (*learnt, *(agendas if view.asking is Field.AGENDA else ()))


def _form(view: DraftView, texts: ChatTexts) -> tuple[Button, ...]:
    """What is asked afterwards; of a meeting nothing is."""
    label = texts.button_feedback_questions()
    chosen = texts.button_chosen(label) if view.fields.form else label
    return () if view.fields.is_meeting else (Press(chosen, DraftForm(1)),)


def _clear(view: DraftView, texts: ChatTexts) -> tuple[Button, ...]:
    """Beside the question for something that is there already, and may be left out."""
    fields, asking = view.fields, view.asking
    there = {Field.DESCRIPTION: fields.description, Field.AGENDA: fields.agenda}
    if asking is None or asking not in CLEARABLE or not there[asking]:
        return ()
    return (Press(texts.button_remove_part(texts.label(asking)), DraftClear(asking)),)


def _find_slot(label: str) -> Press:
    return Press(label, SlotsShow(WEEKS[1], 0))


def _switches(
    choices: tuple[Choice, ...],
    text: Markup,
    press: type[DraftHost | DraftTopic | DraftLanguage | DraftFor],
    texts: ChatTexts,
    *,
    a_row: int = _A_ROW,
) -> Screen:
    def button(choice: Choice) -> Button:
        name = texts.name(choice.name)
        label = texts.button_chosen(name) if choice.chosen else name
        callback: Callback = press(choice.id)
        return Press(label, callback)

    rows = tuple(tuple(map(button, choices[i : i + a_row])) for i in range(0, len(choices), a_row))
    return Screen(text, (*rows, (Press(texts.button_done(), DraftShow()),)))
