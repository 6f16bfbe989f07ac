"""What was learnt, and agendas handed on, as organisers see them."""

from collections.abc import Callable

from bot.screen import Screen
from bot.screens import lessons
from bot.screens.pushed import pushed
from domain.lessons import LessonAsked
from storage import EntryKind
from tests.chat import NASTY, NOW, card
from tests.unit.bot.libraries import LONG, entry, entry_of
from texts.chat import ChatTexts

LESSON = entry(kind=EntryKind.LESSON, title="Test the microphones", text="The day before, with the interpreters.")
LONGEST = entry_of(LONG, title="😀" * 120, partnership="Pärtnership 😀" * 3, topics=(), webinar=None)

SCREENS: dict[str, Callable[[ChatTexts], Screen]] = {
    "pushed_lesson_asked": lambda words: pushed(LessonAsked(card(title=NASTY)), words, now=NOW),
    "lesson_worked": lambda words: lessons.ask(card(), EntryKind.PRACTICE, words),
    "lesson_better": lambda words: lessons.ask(card(title=NASTY), EntryKind.LESSON, words),
    "lessons_offered": lambda words: lessons.offered((LESSON, entry(kind=EntryKind.PRACTICE, title=NASTY)), words),
    "lessons_long": lambda words: lessons.offered((LONGEST,) * 3, words),
    "lessons_none": lambda words: lessons.offered((), words),
    "said_no_agenda": lambda words: Screen(words.no_agenda()),
}
