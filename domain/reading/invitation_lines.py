"""The lines of a pasted text, each with what it is for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from domain.reading import draft_values
from domain.reading import invitation_words as words
from domain.reading.day_names import fold
from domain.reading.invitation_words import Label

_LONGEST = 8_000
_MOST_LINES = 300
_WRAPPED_AT = 60
_HEADER_LINES = 4

_BRACKETED = re.compile(r"<(https?://[^<>]{1,1500})>")
_LINK_AT_END = re.compile(r"https?://\S+\Z")
_REST_OF_LINK = re.compile(r"(?!https?:)(?=\S*[%&=?/_\d])[\w%&=?/.#+~-]{2,}\Z")


class Role(StrEnum):
    """NOISE is what programs write, and how to reach people; SIGNED is what stands below a letter's end."""

    BLANK = "blank"
    LABELLED = "labelled"
    AGENDA = "agenda"
    GREETING = "greeting"
    NOISE = "noise"
    SIGNED = "signed"
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class Line:
    """Of a labelled line `value` is what stands behind the label, of others the whole text."""

    text: str
    folded: str
    role: Role
    label: Label | None
    value: str


def read(text: str) -> list[Line]:
    """The lines of any text, with single spaces and without the marks of a quotation; only so many."""
    whole = _BRACKETED.sub(lambda found: f" {''.join(found[1].split())} ", draft_values.clean(text)[:_LONGEST])
    rows = [" ".join(row.lstrip("> \t").split()) for row in whole.splitlines()]
    return _signed(_without_headers([_line(row) for row in _unwrapped(rows)[:_MOST_LINES]]))


def _unwrapped(rows: Sequence[str]) -> list[str]:
    """With links in one piece that a mail program broke at the end of a line."""
    whole: list[str] = []
    for row in rows:
        before = whole[-1] if whole else ""
        broken = len(before) >= _WRAPPED_AT and _LINK_AT_END.search(before) and _REST_OF_LINK.match(row)
        if broken:
            whole[-1] = before + row
        else:
            whole.append(row)
    return whole


def _line(row: str) -> Line:
    folded = fold(row)
    labelled = words.label(folded)
    if labelled and labelled[0] is not Label.NOISE:
        label, start = labelled
        return Line(row, folded, Role.LABELLED, label, row[start:].strip(" *_"))
    return Line(row, folded, _role(folded, noise=labelled is not None), None, row)


def _role(folded: str, *, noise: bool) -> Role:
    if not folded:
        return Role.BLANK
    if words.heads_agenda(folded):
        return Role.AGENDA
    if noise or words.is_noise(folded):
        return Role.NOISE
    return Role.GREETING if words.is_greeting(folded) else Role.PROSE


def _without_headers(lines: Sequence[Line]) -> list[Line]:
    """Who wrote an e-mail, and when, says nothing of the webinar; its subject does."""
    found = list(lines)
    for number, line in enumerate(lines):
        if line.label is Label.SENDER and _is_header(lines, number):
            around = range(max(0, number - _HEADER_LINES), min(len(lines), number + _HEADER_LINES + 1))
            sent = any(words.says_when_sent(lines[near].folded) for near in around)
            for near in around:
                if near == number or (not sent and words.is_mail_date(lines[near].folded)):
                    found[near] = replace(lines[near], role=Role.NOISE, label=None, value=lines[near].text)
    return found


def _is_header(lines: Sequence[Line], number: int) -> bool:
    around = lines[max(0, number - _HEADER_LINES) : number + _HEADER_LINES + 1]
    return "@" in lines[number].text or any(line.label is Label.TITLE for line in around)


def _signed(lines: Sequence[Line]) -> list[Line]:
    """Below the end of a letter there is no prose any more, until something is labelled again."""
    end = next((number for number, line in enumerate(lines) if words.ends_a_letter(line.folded)), len(lines))
    return [
        replace(line, role=Role.SIGNED) if number >= end and line.role in {Role.PROSE, Role.GREETING} else line
        for number, line in enumerate(lines)
    ]


def paragraphs(lines: Sequence[Line]) -> list[list[int]]:
    """The numbers of lines of prose that follow each other."""
    found: list[list[int]] = []
    prose = [number for number, line in enumerate(lines) if line.role is Role.PROSE]
    for before, number in pairwise([-2, *prose]):
        if number == before + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return found
