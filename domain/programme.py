"""What strangers read on the web pages: what is coming, and one webinar."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from domain import cards, facets
from domain.cards import Card
from domain.coming import Coming, Names
from domain.errors import WebinarNotFoundError
from domain.facets import Kind, Option
from domain.reading import draft_values, words
from domain.withholding import withhold
from storage import Partnership, Session, Topic, TopicKind, Webinar, WebinarStatus, consortium, outlines, webinars
from storage.outlines import Outline

WORDS_LENGTH = 60
_SUBJECTS: tuple[Kind, ...] = ("market", "sector")
_RECENT, _RECENT_SINCE = 5, timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Sources:
    """Those that have a calendar of their own, in the consortium's order."""

    partnerships: tuple[Partnership, ...]
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants to see: one of each kind at most, and words that must all be there."""

    chosen: Mapping[Kind, str] = field(default_factory=dict)
    words: str = ""

    @property
    def everything(self) -> bool:
        return not self.chosen and not self.words


@dataclass(frozen=True, slots=True)
class Programme:
    """The next webinars that fit, soonest first; `fitting` counts all that do, `coming` all there are.

    `goes_on` is the month (2027-01) of the first that fits and is not shown. `moved` are codes of those that were to
    be at another time. `recent` are over, latest first. Where nothing fits, `instead` counts what there is of each
    market and sector.
    """

    cards: tuple[Card, ...]
    moved: frozenset[str]
    fitting: int
    coming: int
    goes_on: str | None
    options: Mapping[Kind, tuple[Option, ...]]
    instead: Mapping[Kind, tuple[Option, ...]]
    recent: tuple[Card, ...]
    sources: Sources


@dataclass(frozen=True, slots=True)
class Page:
    """One webinar, with those who host it. `earlier_starts` are when it was to be before it was moved, latest first."""

    card: Card
    hosts: tuple[Partnership, ...]
    sources: Sources
    posted_at: datetime
    earlier_starts: tuple[datetime, ...]


def upcoming(
    session: Session, coming: Coming, asked: Asked, names: Names, *, zone: str, limit: int, now: datetime
) -> Programme:
    """`zone` (IANA) says where a month begins; `names` is all that people call a topic."""
    there, there_are = coming.outlines(session, now=now), sources(session)
    have = facets.values(zone)
    ids = _ids(there_are, there, have)
    named = coming.having(session, there, words.asked(asked.words), names) if asked.words else there
    fit = facets.fitting(named, asked.chosen, have)
    shown = outlines.of_ids(session, [outline.id for outline in fit[:limit]])
    return Programme(
        cards=tuple(cards.cards(session, shown, None, now=now)),
        moved=frozenset(webinar.code for webinar in shown if webinar.moved_at),
        fitting=len(fit),
        coming=len(there),
        goes_on=next(iter(have["month"](fit[limit])), None) if len(fit) > limit else None,
        options={kind: facets.options(named, ids[kind], kind, asked.chosen, have) for kind in facets.KINDS},
        instead={kind: facets.options(there, ids[kind], kind, {}, have) for kind in _SUBJECTS} if not fit else {},
        recent=_recent(session, now) if asked.everything else (),
        sources=there_are,
    )


def page(session: Session, code: str, *, now: datetime) -> Page:
    webinar = webinars.by_code(session, code)
    if webinar is None:
        raise WebinarNotFoundError(code)
    card = without_the_way_in(webinar, cards.card(session, webinar, None, now=now))
    hosts = webinars.programme(session, [webinar.id]).hosts.get(webinar.id, ())
    return Page(card, hosts, sources(session), webinar.created_at, earlier_starts(session, webinar))


def sources(session: Session) -> Sources:
    return Sources(tuple(consortium.active_partnerships(session)), tuple(consortium.active_topics(session)))


def cleaned(words: str) -> str:
    """What somebody typed to find a webinar, as far as it is looked at."""
    return draft_values.clean(" ".join(words.split()))[:WORDS_LENGTH]


def without_the_way_in(webinar: Webinar, card: Card) -> Card:
    """Some meetings keep the recording at the address where one joins: that is for those who had a seat."""
    shown = tuple(
        handout
        for handout in card.materials
        if handout.url is None or withhold(handout.url, webinar.join_url) == handout.url
    )
    return replace(card, materials=shown)


def earlier_starts(session: Session, webinar: Webinar) -> tuple[datetime, ...]:
    """Each once; none where a move was taken back before anybody heard of it."""
    if webinar.moved_at is None:
        return ()
    revisions = reversed(webinars.revisions(session, webinar.id))
    starts = [revision.changes["starts_at"][0] for revision in revisions if "starts_at" in revision.changes]
    moments = (datetime.fromtimestamp(start, UTC) for start in dict.fromkeys(starts))
    return tuple(moment for moment in moments if moment != webinar.starts_at)


def _ids(there_are: Sources, there: list[Outline], have: Mapping[Kind, facets.Values]) -> dict[Kind, list[str]]:
    """What can be chosen: partnerships and topics whether or not something is coming, else only what is there."""
    return {
        "partnership": [partnership.id for partnership in there_are.partnerships],
        "market": [topic.id for topic in there_are.topics if topic.kind is TopicKind.MARKET],
        "sector": [topic.id for topic in there_are.topics if topic.kind is TopicKind.SECTOR],
        "language": sorted({outline.language for outline in there}),
        "month": sorted({month for outline in there for month in have["month"](outline)}),
    }


def _recent(session: Session, now: datetime) -> tuple[Card, ...]:
    over = webinars.over(session, None, now - _RECENT_SINCE, now)
    held = [webinar for webinar in over if webinar.status is WebinarStatus.PUBLISHED][:_RECENT]
    found = cards.cards(session, held, None, now=now)
    return tuple(without_the_way_in(webinar, card) for webinar, card in zip(held, found, strict=True))
