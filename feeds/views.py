"""What the pages show of a webinar, in the reader's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from domain.calendar import Single
from domain.cards import Card
from feeds.addresses import calendar_path, webinar_path
from feeds.options import FeedOptions
from texts.feeds import FeedPhrases


@dataclass(frozen=True, slots=True)
class Moment:
    """`utc` is for machines, `words` for people; `zone` (IANA) is the one the words are in."""

    utc: str
    words: str
    zone: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A webinar in the list, on its leaf of the calendar."""

    card: Card
    path: str
    weekday: str
    day: str
    when: Moment
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    webinars: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """One webinar's page. `elsewhere` is the start in the other zones that matter to the consortium."""

    card: Card
    when: Moment
    elsewhere: tuple[Moment, ...]
    length: str
    language: str
    calendar_path: str
    bot_url: str | None


def months(cards: Iterable[Card], options: FeedOptions, words: FeedPhrases) -> list[Month]:
    """The cards, which come soonest first, month by month in the consortium's zone."""
    named = groupby(cards, lambda card: words.month(card.starts_at, options.timezone))
    return [Month(name, tuple(_listed(card, options, words) for card in group)) for name, group in named]


def detail(card: Card, options: FeedOptions, words: FeedPhrases) -> Detail:
    zones = dict.fromkeys(zone for zone in options.display_zones if zone != card.timezone)
    return Detail(
        card=card,
        when=_moment(card.starts_at, words.full(card.starts_at, card.timezone), card.timezone),
        elsewhere=tuple(_moment(card.starts_at, words.full(card.starts_at, zone), zone) for zone in zones),
        length=words.minutes(card.duration_minutes),
        language=words.language_name(card.language),
        calendar_path=options.local(calendar_path(Single(card.code))),
        bot_url=options.bot_url(card.code),
    )


def _listed(card: Card, options: FeedOptions, words: FeedPhrases) -> Listed:
    zone = options.timezone
    local = card.starts_at.astimezone(ZoneInfo(zone))
    hosts = (words.listed(card.hosts),) if card.hosts else ()
    return Listed(
        card=card,
        path=options.local(webinar_path(card.code)),
        weekday=words.weekday(local),
        day=str(local.day),
        when=_moment(card.starts_at, words.short(card.starts_at, zone), zone),
        facts=(
            *hosts,
            words.language_name(card.language),
            words.minutes(card.duration_minutes),
            *words.names(card.topics),
        ),
    )


def _moment(moment: datetime, words: str, zone: str) -> Moment:
    return Moment(moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), words, zone)
