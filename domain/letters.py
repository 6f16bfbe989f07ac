"""What organisers write to those who come, or wait: shown to them first, then sent to each once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import access, asking, audit, cards, mailing, planning
from domain.asking import Asking
from domain.audit import Action
from domain.cards import Card
from domain.errors import ConvokeError
from domain.mailing import Written
from domain.reading import draft_values
from storage import (
    DeliveryKind,
    Letter,
    Readers,
    RegistrationStatus,
    Session,
    Webinar,
    audiences,
    deliveries,
    letters,
    participants,
    people,
)

LENGTH = 1_000
MOST_A_DAY = 2
"""Within any 24 hours, so that midnight makes no four of them."""

OPEN_FOR = timedelta(days=30)
"""So long after a webinar its people can still be written to: thanks and questions, no newsletter."""

_DAY = timedelta(days=1)
_KEPT = timedelta(days=7)
_WORTH_READING = timedelta(days=3)
_GAPS = re.compile(r"\n{3,}")


class LettersClosedError(ConvokeError):
    """The webinar was too long ago."""


class NoLetterError(ConvokeError):
    """There is no text, or it is not this person's."""


class NoReadersError(ConvokeError):
    """Nobody who could read it is there any more."""


class LetterLimitError(ConvokeError):
    """Enough for today. `next_at` is when another one may go; `timezone` is the hosts'."""

    def __init__(self, next_at: datetime, timezone: str) -> None:
        super().__init__(next_at)
        self.next_at = next_at
        self.timezone = timezone


@dataclass(frozen=True, slots=True)
class Desk:
    """How many could be told of each kind, when a letter may go if not now, and what is written but not sent."""

    card: Card
    counts: dict[Readers, int]
    next_at: datetime | None
    unsent: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A letter as its readers would see it. `withheld`: those who wait don't see the link to join that is in it."""

    letter_id: int
    readers: Readers
    count: int
    letter: Written
    withheld: bool
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Dispatched:
    card: Card
    count: int


def next_possible(sent: Sequence[datetime], *, now: datetime) -> datetime | None:
    """When another letter may go, after those sent at these times. None: now."""
    recent = sorted(moment for moment in sent if moment > now - _DAY)
    return recent[-MOST_A_DAY] + _DAY if len(recent) >= MOST_A_DAY else None


def desk(session: Session, code: str, person_id: int, *, now: datetime) -> Desk:
    """Raises LettersClosedError."""
    webinar = _open(session, code, person_id, now)
    unsent = _unsent(session, webinar, person_id, now)
    return Desk(
        cards.card(session, webinar, None, now=now),
        _counts(session, webinar, now),
        _next_at(session, webinar, now),
        unsent.text if unsent else "",
    )


def choose(session: Session, code: str, person_id: int, readers: Readers, *, now: datetime) -> Proof | Card:
    """Write to these. A card: there is no text yet, and their next message is it. Raises LettersClosedError."""
    webinar = _open(session, code, person_id, now)
    letter = _unsent(session, webinar, person_id, now) or _blank(webinar, person_id, now)
    letter.readers, letter.written_at = readers, now
    letters.save(session, letter)
    if letter.text:
        return _proof(session, webinar, letter, now)
    return _ask(session, webinar, person_id, now)


def write_again(session: Session, code: str, person_id: int, *, now: datetime) -> Card:
    """Let the person's next message be the text; until then the old one stays. Raises LettersClosedError."""
    return _ask(session, _open(session, code, person_id, now), person_id, now)


def take(session: Session, person_id: int, text: str, *, now: datetime) -> Proof:
    """The text that was asked for. Raises FieldError, and then the question stays open; LettersClosedError."""
    person = people.lock(session, person_id)
    webinar = _open(session, person.asking_about, person_id, now)
    letter = _unsent(session, webinar, person_id, now) or _blank(webinar, person_id, now)
    cleaned = _GAPS.sub("\n\n", draft_values.clean(text).strip())
    letter.text, letter.written_at = draft_values.within(cleaned, LENGTH), now
    letters.save(session, letter)
    asking.close(person)
    people.save(session, person)
    return _proof(session, webinar, letter, now)


