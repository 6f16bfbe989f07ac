"""What came of the webinars: how many were reached, came, were new, from where, and what they thought of it.

A person counts once for each webinar. Cancelled webinars and meetings of organisers don't count, nor what is still to
come. Whoever was erased goes on counting, without a trace of who they were (`erased`).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from domain import access
from domain.choices import Choice
from domain.errors import ConvokeError, WebinarNotFoundError
from domain.figures.periods import Period
from storage import (
    Circle,
    Cluster,
    Measure,
    Partnership,
    Session,
    Webinar,
    WebinarStatus,
    consortium,
    figures,
    webinars,
)
from storage.figures import Origin

STARS = (1, 2, 3, 4, 5)

Counts = Mapping[Measure, int]


class NotCountedError(ConvokeError):
    """The webinar has not begun, or does not take place."""


class UnknownScopeError(ConvokeError):
    """There is no such partnership."""


@dataclass(frozen=True, slots=True)
class Group:
    """Everything counted under one name: of a partnership, a cluster, a topic, or a country's ISO 3166 code.

    It is empty for those who have not said.
    """

    name: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Held:
    """One webinar. `measured`: somebody was seen to come, not only said so, and its show-up rate means something."""

    title: str
    code: str
    starts_at: datetime
    timezone: str
    hosts: tuple[str, ...]
    topics: tuple[str, ...]
    counts: Counts
    stars: Mapping[int, int]
    measured: bool

    @property
    def asked(self) -> int:
        """How many were asked what they thought: where nobody was seen to come, all who had a seat."""
        return self.counts[Measure.ATTENDED if self.measured else Measure.REGISTERED]


@dataclass(frozen=True, slots=True)
class Figures:
    """`subject` is a partnership's short name or a webinar's title; empty: the whole consortium.

    `from_hosts` and `from_others` part the seats by whether the person's partnership was among the hosts; those who
    have not said where they belong are in neither.
    """

    subject: str
    held: tuple[Held, ...]
    counts: Counts
    by_partnership: tuple[Group, ...]
    by_cluster: tuple[Group, ...]
    by_country: tuple[Group, ...]
    by_topic: tuple[Group, ...]
    from_hosts: int
    from_others: int
    stars: Mapping[int, int]

    @property
    def measured(self) -> tuple[Held, ...]:
        """The webinars of which we know who came."""
        return tuple(each for each in self.held if each.measured)

    @property
    def is_partly_known(self) -> bool:
        """Whether there are webinars in which people had seats, and we don't know who came."""
        return any(each.counts[Measure.REGISTERED] for each in self.held if not each.measured)

    @property
    def show_up_rate(self) -> float | None:
        """Of the seats in webinars of which we know who came, the part that was taken. None: in none of them."""
        seats = sum(each.counts[Measure.REGISTERED] for each in self.measured)
        return sum(each.counts[Measure.ATTENDED] for each in self.measured) / seats if seats else None

    @property
    def share_of_others(self) -> float | None:
        known = self.from_hosts + self.from_others
        return self.from_others / known if known else None

    @property
    def answers(self) -> int:
        return sum(self.stars.values())

    @property
    def rating(self) -> float | None:
        """The mean of what was given, 1 to 5."""
        return sum(star * number for star, number in self.stars.items()) / self.answers if self.answers else None

    @property
    def response_rate(self) -> float | None:
        """Of those who were asked. None: nobody was. Who gave up their seat in the room may answer too."""
        asked = sum(each.asked for each in self.held)
        return min(1.0, self.answers / asked) if asked else None


def of_webinar(session: Session, person_id: int, code: str, *, now: datetime) -> Figures:
    """Any organiser may see any webinar's numbers, and no name. Raises NotCountedError."""
    access.require_poster(session, person_id)
    webinar = webinars.by_code(session, code)
    if webinar is None or webinar.circle is not Circle.EVERYBODY:
        raise WebinarNotFoundError(code)
    if webinar.status is not WebinarStatus.PUBLISHED or now < webinar.starts_at:
        raise NotCountedError
    return _figures(session, webinar.title, [webinar])


def over(
    session: Session, person_id: int, partnership_id: str | None, period: Period, *, timezone: str, now: datetime
) -> Figures:
    """Of the webinars that a partnership hosted in a period, or of all. Organisers see those of every partnership."""
    access.require_poster(session, person_id)
    partnership = consortium.rows(session, Partnership).get(partnership_id or "")
    if partnership_id is not None and partnership is None:
        raise UnknownScopeError
    since, until = period.bounds(timezone)
    held = figures.held(session, since=since, until=until, partnership_id=partnership_id, now=now)
    return _figures(session, partnership.short_name if partnership else "", held)


