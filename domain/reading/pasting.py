"""What a pasted text says of a webinar: an invitation of Zoom or Teams, an e-mail, an earlier announcement.

What is not certain is not taken; it is named, so that it can be asked. Any text is read, in a time that is bounded.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.cards import AgendaLine
from domain.reading import agenda, dates, draft_values, invitation_lines, join_links, pasted_moments, zones
from domain.reading import invitation_words as words
from domain.reading.day_names import fold
from domain.reading.draft_values import DESCRIPTION_LENGTH, TITLE_LENGTH, FieldError
from domain.reading.invitation_lines import Line, Role
from domain.reading.invitation_words import Label
from domain.reading.join_links import JoinLinks
from domain.reading.pasted_moments import Moments
from domain.reading.when import Reading, WhenError

_SHORTEST_INVITATION = 60
_SHORTEST_TITLE, _LONGEST_SENTENCE = 5, 60
_SHORTEST_DESCRIPTION = 30
_SURE_SIGNS = 2
_DEFAULT_MINUTES = 60

_PREFIX = re.compile(
    r"(?:(?:re|fwd?|fw|tr|wg|aw|rv|sv|vs|i|(?:updated )?invitation(?: a)?|webinar invitation|webinar|einladung|invito"
    r"|invitacion|convite|uitnodiging|pozvanka|save the date)\s?[:\uff1a]\s?)+"
)
_QUOTED = re.compile(
    r"[\"\u201c\u00ab\u201e]\s?([^\"\u201c\u201d\u00ab\u00bb\u201e\n]{8,120}?)\s?[\"\u201d\u00bb\u201c]"
)
_BEFORE = re.compile(r"\A[^\w\"'\u201c\u00ab(\[\u00bf\u00a1]+")
_DECORATION = " *_#>=~|•·-\u2013\u2014"
_SEGMENTS = re.compile(r"[·|,;()•]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is certain; what is not found is empty.

    `when_fault` is why a time that is there can't be taken; `moments` and `links` are several of which one may be
    meant. `signs` counts what speaks for an invitation.
    """

    title: str | None = None
    when: Reading | None = None
    when_fault: WhenError | None = None
    moments: tuple[Reading, ...] = ()
    minutes: int | None = None
    link: str | None = None
    links: tuple[str, ...] = ()
    description: str = ""
    agenda: tuple[AgendaLine, ...] = ()
    signs: int = 0

    @property
    def is_invitation(self) -> bool:
        return self.signs >= _SURE_SIGNS


def find(
    text: str, *, hidden: Sequence[str] = (), picked: Sequence[datetime] = (), timezone: str, now: datetime
) -> Found:
    """`hidden` are links behind words, `picked` dates that the chat app knows. `timezone` is for a time without one."""
    lines = invitation_lines.read(text)
    moments = pasted_moments.find(lines, picked, timezone=timezone, now=now)
    links = join_links.find([line.text for line in lines], hidden)
    items = _items(lines, moments.lines)
    title = _title(lines)
    minutes = (moments.sure.minutes if moments.sure else None) or _length(lines)
    return Found(
        title=title,
        when=moments.sure,
        when_fault=moments.fault,
        moments=moments.several,
        minutes=minutes,
        link=links.sure,
        links=links.several,
        description=_description(lines, {*items, *moments.lines}, title),
        agenda=_agenda([lines[number].text for number in items], minutes or _DEFAULT_MINUTES),
        signs=_signs(lines, moments, links, items),
    )


def _signs(lines: Sequence[Line], moments: Moments, links: JoinLinks, items: Sequence[int]) -> int:
    """What nobody writes into a title. A short text without a link is one answer, whatever is in it."""
    written = [line for line in lines if line.role is not Role.BLANK]
    if len(written) == 1 and len(written[0].text) < _SHORTEST_INVITATION and not links.all:
        return 0
    signs = (
        bool(moments.sure or moments.several or moments.fault),
        bool(links.sure or links.several),
        any(line.label is Label.TITLE for line in lines),
        any(words.is_from_a_program(line.folded) for line in lines),
        len(items) > 1,
        _length(lines) is not None,
    )
    return sum(signs)


def _title(lines: Sequence[Line]) -> str | None:
    """Behind a label; or the first line, unless it begins a letter; or the only words in quotation marks."""
    for number, line in enumerate(lines):
        if line.label is Label.TITLE:
            below = next((other.text for other in lines[number + 1 :] if other.role is Role.PROSE), "")
            return _cleaned(line.value or below)
    first = next((line for line in lines if line.role is not Role.NOISE and line.role is not Role.BLANK), None)
    title = _cleaned(first.text) if first and first.role is Role.PROSE else None
    if title and _reads_as_title(title):
        return title
    quoted = {found[1] for line in lines if line.role is Role.PROSE for found in _QUOTED.finditer(line.text)}
    return _cleaned(quoted.pop()) if len(quoted) == 1 else None


