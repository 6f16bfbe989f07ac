"""What an organiser types about something that is shared, turned into a value or refused."""

from domain.reading import draft_values
from domain.reading.draft_values import FieldError, FieldFault

TEXT_LENGTH = 2_000
KEYWORDS_LENGTH = 200

_LINE_OF_TITLE = 80


def text(given: str) -> str:
    """Up to 2,000 characters as Telegram counts them: an emoji is two."""
    cleaned = draft_values.within(draft_values.clean(given).strip(), TEXT_LENGTH)
    if units(cleaned) > TEXT_LENGTH:
        raise FieldError(FieldFault.TOO_LONG, TEXT_LENGTH)
    return cleaned


def keywords(given: str) -> str:
    return draft_values.within(" ".join(draft_values.clean(given).split()), KEYWORDS_LENGTH)


def units(given: str) -> int:
    return len(given.encode("utf-16-le")) // 2


def title(given: str) -> str:
    """As much of a name as a title may be long; it may be empty, and then is asked for."""
    return " ".join(draft_values.clean(given).split())[: draft_values.TITLE_LENGTH]


def title_of(given: str) -> str:
    """What a text may be called: its first line, if that is short enough to be a title; else nothing."""
    first, _, _ = draft_values.clean(given).strip().partition("\n")
    return " ".join(first.split()) if len(first) <= _LINE_OF_TITLE else ""
