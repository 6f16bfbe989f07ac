"""A poll about when to meet, being written: a title, a link, a few times, and the partnerships to be asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain import access, asking, audit, codes, wall_time
from domain.asking import Asking
from domain.audit import Action
from domain.choices import Choice
from domain.errors import ConvokeError, NotAllowedError
from domain.meetings import news
from domain.reading import draft_values, when
from domain.reading.draft_values import FieldError, FieldFault
from domain.reading.when import WhenError, WhenFault
from storage import Poll, PollSlot, Session, Vote, consortium, meetings, people

MOST_TIMES, FEWEST_TIMES = 6, 2
_USUAL_MINUTES = 60


class Part(StrEnum):
    """What is typed."""

    TITLE = "title"
    TIMES = "times"
    LINK = "link"
    LENGTH = "length"
    TEXT = "text"


_ASKING = {
    Part.TITLE: Asking.POLL_TITLE,
    Part.TIMES: Asking.POLL_TIMES,
    Part.LINK: Asking.POLL_LINK,
    Part.LENGTH: Asking.POLL_LENGTH,
    Part.TEXT: Asking.POLL_TEXT,
}
QUESTIONS = {question: part for part, question in _ASKING.items()}
_IN_TURN = (Part.TITLE, Part.TIMES, Part.LINK)
_READERS: dict[Part, tuple[str, Callable[[str], str | int]]] = {
    Part.TITLE: ("title", draft_values.title),
    Part.LINK: ("join_url", draft_values.join_url),
    Part.LENGTH: ("duration_minutes", draft_values.duration),
    Part.TEXT: ("text", draft_values.description),
}


class NoPollError(ConvokeError):
    """The person is writing none: its organisers were asked, or it was discarded, here or in another window."""


class PollIncompleteError(ConvokeError):
    """A part that must be there is missing; with none named, a partnership to ask."""

    def __init__(self, missing: tuple[Part, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Time:
    slot_id: int
    starts_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PollDraft:
    """`timezone` (IANA) is that in which a time without a zone is read. `asking`: the next message is this part."""

    code: str
    title: str
    text: str
    minutes: int
    join_url: str
    timezone: str
    times: tuple[Time, ...]
    partnerships: tuple[Choice, ...]
    asking: Part | None

    @property
    def missing(self) -> tuple[Part, ...]:
        there = {
            Part.TITLE: bool(self.title),
            Part.TIMES: len(self.times) >= FEWEST_TIMES,
            Part.LINK: bool(self.join_url),
        }
        return tuple(part for part in _IN_TURN if not there[part])

    @property
    def complete(self) -> bool:
        return not self.missing and any(choice.chosen for choice in self.partnerships)


def start(session: Session, person_id: int, *, timezone: str, now: datetime) -> PollDraft:
    """The one that the person is writing, or a new one, of which all partnerships are asked."""
    access.require_organiser(session, person_id)
    if not access.partnerships(session, person_id):
        raise NotAllowedError
    poll = meetings.being_written(session, person_id)
    if poll is None:
        poll = Poll(
            code=codes.new_code(),
            title="",
            timezone=timezone,
            duration_minutes=_USUAL_MINUTES,
            created_by=person_id,
            created_at=now,
        )
        meetings.save(session, poll)
        meetings.set_partnerships(session, poll, [each.id for each in consortium.active_partnerships(session)])
    return _ask_for_missing(session, person_id, poll, now)


def show(session: Session, person_id: int, *, now: datetime) -> PollDraft:
    return _view(session, person_id, _own(session, person_id), now)


def ask(session: Session, person_id: int, part: Part, *, now: datetime) -> PollDraft:
    """Let the person's next message be this part. Times are added to those that are there."""
    poll = _own(session, person_id)
    return _ask(session, person_id, poll, part, now)


def take(session: Session, person_id: int, text: str, *, picked: tuple[datetime, ...], now: datetime) -> PollDraft:
    """Put the message where it belongs, and ask for the next part that is missing.

    `picked` are dates that were inserted with the chat app. Raises FieldError or WhenError, and then changes nothing.
    """
    poll = _own(session, person_id)
    question = asking.asked(people.lock(session, person_id), now=now)
    if question not in QUESTIONS:
        return _view(session, person_id, poll, now)
    part = QUESTIONS[question]
    if part is Part.TIMES:
        _add_times(session, poll, text, picked, now)
    else:
        field, read = _READERS[part]
        setattr(poll, field, read(text))
        meetings.save(session, poll)
    return _ask_for_missing(session, person_id, poll, now)


def remove_time(session: Session, person_id: int, slot_id: int, *, now: datetime) -> PollDraft:
    poll = _own(session, person_id)
    slot = meetings.slot(session, slot_id)
    if slot is not None and slot.poll_id == poll.id:
        meetings.remove(session, slot)
    return _view(session, person_id, poll, now)


