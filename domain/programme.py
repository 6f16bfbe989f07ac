"""What strangers read on the web pages: what is coming, and one webinar."""

from dataclasses import dataclass
from datetime import datetime

from domain import cards
from domain.cards import Card
from domain.errors import WebinarNotFoundError
from storage import Partnership, Session, Topic, consortium, webinars


@dataclass(frozen=True, slots=True)
class Sources:
    """Those that have a calendar of their own, in the consortium's order."""

    partnerships: tuple[Partnership, ...]
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """The next webinars, soonest first, and how many more there are."""

    cards: tuple[Card, ...]
    more: int
    sources: Sources


def upcoming(session: Session, *, limit: int, now: datetime) -> Programme:
    found = webinars.upcoming(session, now, limit=limit)
    shown = cards.cards(session, found, None, now=now)
    return Programme(
        tuple(shown),
        webinars.count_upcoming(session, now) - len(found),
        sources(session),
    )


def page(session: Session, code: str, *, now: datetime) -> Card:
    webinar = webinars.by_code(session, code)
    if webinar is None:
        raise WebinarNotFoundError(code)
    return cards.card(session, webinar, None, now=now)


def sources(session: Session) -> Sources:
    return Sources(tuple(consortium.active_partnerships(session)), tuple(consortium.active_topics(session)))
