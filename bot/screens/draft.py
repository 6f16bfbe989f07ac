"""A webinar being written: one card that shows what is there, what is missing and what was just wrong."""

from markupsafe import Markup

from bot.callbacks import (
    Callback,
    DraftAsk,
    DraftDiscard,
    DraftHost,
    DraftLanguage,
    DraftPreview,
    DraftPublish,
    DraftShow,
    DraftTopic,
    ShowCard,
)
from bot.screen import Button, Press, Rows, Screen, cut, lines, own_time
from bot.screens.card import body, short
from domain.cards import Card
from domain.choices import Choice
from domain.drafts import LANGUAGES, DraftView, Field
from texts.chat import ChatTexts

_BUTTONS = (
    (Field.TITLE, Field.HOSTS, Field.WHEN),
    (Field.LINK, Field.TOPICS, Field.DURATION),
    (Field.LANGUAGE, Field.SEATS, Field.DESCRIPTION),
)
_A_ROW = 2
_DESCRIPTION_LENGTH = 200


def draft_card(view: DraftView, texts: ChatTexts, fault: Markup | None = None) -> Screen:
    """The draft; `fault` says what was wrong with the last message and stands right above what to do."""
    fields = (Field.TITLE, Field.HOSTS, Field.WHEN, Field.LINK, Field.DURATION)
    rest = (Field.LANGUAGE, Field.SEATS, Field.TOPICS, Field.DESCRIPTION)
    text = lines(
        texts.draft_title(),
        "",
        *(texts.draft_line(texts.label(field), _value(view, field, texts)) for field in (*fields, *rest)),
        "",
        texts.warn(fault) if fault else None,
        _prompt(view, texts),
    )
    return Screen(text, _rows(view, texts))


def hosts(view: DraftView, texts: ChatTexts) -> Screen:
    return _switches(view.hosts, texts.choose_hosts(), DraftHost, texts)


def topics(view: DraftView, texts: ChatTexts) -> Screen:
    return _switches(view.topics, texts.choose_topics(), DraftTopic, texts)


def languages(view: DraftView, texts: ChatTexts) -> Screen:
    choices = tuple(
        Choice(language, name, language == view.fields.language) for language, name in texts.language_choices(LANGUAGES)
    )
    return _switches(choices, texts.choose_language(), DraftLanguage, texts)


def preview(card: Card, texts: ChatTexts) -> Screen:
    return Screen(
        lines(texts.preview_title(), "", body(card, texts)),
        (
            (Press(texts.button_publish(), DraftPublish()),),
            (Press(texts.button_back(), DraftShow()),),
        ),
    )


def published(card: Card, url: str | None, texts: ChatTexts) -> Screen:
    share = lines("", texts.share_link(url)) if url else None
    return Screen(
        lines(texts.published(), "", body(card, texts), share),
        ((Press(texts.button_see_it(), ShowCard(card.code)),),),
    )


def discard(texts: ChatTexts) -> Screen:
    return Screen(
        texts.discard_sure(),
        ((Press(texts.button_discard_sure(), DraftDiscard(1)),), (Press(texts.button_back(), DraftShow()),)),
    )


def _value(view: DraftView, field: Field, texts: ChatTexts) -> Markup | str:
    if field in view.fields.missing:
        return texts.missing()
    fields = view.fields
    topics = [topic.name for topic in view.topics if topic.chosen]
    return {
        Field.TITLE: Markup("<b>{title}</b>").format(title=fields.title),
        Field.HOSTS: short(texts.listed([host.name for host in view.hosts if host.chosen])),
        Field.WHEN: _when(view, texts),
        Field.LINK: fields.join_url or "",
        Field.DURATION: texts.minutes(fields.duration_minutes),
        Field.LANGUAGE: texts.language_name(fields.language),
        Field.SEATS: texts.unlimited() if fields.capacity is None else str(fields.capacity),
        Field.TOPICS: short(texts.listed(texts.names(topics))) or texts.no_topics(),
        Field.DESCRIPTION: cut(fields.description, _DESCRIPTION_LENGTH) or texts.no_description(),
    }[field]


def _when(view: DraftView, texts: ChatTexts) -> Markup | str:
    starts_at = view.fields.starts_at
    return own_time(starts_at, texts.full(starts_at, view.fields.timezone)) if starts_at else ""


def _prompt(view: DraftView, texts: ChatTexts) -> Markup:
    if view.asking:
        return texts.ask(view.asking, view.fields.timezone)
    if view.fields.missing:
        return texts.still_missing([texts.label(field) for field in view.fields.missing])
    return texts.ready()


def _rows(view: DraftView, texts: ChatTexts) -> Rows:
    fields = tuple(tuple(Press(texts.label(field), DraftAsk(field)) for field in row) for row in _BUTTONS)
    finish: tuple[Button, ...] = ()
    if not view.fields.missing:
        finish = (Press(texts.button_preview(), DraftPreview()), Press(texts.button_publish(), DraftPublish()))
    return (*fields, finish, (Press(texts.button_discard(), DraftDiscard(0)),))


def _switches(
    choices: tuple[Choice, ...], text: Markup, press: type[DraftHost | DraftTopic | DraftLanguage], texts: ChatTexts
) -> Screen:
    def button(choice: Choice) -> Button:
        name = texts.name(choice.name)
        label = texts.button_chosen(name) if choice.chosen else name
        callback: Callback = press(choice.id)
        return Press(label, callback)

    rows = tuple(tuple(map(button, choices[i : i + _A_ROW])) for i in range(0, len(choices), _A_ROW))
    return Screen(text, (*rows, (Press(texts.button_done(), DraftShow()),)))
