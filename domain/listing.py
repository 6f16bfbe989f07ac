"""What people look at: what is coming, what is theirs, one webinar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from domain import access, cards
from domain.cards import Card
from domain.errors import WebinarNotFoundError
from storage import Session, TopicKind, Webinar, consortium, outlines, registrations, webinars

T = TypeVar("T")

PAGE_SIZE = 5


@dataclass(frozen=True, slots=True)
class Page:
    """One page of webinars, soonest first. `number` counts from 1; `pages` is at least 1.

    `total` counts all there are, also where only those were asked for that fit, or have these `words`. `search` is
    by what its other pages are found. Where nothing fits, `topics` are what all there are is about.
    """

    cards: tuple[Card, ...]
    number: int
    pages: int
    total: int
    words: str = ""
    search: str = ""
    topics: tuple[str, ...] = ()


def page(
    session: Session,
    found: Sequence[Webinar],
    person_id: int,
    number: int,
    *,
    now: datetime,
) -> Page:
    """A page of these. A number beyond the last page shows the last."""
    number, pages, shown = _turned(found, number)
    return Page(tuple(cards.cards(session, shown, person_id, now=now)), number, pages, len(found))


def page_of(session: Session, found: Sequence[int], person_id: int, number: int, *, now: datetime) -> Page:
    """As `page`, of webinars for everybody by their ids: of thousands only those that are shown are read."""
    number, pages, shown = _turned(found, number)
    there = outlines.of_ids(session, list(shown))
    return Page(tuple(cards.cards(session, there, person_id, now=now)), number, pages, len(found))


def _turned(found: Sequence[T], number: int) -> tuple[int, int, Sequence[T]]:
    pages = max(1, -(-len(found) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    return number, pages, found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]


@dataclass(frozen=True, slots=True)
class Welcome:
    partnerships: tuple[str, ...]
    markets: tuple[str, ...]
    upcoming: Card | None


def mine(session: Session, person_id: int, number: int, *, now: datetime) -> Page:
    """A page of the person's registrations and places in line for webinars that are not over."""
    found = [webinar for _, webinar in registrations.of_person(session, person_id, now)]
    return page(session, found, person_id, number, now=now)


def managed(session: Session, person_id: int, number: int, *, now: datetime) -> Page:
    """A page of the webinars that this person may change and that are not over, cancelled ones too."""
    access.require_poster(session, person_id)
    if access.is_admin(session, person_id):  # also what only partnerships host that have left
        found = webinars.not_over(session, now, person_id)
    else:
        found = webinars.hosted_by(session, access.partnerships(session, person_id), now, person_id)
    return page(session, found, person_id, number, now=now)


def look(session: Session, code: str, person_id: int | None, *, now: datetime) -> Card:
    webinar = webinars.by_code(session, code, person_id)
    if webinar is None:
        raise WebinarNotFoundError(code)
    return cards.card(session, webinar, person_id, now=now)


def welcome(session: Session, person_id: int, *, now: datetime) -> Welcome:
    """The consortium and the next webinar."""
    found = webinars.upcoming(session, now, limit=1)
    following = cards.cards(session, found, person_id, now=now)
    return Welcome(
        tuple(partnership.short_name for partnership in consortium.active_partnerships(session)),
        tuple(topic.name for topic in consortium.active_topics(session) if topic.kind is TopicKind.MARKET),
        following[0] if following else None,
    )
