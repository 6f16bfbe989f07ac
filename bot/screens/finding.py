"""Looking for webinars with switches."""

from datetime import datetime

from bot.callbacks import FindClear, FindToggle, ShowFitting, ShowUpcoming
from bot.screen import Button, Press, Screen, grid
from domain.browsing import Switches
from domain.choices import Choice
from texts.chat import ChatTexts

_THREE = 3


def switches(value: Switches, texts: ChatTexts) -> Screen:
    """Every kind of choice, those of a kind side by side. A kind with one choice is none."""
    kinds = (
        ("partnership", [_named(choice, choice.name, texts) for choice in value.partnerships], 2),
        ("market", [_named(choice, texts.name(choice.name), texts) for choice in value.markets], 2),
        ("sector", [_named(choice, texts.name(choice.name), texts) for choice in value.sectors], 2),
        ("language", [_named(choice, texts.language_name(choice.id), texts) for choice in value.languages], _THREE),
        ("month", [_named(choice, _month(choice, texts), texts) for choice in value.months], _THREE),
    )
    rows = [row for kind, named, width in kinds if len(named) > 1 for row in grid(_buttons(kind, named), width)]
    if not value.fitting:
        last = (Press(texts.button_clear(), FindClear()), Press(texts.button_all(), ShowUpcoming(1)))
        return Screen(texts.filter_fits_nothing(), (*rows, last))
    show = Press(texts.button_show_fitting(value.fitting), ShowFitting(1))
    return Screen(texts.filter_title(value.fitting), (*rows, (show, Press(texts.button_clear(), FindClear()))))


def _named(choice: Choice, name: str, texts: ChatTexts) -> tuple[str, str]:
    return choice.id, texts.button_chosen(name) if choice.chosen else name


def _buttons(kind: str, named: list[tuple[str, str]]) -> list[Button]:
    return [Press(label, FindToggle(kind, value)) for value, label in named]


def _month(choice: Choice, texts: ChatTexts) -> str:
    year, month = map(int, choice.id.split("-"))
    return texts.month(datetime(year, month, 1))  # noqa: DTZ001 -- a month on the hosts' clocks
