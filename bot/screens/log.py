"""The log of what organisers did, a page at a time."""

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from bot.callbacks import LogShow, ManageList
from bot.screen import Button, Press, Screen, cut, lines, own_time
from domain.audit import Line, Log
from texts.chat import ChatTexts

# Telegram takes 4096 characters and counts an emoji as two.
_NAME_LENGTH = 40
_SUBJECT_LENGTH = 60
_VALUE_LENGTH = 36
_MOST_FIELDS = 3


def log(found: Log, texts: ChatTexts, timezone: str) -> Screen:
    title = texts.with_page(texts.log_title(), found.number, found.pages)
    entries = [part for line in found.lines for part in ("", *_entry(line, texts, timezone))]
    return Screen(
        lines(title, *(entries or (texts.nothing_logged(),))),
        (_turns(found, texts), (Press(texts.button_back(), ManageList(1)),)),
    )


def _entry(line: Line, texts: ChatTexts, timezone: str) -> Iterator[Markup]:
    yield texts.logged(
        line.action,
        who=cut(texts.logged_by(line.who), _NAME_LENGTH),
        subject=cut(line.subject, _SUBJECT_LENGTH),
        partnership=cut(line.partnership, _NAME_LENGTH),
        about=cut(line.about, _NAME_LENGTH) if line.about else line.about,
    )
    yield own_time(line.at, texts.short(line.at, timezone))
    fields = list(dict.fromkeys([*line.before, *line.after]))
    for field in fields[:_MOST_FIELDS]:
        yield _field(field, line, texts, timezone)
    if len(fields) > _MOST_FIELDS:
        yield texts.more_logged(len(fields) - _MOST_FIELDS)


def _field(field: str, line: Line, texts: ChatTexts, timezone: str) -> Markup:
    def said(value: Any) -> str:
        return cut(" ".join(texts.value_in_log(field, value, timezone).split()), _VALUE_LENGTH)

    if field not in line.before:
        return texts.logged_value(field, said(line.after[field]))
    return texts.logged_change(field, said(line.before[field]), said(line.after.get(field)))


def _turns(found: Log, texts: ChatTexts) -> tuple[Button, ...]:
    earlier = (Press(texts.button_newer(), LogShow(found.number - 1)),) if found.number > 1 else ()
    later = (Press(texts.button_older(), LogShow(found.number + 1)),) if found.number < found.pages else ()
    return (*earlier, *later)
