"""What was learnt: asked of organisers, offered to organisers."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.callbacks import DraftShow, EntryShow, LessonTell, ManageShow, SettingsShow
from bot.screen import Press, Screen, cut, lines
from bot.screens.library import label
from domain.cards import Card
from domain.lessons import LessonAsked
from domain.library.entries import Entry
from storage import EntryKind
from texts.chat import ChatTexts

_TEXT_LENGTH = 300


def pushed(content: LessonAsked, texts: ChatTexts) -> Screen:
    code = content.card.code
    worked = Press(texts.button_worked(), LessonTell(code, EntryKind.PRACTICE), below=True)
    better = Press(texts.button_better(), LessonTell(code, EntryKind.LESSON), below=True)
    settings = Press(texts.button_settings(), SettingsShow(), below=True)
    return Screen(texts.lesson_asked(content.card.title), ((worked, better), (settings,)))


def ask(card: Card, kind: EntryKind, texts: ChatTexts) -> Screen:
    return Screen(texts.lesson_ask(kind, card.title), ((Press(texts.button_back(), ManageShow(card.code)),),))


def offered(found: Sequence[Entry], texts: ChatTexts) -> Screen:
    """Each in its own words, as far as they fit; the buttons open the whole."""
    back = (Press(texts.button_back(), DraftShow()),)
    if not found:
        return Screen(texts.no_lessons(), (back,))
    said = [line for entry in found for line in ("", *_lesson(entry, texts))]
    opened = ((Press(label(entry, texts), EntryShow(entry.code), below=True),) for entry in found)
    return Screen(lines(texts.lessons_offered(), *said), (*opened, back))


def _lesson(entry: Entry, texts: ChatTexts) -> tuple[Markup, ...]:
    title = Markup("<b>{title}</b> · {kind} · {whose}").format(
        title=entry.title, kind=texts.entry_kind(entry.kind), whose=entry.partnership
    )
    return (title, Markup("{text}").format(text=cut(entry.text, _TEXT_LENGTH))) if entry.text else (title,)
