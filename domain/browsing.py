"""Looking for webinars: with switches, which are remembered, or with words."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from domain import listing, words
from domain.cards import Card, cards
from domain.choices import Choice
from domain.listing import Page
from storage import Person, Session, TopicKind, Webinar, consortium, people, search, webinars

_MOST_INLINE = 20


class Filter(BaseModel):
    """One choice of each kind at most; `month` as 2027-01. Kept with the person as JSON."""

    model_config = ConfigDict(frozen=True)

    partnership: str | None = None
    market: str | None = None
    sector: str | None = None
    language: str | None = None
    month: str | None = None

    @property
    def is_set(self) -> bool:
        return any(self.model_dump().values())


@dataclass(frozen=True, slots=True)
class Switches:
    """What can be chosen, and how many webinars fit what is. Months are their first day (naive)."""

    partnerships: tuple[Choice, ...]
    markets: tuple[Choice, ...]
    sectors: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    months: tuple[Choice, ...]
    fitting: int


def fitting(session: Session, person_id: int, number: int, *, now: datetime) -> Page:
    """A page of what is coming and fits the person's switches. A number beyond the last page shows the last."""
    person = people.get(session, person_id)
    chosen = _filter(person)
    fit = search.coming(session, _wanted(chosen), now)
    total = webinars.count_upcoming(session, now)
    return listing.page(session, fit, person_id, number, narrowed=chosen.is_set, total=total, now=now)


def found(session: Session, person_id: int, text: str, *, now: datetime) -> Page:
    """The first page of what is coming and has all these words somewhere. The switches don't matter."""
    total = webinars.count_upcoming(session, now)
    return listing.page(session, _with_words(session, text, now), person_id, 1, narrowed=True, total=total, now=now)


def offered(session: Session, person_id: int | None, text: str, *, now: datetime) -> list[Card]:
    """What to offer for sharing: the webinar with this code, or those with these words, soonest first."""
    webinar = webinars.by_code(session, text.strip())
    chosen = [webinar] if webinar else _with_words(session, text, now)[:_MOST_INLINE]
    return cards(session, chosen, person_id, now=now)


def switches(session: Session, person_id: int, *, now: datetime) -> Switches:
    return _switches(session, _filter(people.get(session, person_id)), now)


def toggle(session: Session, person_id: int, kind: str, value: str, *, now: datetime) -> Switches:
    """Choose one of a kind, or no longer. A kind that is none changes nothing; a value that is none fits nothing."""
    person = people.lock(session, person_id)
    chosen = _filter(person)
    if kind in Filter.model_fields:
        there = getattr(chosen, kind)
        chosen = chosen.model_copy(update={kind: None if there == value else value})
        person.browsing = chosen.model_dump(exclude_none=True)
        people.save(session, person)
    return _switches(session, chosen, now)


def clear(session: Session, person_id: int) -> None:
    """Everything is shown again."""
    person = people.lock(session, person_id)
    person.browsing = {}
    people.save(session, person)


def _filter(person: Person) -> Filter:
    return Filter.model_validate(person.browsing)


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
        return None


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


def _with_words(session: Session, text: str, now: datetime) -> list[Webinar]:
    wanted = words.asked(text)
    coming = search.coming(session, search.Wanted(), now)
    programme = webinars.programme(session, [webinar.id for webinar in coming])
    return [webinar for webinar in coming if words.match(wanted, _texts(webinar, programme))]


def _texts(webinar: Webinar, programme: webinars.Programme) -> list[str]:
    hosts, topics = programme.hosts.get(webinar.id, ()), programme.topics.get(webinar.id, ())
    agenda = programme.agenda.get(webinar.id, ())
    return [
        webinar.title,
        webinar.description,
        *(text for item in agenda for text in (item.title, item.speaker)),
        *(name for host in hosts for name in (host.short_name, host.name)),
        *(topic.name for topic in topics),
    ]
