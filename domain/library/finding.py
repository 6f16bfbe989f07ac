"""Looking in the library: with words, with switches, or with both.

What fits comes newest and most used first: each time somebody opened an entry, put it into a chat or took it over
makes it a week younger, up to half a year. So what is used stays near the top, and what is new has its chance.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict

from domain import access
from domain.choices import Choice
from domain.library import entries, stems
from domain.library.entries import Entry
from domain.reading import draft_values, words
from storage import EntryKind, EntryState, Person, Session, TopicKind, consortium, library, library_search, people
from storage.library_search import Found, Term, Wanted

PAGE_SIZE = 5

_A_USE, _MOST_USES = timedelta(days=7), 26
_MOST_WORDS = 8
_WORDS_LENGTH = 60
_KEPT = 5
_LOOKS = "library"  # where it stands among what the person looked for last
_KINDS = frozenset({"kind", "partnership", "market", "sector", "language"})

Names = Callable[[str], Iterable[str]]
"""All that the people whom we speak with call a topic: somebody who reads French looks for `chine`."""


def _as_given(name: str) -> Iterable[str]:
    return (name,)


class Filter(BaseModel):
    """One choice of each kind at most, and words."""

    model_config = ConfigDict(frozen=True)

    kind: str | None = None
    partnership: str | None = None
    market: str | None = None
    sector: str | None = None
    language: str | None = None
    words: str = ""

    @property
    def key(self) -> str:
        """The same for the same choices; short enough for a button."""
        return hashlib.blake2b(self.model_dump_json().encode(), digest_size=6).hexdigest()


class _Looks(BaseModel):
    """What somebody looks for, and of what they were shown lists before: those lists can still be turned."""

    chosen: Filter = Filter()
    shown: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page of what fits. `number` counts from 1; `total` counts what fits, `everything` what there is at all."""

    entries: tuple[Entry, ...]
    number: int
    pages: int
    total: int
    everything: int
    chosen: Filter
    organiser: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """What can be chosen, and how many entries fit what is."""

    kinds: tuple[Choice, ...]
    partnerships: tuple[Choice, ...]
    markets: tuple[Choice, ...]
    sectors: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    words: str
    fitting: int


def look_for(session: Session, person_id: int, text: str, names: Names = _as_given) -> Listing:
    """The first page of what has all these words; without any, of everything. Switches are put back."""
    chosen = Filter(words=draft_values.clean(" ".join(text.split()))[:_WORDS_LENGTH])
    _keep(session, person_id, chosen, shown=True)
    return _page(session, chosen, person_id, 1, names)


def fitting(session: Session, person_id: int, number: int, names: Names = _as_given) -> Listing:
    """A page of what the person looks for."""
    chosen = _looks(people.lock(session, person_id)).chosen
    _keep(session, person_id, chosen, shown=True)
    return _page(session, chosen, person_id, number, names)


def turned(session: Session, person_id: int, key: str, number: int, names: Names = _as_given) -> Listing | None:
    """Another page of a list they were shown, whatever they looked for since. Nothing: that was too long ago."""
    looks = _looks(people.get(session, person_id))
    chosen = next((shown for shown in (looks.chosen, *looks.shown) if shown.key == key), None)
    return _page(session, chosen, person_id, number, names) if chosen else None


def switches(session: Session, person_id: int, names: Names = _as_given) -> Switches:
    return _switches(session, _looks(people.get(session, person_id)).chosen, person_id, names)


def toggle(session: Session, person_id: int, kind: str, value: str, names: Names = _as_given) -> Switches:
    """Choose one of a kind, or no longer. A kind that is none changes nothing; a value that is none fits nothing."""
    chosen = _looks(people.get(session, person_id)).chosen
    if kind in _KINDS:
        chosen = chosen.model_copy(update={kind: None if getattr(chosen, kind) == value else value})
        _keep(session, person_id, chosen)
    return _switches(session, chosen, person_id, names)


def clear(session: Session, person_id: int) -> Switches:
    """Nothing is chosen any more, and no word is looked for."""
    _keep(session, person_id, Filter())
    return _switches(session, Filter(), person_id, _as_given)


def forget_words(session: Session) -> None:
    """Let nobody's last searches name somebody who wished to be forgotten: whoever they were looking for."""
    for person in people.lock_who_looked_for(session, f'"{_LOOKS}"'):
        person.browsing = {name: value for name, value in person.browsing.items() if name != _LOOKS}
        people.save(session, person)


def offered(session: Session, telegram_id: int, text: str, names: Names = _as_given, *, limit: int) -> list[Entry]:
    """What this person may put into a chat by these words, or by a code; nothing for who is no organiser.

    Never a contact: who agreed to be asked by organisers has not agreed to be in whatever chat it is.
    """
    person = people.by_telegram_id(session, telegram_id)
    if person is None or not access.may_post(session, person.id):
        return []
    wanted = Wanted(everything=True, but=(EntryKind.CONTACT,), terms=_terms(session, text, names))
    named = library.by_code(session, text.strip())
    shareable = named is not None and named.state is EntryState.SHARED and named.kind is not EntryKind.CONTACT
    ids = [named.id] if named and shareable else [each.id for each in _ordered(library_search.shared(session, wanted))]
    return _entries(session, ids[:limit], person.id)