def scopes(session: Session, partnership_id: str | None) -> tuple[Choice, ...]:
    """All partnerships, with an empty id and name, and each of them; the given one is chosen."""
    each = [
        Choice(found.id, found.short_name, found.id == partnership_id)
        for found in consortium.active_partnerships(session)
    ]
    return (Choice("", "", partnership_id is None), *each)


def _figures(session: Session, subject: str, held: Sequence[Webinar]) -> Figures:
    ids = [webinar.id for webinar in held]
    counts, stars = figures.counts(session, ids), figures.ratings(session, ids)
    programme, homes = webinars.programme(session, ids), _homes(session)
    measured = figures.measured(session, ids)
    from_hosts, from_others = _parted(counts, programme, homes)
    return Figures(
        subject=subject,
        held=tuple(
            _held(webinar, programme, counts, stars.get(webinar.id, Counter()), measured=webinar.id in measured)
            for webinar in held
        ),
        counts=_total(counts.items()),
        by_partnership=_grouped(counts, lambda origin: [homes.get(origin.cluster_id, _NOWHERE).partnership]),
        by_cluster=_grouped(counts, lambda origin: [homes.get(origin.cluster_id, _NOWHERE).cluster]),
        by_country=_grouped(counts, lambda origin: [origin.country]),
        by_topic=_grouped(counts, lambda origin: _topics(programme, origin.webinar_id) or [""]),
        from_hosts=from_hosts,
        from_others=from_others,
        stars=_stars(sum(stars.values(), Counter())),
    )


@dataclass(frozen=True, slots=True)
class _Home:
    """Where somebody belongs: names, and the id of the partnership."""

    cluster: str
    partnership: str
    partnership_id: str


_NOWHERE = _Home("", "", "")


def _homes(session: Session) -> dict[str, _Home]:
    partnerships = consortium.rows(session, Partnership)
    return {
        cluster.id: _Home(cluster.name, partnerships[cluster.partnership_id].short_name, cluster.partnership_id)
        for cluster in consortium.rows(session, Cluster).values()
    }


def _held(
    webinar: Webinar,
    programme: webinars.Programme,
    counts: Mapping[Origin, int],
    stars: Counter[int],
    *,
    measured: bool,
) -> Held:
    return Held(
        title=webinar.title,
        code=webinar.code,
        starts_at=webinar.starts_at,
        timezone=webinar.timezone,
        hosts=tuple(host.short_name for host in programme.hosts.get(webinar.id, ())),
        topics=tuple(_topics(programme, webinar.id)),
        counts=_total((origin, number) for origin, number in counts.items() if origin.webinar_id == webinar.id),
        stars=_stars(stars),
        measured=measured,
    )


def _topics(programme: webinars.Programme, webinar_id: int) -> list[str]:
    return [topic.name for topic in programme.topics.get(webinar_id, ())]


def _parted(counts: Mapping[Origin, int], programme: webinars.Programme, homes: Mapping[str, _Home]) -> tuple[int, int]:
    """The seats of those who belong to a host, and of those who belong elsewhere."""
    from_hosts = from_others = 0
    for origin, number in counts.items():
        if origin.measure is Measure.REGISTERED and origin.cluster_id in homes:
            hosts = {host.id for host in programme.hosts.get(origin.webinar_id, ())}
            near = homes[origin.cluster_id].partnership_id in hosts
            from_hosts, from_others = from_hosts + number * near, from_others + number * (not near)
    return from_hosts, from_others


def _total(found: Iterable[tuple[Origin, int]]) -> Counts:
    counter: Counter[Measure] = Counter()
    for origin, number in found:
        counter[origin.measure] += number
    return MappingProxyType({measure: counter[measure] for measure in Measure})


def _grouped(counts: Mapping[Origin, int], names: Callable[[Origin], Iterable[str]]) -> tuple[Group, ...]:
    """Most seats first; those who have not said come last."""
    groups: dict[str, list[tuple[Origin, int]]] = {}
    for origin, number in counts.items():
        for name in names(origin):
            groups.setdefault(name, []).append((origin, number))
    rows = [Group(name, _total(counted)) for name, counted in groups.items()]
    return tuple(sorted(rows, key=lambda row: (not row.name, -row.counts[Measure.REGISTERED], row.name)))


def _stars(counted: Counter[int]) -> Mapping[int, int]:
    return MappingProxyType({star: counted[star] for star in STARS})
