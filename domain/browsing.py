"""Looking for webinars: with switches, which are remembered, or with words."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from domain import listing
from domain.cards import Card, cards
from domain.choices import Choice
from domain.coming import Coming, Names
from domain.listing import Page
from domain.reading import draft_values, words
from storage import Person, Session, TopicKind, consortium, outlines, people, search, webinars

_MOST_INLINE = 20
_KEPT = 5
_WORDS_LENGTH = 60
_KINDS = frozenset({"partnership", "market", "sector", "language", "month"})
_LIBRARY = "library"  # what they look for there stands beside it


def _as_given(name: str) -> Iterable[str]:
    return (name,)


class Filter(BaseModel):
    """One choice of each kind at most; `month` as 2027-01. With `words` the choices don't matter."""

    model_config = ConfigDict(frozen=True)

    partnership: str | None = None
    market: str | None = None
    sector: str | None = None
    language: str | None = None
    month: str | None = None
    words: str = ""

    @property
    def key(self) -> str:
        """The same for the same choices; short enough for a button."""
        return hashlib.blake2b(self.model_dump_json().encode(), digest_size=6).hexdigest()


class _Browsing(Filter):
    """What somebody chose last, and of what they were shown lists before: those lists can still be turned."""

    shown: tuple[Filter, ...] = ()

    @property
    def chosen(self) -> Filter:
        return Filter.model_validate(self.model_dump(exclude={"shown"}))


@dataclass(frozen=True, slots=True)
class Switches:
    """What can be chosen, and how many webinars fit what is. Months are their first day (naive)."""

    partnerships: tuple[Choice, ...]
    markets: tuple[Choice, ...]
    sectors: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    months: tuple[Choice, ...]
    fitting: int


def upcoming(session: Session, person_id: int, number: int, *, now: datetime) -> Page:
    """A page of everything that is coming."""
    return listing.page_of(session, search.coming(session, search.Wanted(), now), person_id, number, now=now)


def fitting(
    session: Session, coming: Coming, person_id: int, number: int, names: Names = _as_given, *, now: datetime
) -> Page:
    """A page of what fits what the person chose last, or has the words they looked for last."""
    chosen = _filter(people.lock(session, person_id))
    _keep(session, person_id, chosen, shown=True)
    fit = _fitting(session, coming, chosen, names, now)
    return _page(session, chosen, fit, person_id, number, now)


def turned(
    session: Session, coming: Coming, person_id: int, key: str, number: int, names: Names = _as_given, *, now: datetime
) -> Page | None:
    """Another page of a list they were shown, whatever they looked for since. Nothing: that was too long ago."""
    browsing = _browsing(people.get(session, person_id))
    chosen = next((shown for shown in (browsing.chosen, *browsing.shown) if shown.key == key), None)
    if chosen is None:
        return None
    fit = _fitting(session, coming, chosen, names, now)
    return _page(session, chosen, fit, person_id, number, now)


def look_for(
    session: Session, coming: Coming, person_id: int, text: str, names: Names = _as_given, *, now: datetime
) -> Page:
    """The first page of what has all these words somewhere."""
    chosen = Filter(words=draft_values.clean(" ".join(text.split()))[:_WORDS_LENGTH])
    _keep(session, person_id, chosen, shown=True)
    return _page(session, chosen, _fitting(session, coming, chosen, names, now), person_id, 1, now)


def offered(
    session: Session, coming: Coming, person_id: int | None, text: str, names: Names = _as_given, *, now: datetime
) -> list[Card]:
    """What to offer for sharing: the webinar with this code, or those with these words, or without any, all."""
    text = draft_values.clean(text).strip()
    if webinar := webinars.by_code(session, text):
        return cards(session, [webinar], person_id, now=now)
    fit = _fitting(session, coming, Filter(words=text), names, now)
    return cards(session, outlines.of_ids(session, fit[:_MOST_INLINE]), person_id, now=now)


def _page(session: Session, chosen: Filter, fit: Sequence[int], person_id: int, number: int, now: datetime) -> Page:
    return replace(
        listing.page_of(session, fit, person_id, number, now=now),
        total=webinars.count_upcoming(session, now),
        words=chosen.words,
        search=chosen.key,
        topics=() if fit else _topics_of_all(session, now),
    )


