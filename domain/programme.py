"""What strangers read on the web pages: what is coming, and one webinar."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain import cards, links
from domain.cards import Card
from domain.errors import WebinarNotFoundError
from storage import Partnership, Session, Topic, Webinar, consortium, webinars


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
        tuple(_withheld(card, webinar) for card, webinar in zip(shown, found, strict=True)),
        webinars.count_upcoming(session, now) - len(found),
        sources(session),
    )


def page(session: Session, code: str, *, now: datetime) -> Card:
    webinar = webinars.by_code(session, code)
    if webinar is None:
        raise WebinarNotFoundError(code)
    return _withheld(cards.card(session, webinar, None, now=now), webinar)


def sources(session: Session) -> Sources:
    return Sources(tuple(consortium.active_partnerships(session)), tuple(consortium.active_topics(session)))


def _withheld(card: Card, webinar: Webinar) -> Card:
    return replace(
        card,
        title=links.withhold(card.title, webinar.join_url),
        description=links.withhold(card.description, webinar.join_url),
        agenda=links.withhold_agenda(card.agenda, webinar.join_url),
    )