def alike(
    session: Session, kinds: Iterable[EntryKind], topic_ids: Iterable[str], *, limit: int, person_id: int | None = None
) -> list[Entry]:
    """What was shared of these kinds about these topics: what has most of them first, then as in a list.

    For organisers: whoever shows it to others asks before whether they are.
    """
    found = library_search.about(session, tuple(kinds), tuple(topic_ids))
    ranked = sorted(found, key=lambda each: (each[1], _rank(each[0]), each[0].id), reverse=True)
    return _entries(session, [each.id for each, _ in ranked[:limit]], person_id)


def _page(session: Session, chosen: Filter, person_id: int, number: int, names: Names) -> Listing:
    organiser = access.may_post(session, person_id)
    found = _ordered(library_search.shared(session, _wanted(session, chosen, organiser, names)))
    pages = max(1, -(-len(found) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    shown = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return Listing(
        entries=tuple(_entries(session, [each.id for each in shown], person_id)),
        number=number,
        pages=pages,
        total=len(found),
        everything=len(library_search.shared(session, Wanted(everything=organiser))),
        chosen=chosen,
        organiser=organiser,
    )


def _entries(session: Session, ids: Sequence[int], person_id: int | None) -> list[Entry]:
    rows = library.by_ids(session, ids)
    return entries.entries(session, [rows[entry_id] for entry_id in ids], person_id)


def _ordered(found: Iterable[Found]) -> list[Found]:
    return sorted(found, key=lambda each: (_rank(each), each.id), reverse=True)


def _rank(found: Found) -> datetime:
    return found.changed_at + min(found.uses, _MOST_USES) * _A_USE


def _wanted(session: Session, chosen: Filter, organiser: bool, names: Names) -> Wanted:  # noqa: FBT001 -- as it is stored
    return Wanted(
        everything=organiser,
        kind=chosen.kind,
        partnership_id=chosen.partnership,
        topic_ids=tuple(topic for topic in (chosen.market, chosen.sector) if topic),
        language=chosen.language,
        terms=_terms(session, chosen.words, names),
    )


def _terms(session: Session, text: str, names: Names) -> tuple[Term, ...]:
    """What the words mean; of the last we may see the beginning only. A text without a word fits nothing."""
    found = list(stems.wanted(text))[:_MOST_WORDS]
    if text.strip() and not found:
        return (Term(stems=(text,)),)
    topics = {topic.id: (topic.name, *names(topic.name)) for topic in consortium.active_topics(session)}
    partnerships = {each.id: (each.name, each.short_name) for each in consortium.active_partnerships(session)}
    return tuple(
        Term(
            stems=any_of,
            prefix=word if place == len(found) - 1 or len(word) == 1 else "",
            topic_ids=_called(word, topics),
            partnership_ids=_called(word, partnerships),
        )
        for place, (word, any_of) in enumerate(found)
    )


def _called(word: str, names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(each for each, called in names.items() if words.match(words.asked(word), called))


def _switches(session: Session, chosen: Filter, person_id: int, names: Names) -> Switches:
    organiser = access.may_post(session, person_id)
    topics = consortium.active_topics(session)
    there = library_search.languages(session, Wanted(everything=organiser))
    kinds = [kind for kind in EntryKind if organiser or kind is not EntryKind.CONTACT]
    return Switches(
        kinds=tuple(Choice(kind, kind, kind == chosen.kind) for kind in kinds),
        partnerships=tuple(
            Choice(each.id, each.short_name, each.id == chosen.partnership)
            for each in consortium.active_partnerships(session)
        ),
        markets=tuple(
            Choice(topic.id, topic.name, topic.id == chosen.market)
            for topic in topics
            if topic.kind is TopicKind.MARKET
        ),
        sectors=tuple(
            Choice(topic.id, topic.name, topic.id == chosen.sector)
            for topic in topics
            if topic.kind is TopicKind.SECTOR
        ),
        languages=tuple(Choice(each, each, each == chosen.language) for each in there),
        words=chosen.words,
        fitting=len(library_search.shared(session, _wanted(session, chosen, organiser, names))),
    )


def _keep(session: Session, person_id: int, chosen: Filter, *, shown: bool = False) -> None:
    """As JSON with the person, beside what they look for among webinars."""
    person = people.lock(session, person_id)
    before = _looks(person).shown
    after = (chosen, *(other for other in before if other != chosen))[:_KEPT] if shown else before
    looks = _Looks(chosen=chosen, shown=after)
    person.browsing = person.browsing | {_LOOKS: looks.model_dump(mode="json", exclude_defaults=True)}
    people.save(session, person)


def _looks(person: Person) -> _Looks:
    return _Looks.model_validate(person.browsing.get(_LOOKS, {}))