def toggle_partnership(session: Session, person_id: int, partnership_id: str, *, now: datetime) -> PollDraft:
    poll = _own(session, person_id)
    asked = {each.id for each in meetings.partnerships(session, poll.id)} ^ {partnership_id}
    active = [each.id for each in consortium.active_partnerships(session)]
    meetings.set_partnerships(session, poll, [each for each in active if each in asked])
    return _view(session, person_id, poll, now)


def discard(session: Session, person_id: int, *, now: datetime) -> None:
    """Delete it: nobody was asked yet. It is written down, unless nothing was written yet."""
    poll = _own(session, person_id)
    if poll.title:
        audit.record(session, person_id, Action.POLL_DISCARDED, subject=poll.title, now=now)
    meetings.discard(session, poll)
    _close_question(session, person_id)


def open_(session: Session, person_id: int, *, now: datetime) -> Poll:
    """Ask the organisers of the chosen partnerships, each once. Raises PollIncompleteError.

    Whoever asks can come to all times that they offer, unless they say otherwise. Times that have passed since they
    were typed drop out before.
    """
    poll = _own(session, person_id)
    for slot in meetings.slots(session, poll.id):
        if slot.starts_at <= now:
            meetings.remove(session, slot)
    draft = _view(session, person_id, poll, now)
    if not draft.complete:
        raise PollIncompleteError(draft.missing)
    if not access.partnerships(session, person_id):
        raise NotAllowedError
    poll.opened_at = now
    meetings.save(session, poll)
    for time in draft.times:
        meetings.vote(session, time.slot_id, person_id, Vote.YES, now)
    _close_question(session, person_id)
    audit.record(session, person_id, Action.POLL_OPENED, subject=poll.title, now=now)
    news.ask(session, poll, [choice.id for choice in draft.partnerships if choice.chosen], person_id, now=now)
    return poll


def _add_times(session: Session, poll: Poll, text: str, picked: tuple[datetime, ...], now: datetime) -> None:
    """A line for each, or dates of the chat app. Twice the same is once."""
    read = [when.from_instant(each, timezone=poll.timezone, now=now) for each in picked] or [
        when.parse(line, timezone=poll.timezone, now=now)
        for line in draft_values.clean(text).splitlines()
        if line.strip()
    ]
    if not read:
        raise FieldError(FieldFault.EMPTY)
    known = {slot.starts_at for slot in meetings.slots(session, poll.id)}
    new = {wall_time.instant(each.local, each.timezone) for each in read} - known
    if len(known) + len(new) > MOST_TIMES:
        raise FieldError(FieldFault.TOO_MANY_LINES, MOST_TIMES)
    meetings.save(session, *(_slot(poll, moment) for moment in sorted(new)))


def _slot(poll: Poll, moment: datetime) -> PollSlot:
    """As the clock in the poll's zone shows it. The second of two that it shows alike can't be told from the first."""
    local = moment.astimezone(ZoneInfo(poll.timezone)).replace(tzinfo=None, fold=0)
    if wall_time.derived(local, poll.timezone) != moment:
        raise WhenError(WhenFault.SECOND_OF_TWO, f"{local:%H:%M}")
    return PollSlot(poll_id=poll.id, local_start=local, starts_at=moment)


def _own(session: Session, person_id: int) -> Poll:
    access.require_organiser(session, person_id)
    poll = meetings.being_written(session, person_id)
    if poll is None:
        raise NoPollError
    return poll


def _ask_for_missing(session: Session, person_id: int, poll: Poll, now: datetime) -> PollDraft:
    missing = _view(session, person_id, poll, now).missing
    if missing:
        return _ask(session, person_id, poll, missing[0], now)
    _close_question(session, person_id)
    return _view(session, person_id, poll, now)


def _ask(session: Session, person_id: int, poll: Poll, part: Part, now: datetime) -> PollDraft:
    person = people.lock(session, person_id)
    asking.ask(person, _ASKING[part], about=poll.code, now=now)
    people.save(session, person)
    return _view(session, person_id, poll, now)


def _close_question(session: Session, person_id: int) -> None:
    person = people.lock(session, person_id)
    if person.asking in set(QUESTIONS):
        asking.close(person)
        people.save(session, person)


def _view(session: Session, person_id: int, poll: Poll, now: datetime) -> PollDraft:
    asked = {each.id for each in meetings.partnerships(session, poll.id)}
    question = asking.asked(people.get(session, person_id), now=now)
    return PollDraft(
        code=poll.code,
        title=poll.title,
        text=poll.text,
        minutes=poll.duration_minutes,
        join_url=poll.join_url,
        timezone=poll.timezone,
        times=tuple(Time(slot.id, slot.starts_at) for slot in meetings.slots(session, poll.id)),
        partnerships=tuple(
            Choice(each.id, each.short_name, each.id in asked) for each in consortium.active_partnerships(session)
        ),
        asking=QUESTIONS.get(question) if question else None,
    )
