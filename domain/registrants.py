"""Who comes: for those who may change the webinar, and no more than people said of themselves."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from domain import access, audit, cards, listing
from domain.attendance import presence
from domain.audit import Action
from domain.cards import Card
from domain.listing import Page
from storage import (
    Cluster,
    Partnership,
    RegistrationStatus,
    Session,
    TopicKind,
    Webinar,
    consortium,
    registrants,
    registrations,
    webinars,
)
from storage.registrants import Origin, Registrant

__all__ = ["Form", "Registrant", "Roster", "Tallies", "Tally", "export", "page", "past"]

PAGE_SIZE = 10
_LOOK_BACK = timedelta(days=365)


class Form(StrEnum):
    """What lists are handed over as."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Tally:
    """So many registered and waiting. `name` is empty for those who have not said."""

    name: str
    registered: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Tallies:
    """Most first. A registration counts for each market of its webinar, else once; countries are ISO 3166 codes."""

    partnerships: tuple[Tally, ...]
    clusters: tuple[Tally, ...]
    countries: tuple[Tally, ...]
    markets: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """Some or all of those who come. `forgotten` are those who had themselves erased: they count, without a name.

    `came` counts those who came, the forgotten too. None: nobody knows, or it has not begun.
    """

    card: Card
    people: tuple[Registrant, ...]
    forgotten: int
    tallies: Tallies
    number: int = 1
    pages: int = 1
    came: int | None = None


@dataclass
class _Count:
    """Numbers of both kinds under names."""

    registered: Counter[str] = field(default_factory=Counter)
    waiting: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, status: RegistrationStatus, number: int) -> None:
        column = self.registered if status is RegistrationStatus.REGISTERED else self.waiting
        column[name] += number

    def tallies(self) -> tuple[Tally, ...]:
        names = self.registered.keys() | self.waiting.keys()
        found = [Tally(name, self.registered[name], self.waiting[name]) for name in names]
        return tuple(sorted(found, key=_rank))


def _rank(tally: Tally) -> tuple[bool, int, str]:
    """Those who have not said come last."""
    return (not tally.name, -(tally.registered + tally.waiting), tally.name)


def page(session: Session, code: str, person_id: int, number: int, *, now: datetime) -> Roster:
    """A page of them. A number beyond the last page shows the last."""
    webinar = access.editable(session, code, person_id)
    count = registrations.count_by_status(session, [webinar.id]).get(webinar.id, registrations.Counts())
    forgotten = registrants.count_forgotten(session, webinar.id)
    pages = max(1, -(-(count.registered + count.waitlisted - forgotten) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    shown = registrants.of_webinar(session, webinar.id, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
    return _roster(session, webinar, shown, forgotten, number=number, pages=pages, now=now)


def export(session: Session, code: str, person_id: int, form: Form, *, now: datetime) -> Roster:
    """All of them, to be handed over as a file. That somebody took it is written down."""
    webinar = access.editable(session, code, person_id)
    everybody = registrants.of_webinar(session, webinar.id)
    taken = {"form": form.value, "people": len(everybody)}
    audit.record(session, person_id, Action.EXPORTED, webinar=webinar, after=taken, now=now)
    forgotten = registrants.count_forgotten(session, webinar.id)
    return _roster(session, webinar, everybody, forgotten, number=1, pages=1, now=now)


def past(session: Session, person_id: int, number: int, *, now: datetime) -> Page:
    """A page of the webinars that this person may change and that ended in the last year, latest first."""
    access.require_poster(session, person_id)
    found = webinars.over(session, _own(session, person_id), now - _LOOK_BACK, now, person_id)
    return listing.page(session, found, person_id, number, now=now)


def _own(session: Session, person_id: int) -> Collection[str] | None:
    """The partnerships whose webinars are this person's; None: all, also what only those hosted that have left."""
    return None if access.is_admin(session, person_id) else access.partnerships(session, person_id)


def _roster(
    session: Session,
    webinar: Webinar,
    people: Iterable[Registrant],
    forgotten: int,
    *,
    number: int,
    pages: int,
    now: datetime,
) -> Roster:
    card = cards.card(session, webinar, None, now=now)
    came = presence.count(session, webinar) if presence.is_known(session, webinar) else None
    return Roster(card, tuple(people), forgotten, _tallies(session, [webinar.id]), number, pages, came)


def _tallies(session: Session, webinar_ids: Collection[int]) -> Tallies:
    clusters = consortium.rows(session, Cluster)
    partnerships = consortium.rows(session, Partnership)
    topics = webinars.programme(session, webinar_ids).topics
    by_partnership, by_cluster, by_country, by_market = _Count(), _Count(), _Count(), _Count()
    for origin in registrants.origins(session, webinar_ids):
        cluster = clusters[origin.cluster_id] if origin.cluster_id else None
        markets = [topic.name for topic in topics.get(origin.webinar_id, ()) if topic.kind is TopicKind.MARKET]
        _add(by_partnership, origin, partnerships[cluster.partnership_id].short_name if cluster else "")
        _add(by_cluster, origin, cluster.name if cluster else "")
        _add(by_country, origin, origin.country)
        for market in markets or [""]:
            _add(by_market, origin, market)
    return Tallies(by_partnership.tallies(), by_cluster.tallies(), by_country.tallies(), by_market.tallies())


def _add(count: _Count, origin: Origin, name: str) -> None:
    count.add(name, origin.status, origin.number)