def send(session: Session, code: str, person_id: int, letter_id: int, *, now: datetime) -> Dispatched:
    """Put it into the outbox for everyone who is among its readers now. Sending it again sends nothing.

    Raises LettersClosedError, NoLetterError, LetterLimitError or NoReadersError; the text is kept.
    """
    webinar = _open(session, code, person_id, now)
    letter = letters.find(session, letter_id, person_id)
    if letter is None or letter.webinar_id != webinar.id or not letter.text:
        raise NoLetterError
    card = cards.card(session, webinar, None, now=now)
    if letters.is_sent(session, letter):
        return Dispatched(card, _count(session, webinar, letter.readers, now))
    next_at = _next_at(session, webinar, now)
    if next_at is not None:
        raise LetterLimitError(next_at, webinar.timezone)
    letter.written_at = now
    letters.save(session, letter)
    audience = audiences.readers(webinar.id, mailing.STATUSES[letter.readers], extra=mailing.is_extra(webinar, now))
    count = deliveries.plan_for(session, _plan(webinar, letter, now), audience, now)
    if not count:
        raise NoReadersError
    about = {"readers": letter.readers.value, "people": count}
    audit.record(session, person_id, Action.WRITTEN, webinar=webinar, after=about, now=now)
    return Dispatched(card, count)


def _open(session: Session, code: str, person_id: int, now: datetime) -> Webinar:
    webinar = access.editable(session, code, person_id)
    if now > webinar.ends_at + OPEN_FOR:
        raise LettersClosedError
    return webinar


def _unsent(session: Session, webinar: Webinar, person_id: int, now: datetime) -> Letter | None:
    return letters.unsent_of(session, webinar.id, person_id, since=now - _KEPT)


def _blank(webinar: Webinar, person_id: int, now: datetime) -> Letter:
    return Letter(webinar_id=webinar.id, readers=Readers.REGISTERED, text="", written_by=person_id, written_at=now)


def _next_at(session: Session, webinar: Webinar, now: datetime) -> datetime | None:
    return next_possible(letters.sent_since(session, webinar.id, now - _DAY), now=now)


def _ask(session: Session, webinar: Webinar, person_id: int, now: datetime) -> Card:
    person = people.lock(session, person_id)
    asking.ask(person, Asking.LETTER, about=webinar.code, now=now)
    people.save(session, person)
    return cards.card(session, webinar, None, now=now)


def _proof(session: Session, webinar: Webinar, letter: Letter, now: datetime) -> Proof:
    """As those see it who have a seat, if any of its readers have."""
    waiting = mailing.readable(letter, webinar, RegistrationStatus.WAITLISTED)
    text = waiting if letter.readers is Readers.WAITLISTED else letter.text
    return Proof(
        letter.id,
        letter.readers,
        _count(session, webinar, letter.readers, now),
        Written(cards.card(session, webinar, None, now=now), text),
        letter.readers is not Readers.REGISTERED and waiting != letter.text,
        _next_at(session, webinar, now),
    )


def _count(session: Session, webinar: Webinar, readers: Readers, now: datetime) -> int:
    return _counts(session, webinar, now)[readers]


def _counts(session: Session, webinar: Webinar, now: datetime) -> dict[Readers, int]:
    """Those who can be reached, and after the webinar want to be."""
    count = participants.count(session, webinar.id, extra=mailing.is_extra(webinar, now))
    return {
        Readers.REGISTERED: count.registered,
        Readers.WAITLISTED: count.waitlisted,
        Readers.BOTH: count.registered + count.waitlisted,
    }


def _plan(webinar: Webinar, letter: Letter, now: datetime) -> deliveries.Plan:
    last = now + _WORTH_READING
    return deliveries.Plan(
        kind=DeliveryKind.LETTER,
        webinar_id=webinar.id,
        about={"letter": letter.id},
        key=letters.key(letter.id),
        due_at=now,
        expires_at=min(last, webinar.ends_at) if now < webinar.ends_at else last,
        priority=planning.Priority.REMINDER,
    )