def _cleaned(text: str) -> str | None:
    """Without `Re:`, ornaments, a link and a date; nothing if too little is left, or too much."""
    prefix = _PREFIX.match(fold(text))
    bare = text[prefix.end() :] if prefix else text
    bare = bare.split("https://")[0]
    day = next((day for day in dates.days(fold(bare)) if not day.relative), None)
    if day:
        bare = bare[: day.start].rstrip(" @,(|:" + _DECORATION)
    bare = _BEFORE.sub("", bare).rstrip(_DECORATION).removeprefix("\u201c").removesuffix("\u201d").strip(' "')
    return bare if _SHORTEST_TITLE <= len(bare) <= TITLE_LENGTH else None


def _reads_as_title(text: str) -> bool:
    """And not as a sentence, or the beginning of one."""
    return text[-1] not in ",;:" and not (text[-1] == "." and len(text) > _LONGEST_SENTENCE) and "@" not in text


def _length(lines: Sequence[Line]) -> int | None:
    """Behind a label, or alone between two points: `in English · 60 min`."""
    labelled = [line.value for line in lines if line.label is Label.LENGTH]
    parts = [part.strip() for line in lines if line.role is Role.PROSE for part in _SEGMENTS.split(line.text)[:20]]
    lengths = [part for part in parts if not part.isdigit()]
    found = {length for part in labelled or lengths if (length := _minutes(part))}
    return found.pop() if len(found) == 1 else None


def _minutes(text: str) -> int | None:
    try:
        return draft_values.duration(text)
    except FieldError:
        return None


def _items(lines: Sequence[Line], spoken_for: frozenset[int]) -> list[int]:
    """The numbers of the agenda's lines: below its heading, or two that follow each other anywhere."""
    found: list[int] = []
    run: list[int] = []
    headed = False
    for number, line in enumerate(lines):
        if line.role is Role.AGENDA or line.label is Label.AGENDA:
            headed = True
        elif line.role is Role.PROSE and number not in spoken_for and _is_item(line.text):
            run.append(number)
        elif line.role is not Role.BLANK:
            found += run if headed or len(run) > 1 else []
            run, headed = [], False
    return found + (run if headed or len(run) > 1 else [])


def _is_item(text: str) -> bool:
    """A time beside a city is no item: that is when it begins elsewhere. And a link is not for everybody."""
    if "://" in text or not agenda.is_item(text):
        return False
    title = agenda.title(text)
    try:
        return bool(title) and zones.named(title) is None
    except WhenError:
        return True


def _agenda(rows: Sequence[str], minutes: int) -> tuple[AgendaLine, ...]:
    try:
        return agenda.read("\n".join(rows), duration_minutes=minutes) if rows else ()
    except FieldError:
        return ()


def _description(lines: Sequence[Line], used: set[int], title: str | None) -> str:
    """What is written in sentences. Whole paragraphs: half a sentence helps nobody.

    None with a link or an address, which are not for everybody, or with the date, which would stay when it is moved.
    """
    labelled = [line.value for line in lines if line.label is Label.DESCRIPTION and line.value]
    kept = [
        [lines[number].text for number in paragraph]
        for paragraph in invitation_lines.paragraphs(lines)
        if not used.intersection(paragraph) and not any(_is_for_few(lines[number]) for number in paragraph)
    ]
    texts = [*labelled, *(" ".join(rows) if _is_wrapped(rows) else "\n".join(rows) for rows in kept)]
    prose = "\n\n".join(text for text in texts if _cleaned(text) != title or len(text) > TITLE_LENGTH)
    return _cut(prose) if len(prose) >= _SHORTEST_DESCRIPTION else ""


def _is_for_few(line: Line) -> bool:
    return "://" in line.text or words.tells_of_another_moment(line.folded)


def _is_wrapped(rows: Sequence[str]) -> bool:
    """Whether a program broke the lines: all but the last are about as long as they may be."""
    return all(len(row) > _LONGEST_SENTENCE for row in rows[:-1])


def _cut(text: str) -> str:
    return text if len(text) <= DESCRIPTION_LENGTH else text[: DESCRIPTION_LENGTH - 2].rsplit(maxsplit=1)[0] + " …"