def _topics_of_all(session: Session, now: datetime) -> tuple[str, ...]:
    """What the coming webinars are about, in the order of the topics."""
    there = search.topic_ids(session, now)
    return tuple(topic.name for topic in consortium.active_topics(session) if topic.id in there)


def switches(session: Session, person_id: int, *, now: datetime) -> Switches:
    """What can be chosen. Words that were looked for are put away, and what was chosen and is there no more."""
    chosen = _filter(people.get(session, person_id)).model_copy(update={"words": ""})
    shown = _switches(session, chosen, now)
    gone = {
        kind: None
        for kind, choices in (
            ("partnership", shown.partnerships),
            ("market", shown.markets),
            ("sector", shown.sectors),
            ("language", shown.languages),
            ("month", shown.months),
        )
        if not any(choice.chosen for choice in choices)
    }
    left = chosen.model_copy(update=gone)
    _keep(session, person_id, left)
    return shown if left == chosen else _switches(session, left, now)


def toggle(session: Session, person_id: int, kind: str, value: str, *, now: datetime) -> Switches:
    """Choose one of a kind, or no longer. A kind that is none changes nothing; a value that is none fits nothing."""
    chosen = _filter(people.get(session, person_id))
    if kind in _KINDS:
        there = getattr(chosen, kind)
        chosen = chosen.model_copy(update={kind: None if there == value else value, "words": ""})
        _keep(session, person_id, chosen)
    return _switches(session, chosen, now)


def clear(session: Session, person_id: int, *, now: datetime) -> Switches:
    """Nothing is chosen any more."""
    _keep(session, person_id, Filter())
    return _switches(session, Filter(), now)


def _keep(session: Session, person_id: int, chosen: Filter, *, shown: bool = False) -> None:
    """As JSON with the person: turning a page goes on with the same, also after a restart."""
    person = people.lock(session, person_id)
    before = _browsing(person).shown
    after = (chosen, *(other for other in before if other != chosen))[:_KEPT] if shown else before
    kept = {"shown": [filter_.model_dump(exclude_defaults=True) for filter_ in after]} if after else {}
    others = {_LIBRARY: person.browsing[_LIBRARY]} if _LIBRARY in person.browsing else {}
    person.browsing = chosen.model_dump(exclude_defaults=True) | kept | others
    people.save(session, person)


def _browsing(person: Person) -> _Browsing:
    return _Browsing.model_validate(person.browsing)


def _filter(person: Person) -> Filter:
    return _browsing(person).chosen


def _wanted(chosen: Filter) -> search.Wanted:
    return search.Wanted(
        partnership_id=chosen.partnership,
        topic_ids=tuple(topic for topic in (chosen.market, chosen.sector) if topic),
        language=chosen.language,
        month=_month(chosen.month),
    )


def _month(text: str | None) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m") if text else None  # noqa: DTZ007 -- a month on the hosts' clocks
    except ValueError:
        return datetime.min  # noqa: DTZ901 -- as naive as the others: a month in which there is nothing


def _switches(session: Session, chosen: Filter, now: datetime) -> Switches:
    known = consortium.active_topics(session)

    def topics(kind: TopicKind, one: str | None) -> tuple[Choice, ...]:
        return tuple(Choice(topic.id, topic.name, topic.id == one) for topic in known if topic.kind is kind)

    languages, months = search.languages_and_months(session, now)
    return Switches(
        partnerships=tuple(
            Choice(host.id, host.short_name, host.id == chosen.partnership)
            for host in consortium.active_partnerships(session)
        ),
        markets=topics(TopicKind.MARKET, chosen.market),
        sectors=topics(TopicKind.SECTOR, chosen.sector),
        languages=tuple(Choice(language, language, language == chosen.language) for language in languages),
        months=tuple(Choice(f"{month:%Y-%m}", f"{month:%Y-%m}", f"{month:%Y-%m}" == chosen.month) for month in months),
        fitting=len(search.coming(session, _wanted(chosen), now)),
    )


def _fitting(session: Session, coming: Coming, chosen: Filter, names: Names, now: datetime) -> list[int]:
    """The ids of those that are coming and fit, soonest first. Without a word in the words there are none."""
    if not chosen.words:
        return search.coming(session, _wanted(chosen), now)
    there = coming.outlines(session, now=now)
    return [outline.id for outline in coming.having(session, there, words.asked(chosen.words), names)]
