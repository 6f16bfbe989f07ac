"""A year of webinars gives exactly the numbers that are computed here from what was put in, erasures or not."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlmodel import col, update

from domain import privacy
from domain.errors import NotAllowedError, WebinarNotFoundError
from domain.figures import numbers, pages
from domain.figures.numbers import Figures, NotCountedError, UnknownScopeError
from domain.figures.periods import Period
from storage import (
    Attendance,
    Circle,
    Cluster,
    Database,
    DeliveryKind,
    DeliveryState,
    Feedback,
    Measure,
    Person,
    Registration,
    RegistrationStatus,
    Session,
    WebinarStatus,
)
from tests.factories import (
    NOW,
    add_consortium,
    add_delivery,
    add_people,
    add_person,
    add_registration,
    add_role,
    add_webinar,
)

ORGANISER, STRANGER = 1, 2
DAY = timedelta(days=1)
CLUSTERS = {"a1": "alpha", "a2": "alpha", "b1": "beta"}
SHORT = {"alpha": "Alpha", "beta": "Beta"}
COUNTRIES = ("BE", "FR", "")
SEATED, WAITING, LEFT = RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED, RegistrationStatus.CANCELLED


@dataclass(frozen=True)
class One:
    """A person of the year."""

    id: int
    company: str
    cluster: str
    country: str


@dataclass(frozen=True)
class Held:
    id: int
    day: int
    hosts: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """What one person had to do with one webinar."""

    webinar: Held
    who: One
    told: bool
    status: RegistrationStatus | None
    promoted: bool
    came: bool
    stars: int | None


def year(session: Session, seed: int) -> list[Fact]:
    """Fifteen webinars of the last year and thirty people, by chance."""
    random = Random(seed)  # noqa: S311 -- the same year each time
    add_consortium(session)
    add_person(session, ORGANISER)
    add_person(session, STRANGER)
    add_role(session, ORGANISER, "alpha")
    for cluster, partnership in CLUSTERS.items():
        session.add(Cluster(id=cluster, name=cluster.upper(), country="BE", partnership_id=partnership))
    session.flush()
    people = [_person(session, 100 + number, random) for number in range(30)]
    held = [_webinar(session, number, random) for number in range(15)]
    facts = [_fact(webinar, who, random) for webinar in held for who in random.sample(people, 15)]
    for fact in facts:
        _write(session, fact)
    session.flush()
    return facts


def _person(session: Session, telegram_id: int, random: Random) -> One:
    company = random.choice(["", "", *(f"Company {number}" for number in range(9))])
    row = Person(
        telegram_id=telegram_id,
        company=random.choice([company, company.upper()]),
        cluster_id=random.choice([*CLUSTERS, None]),
        country=random.choice(COUNTRIES),
        created_at=NOW - 400 * DAY,
        seen_at=NOW,
    )
    session.add(row)
    session.flush()
    return One(row.id, company, row.cluster_id or "", row.country)


def _webinar(session: Session, number: int, random: Random) -> Held:
    hosts = random.choice([("alpha",), ("beta",), ("alpha", "beta")])
    topics = random.choice([(), ("china",), ("china", "food")])
    day = random.randrange(1, 300)
    webinar_id = add_webinar(
        session, code=f"w{number}", title=f"Webinar {number}", hosts=hosts, topics=topics, starts_at=NOW - day * DAY
    )
    return Held(webinar_id, day, hosts, topics)


def _fact(webinar: Held, who: One, random: Random) -> Fact:
    status = random.choice([SEATED, SEATED, SEATED, WAITING, LEFT, None])
    came = status is SEATED and random.random() < 0.6
    return Fact(
        webinar,
        who,
        told=random.random() < 0.5,
        status=status,
        promoted=status is not None and random.random() < 0.2,
        came=came,
        stars=random.choice([None, 1, 3, 4, 5, 5]) if came else None,
    )


def _write(session: Session, fact: Fact) -> None:
    key, at = (fact.webinar.id, fact.who.id), NOW - fact.webinar.day * DAY
    if fact.told:
        add_delivery(
            session,
            fact.who.id,
            fact.webinar.id,
            kind=DeliveryKind.ANNOUNCEMENT,
            state=DeliveryState.SENT,
            dedup_key=f"announced:{key}",
        )
    if fact.status is not None:
        row = Registration(
            webinar_id=fact.webinar.id,
            person_id=fact.who.id,
            status=fact.status,
            queue_number=fact.who.id,
            promotions=int(fact.promoted),
            created_at=at,
            changed_at=at,
        )
        session.add(row)
    if fact.came:
        session.add(Attendance(webinar_id=fact.webinar.id, person_id=fact.who.id, first_at=at, last_at=at))
    if fact.stars:
        session.add(
            Feedback(webinar_id=fact.webinar.id, person_id=fact.who.id, rating=fact.stars, answered_at=at + DAY)
        )


def counted(facts: Iterable[Fact], everything: Iterable[Fact]) -> dict[str, int]:
    """The numbers of some facts, by hand. Who is new is decided by all there are."""
    first: dict[str, tuple[int, int, int]] = {}
    for fact in everything:
        if fact.status is SEATED:
            place = (-fact.webinar.day, fact.webinar.id, fact.who.id)
            key = fact.who.company.lower() or f"#{fact.who.id}"
            first[key] = min(place, first.get(key, place))
    new = {(webinar_id, who) for _, webinar_id, who in first.values()}
    found = list(facts)
    return {
        "reached": sum(fact.told or fact.status is not None for fact in found),
        "registered": sum(fact.status is SEATED for fact in found),
        "waited": sum(fact.status is WAITING or fact.promoted for fact in found),
        "attended": sum(fact.came for fact in found),
        "newcomers": sum((fact.webinar.id, fact.who.id) in new and fact.status is SEATED for fact in found),
    }


def said(figures: Figures) -> dict[str, object]:
    """What it says, in plain words and figures."""

    def plain(groups: Iterable[numbers.Group]) -> dict[str, dict[str, int]]:
        return {group.name: {measure.value: n for measure, n in group.counts.items()} for group in groups}

    return {
        "webinars": sorted(held.title for held in figures.held),
        "counts": {measure.value: n for measure, n in figures.counts.items()},
        "partnerships": plain(figures.by_partnership),
        "clusters": plain(figures.by_cluster),
        "countries": plain(figures.by_country),
        "topics": plain(figures.by_topic),
        "seats": (figures.from_hosts, figures.from_others),
        "stars": dict(figures.stars),
        "each": {
            held.title: ({measure.value: n for measure, n in held.counts.items()}, dict(held.stars))
            for held in figures.held
        },
    }


def expected(facts: list[Fact], everything: list[Fact], held: Iterable[int]) -> dict[str, object]:
    """The same, computed from the facts alone."""
    groups: dict[str, defaultdict[str, list[Fact]]] = {
        name: defaultdict(list) for name in ("partnerships", "clusters", "countries", "topics", "each")
    }
    for fact in facts:
        partnership = CLUSTERS.get(fact.who.cluster)
        groups["partnerships"][SHORT[partnership] if partnership else ""].append(fact)
        groups["clusters"][fact.who.cluster.upper()].append(fact)
        groups["countries"][fact.who.country].append(fact)
        groups["each"][f"Webinar {fact.webinar.id - 1}"].append(fact)
        for topic in fact.webinar.topics or ("",):
            groups["topics"][topic.capitalize()].append(fact)
    seats = [
        CLUSTERS[fact.who.cluster] in fact.webinar.hosts for fact in facts if fact.status is SEATED and fact.who.cluster
    ]

    def stars(some: Iterable[Fact]) -> dict[int, int]:
        given = Counter(fact.stars for fact in some)
        return {star: given[star] for star in range(1, 6)}

    def plain(name: str) -> dict[str, dict[str, int]]:
        tables = {key: counted(found, everything) for key, found in groups[name].items()}
        return {key: table for key, table in tables.items() if any(table.values())}

    return {
        "webinars": sorted(f"Webinar {number - 1}" for number in held),
        "counts": counted(facts, everything),
        "partnerships": plain("partnerships"),
        "clusters": plain("clusters"),
        "countries": plain("countries"),
        "topics": plain("topics"),
        "seats": (sum(seats), len(seats) - sum(seats)),
        "stars": stars(facts),
        "each": {title: (counted(found, everything), stars(found)) for title, found in groups["each"].items()},
    }


def erase(session: Session, people: Iterable[int]) -> None:
    for person_id in people:
        privacy.erase(session, person_id, now=NOW)


async def read(
    database: Database, partnership_id: str | None = None, period: Period | None = None, *, who: int = ORGANISER
) -> Figures:
    return await database.read(
        numbers.over, who, partnership_id, period or Period(), timezone="Europe/Brussels", now=NOW
    )


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_year_is_counted_exactly_and_goes_on_counting_the_erased(database: Database, seed: int) -> None:
    facts = await database.write(year, seed)
    held = {fact.webinar.id for fact in facts}
    whole = expected(facts, facts, held)
    assert said(await read(database)) == whole

    everybody = sorted({fact.who.id for fact in facts})
    await database.write(erase, Random(seed).sample(everybody, 15))  # noqa: S311 -- the same each time

    assert said(await read(database)) == whole
    alpha = [fact for fact in facts if "alpha" in fact.webinar.hosts]
    assert said(await read(database, "alpha")) == expected(alpha, facts, {fact.webinar.id for fact in alpha})


async def test_when_all_are_erased_the_numbers_stay_and_no_name_does(database: Database) -> None:
    facts = await database.write(year, 3)
    before = said(await read(database))

    await database.write(erase, sorted({fact.who.id for fact in facts}))

    assert said(await read(database)) == before


async def test_a_period_counts_the_webinars_that_began_in_it(database: Database) -> None:
    facts = await database.write(year, 4)
    march = Period(date(2026, 3, 1), date(2026, 3, 1))
    first, after = march.bounds("Europe/Brussels")
    assert first
    assert after
    some = [fact for fact in facts if first <= NOW - fact.webinar.day * DAY < after]

    assert said(await read(database, period=march)) == expected(some, facts, {fact.webinar.id for fact in some})


async def test_rates_are_none_where_there_is_nothing_to_divide(database: Database) -> None:
    def prepare(session: Session) -> None:
        add_consortium(session)
        add_role(session, add_person(session, ORGANISER), "alpha")

    await database.write(prepare)
    found = await read(database)

    assert (found.show_up_rate, found.share_of_others, found.rating, found.response_rate) == (None, None, None, None)


def one_webinar(session: Session, code: str, people: int) -> list[int]:
    """It took place, and so many had a seat. Returns who: they are the first of all, each time."""
    webinar_id = add_webinar(session, code=code, title=code, hosts=["alpha"], starts_at=NOW - DAY)
    who = [ORGANISER, STRANGER, *range(3, people + 1)][:people]
    for person_id in who:
        add_registration(session, webinar_id, person_id)
    return who


def came(session: Session, webinar_id: int, person_id: int, *, said: bool = False) -> None:
    session.add(Attendance(webinar_id=webinar_id, person_id=person_id, first_at=NOW, last_at=NOW, said=said))


def gave(session: Session, webinar_id: int, person_id: int) -> None:
    session.add(Feedback(webinar_id=webinar_id, person_id=person_id, rating=4, answered_at=NOW))


async def test_rates_are_of_those_of_whom_we_know(database: Database) -> None:
    """In the first three of four were seen and one says so, in the second nobody was seen and all are asked.

    In the third, of which we know as little, one says that they were there.
    """

    def prepare(session: Session) -> None:
        add_consortium(session)
        add_people(session, 8)
        add_role(session, ORGANISER, "alpha")
        for person_id in one_webinar(session, "seen", 8)[:4]:
            came(session, 1, person_id, said=person_id == 4)
            gave(session, 1, person_id)
        for person_id in one_webinar(session, "dark", 8)[:6]:
            gave(session, 2, person_id)
        one_webinar(session, "said", 4)
        came(session, 3, STRANGER, said=True)

    await database.write(prepare)
    found = await read(database)

    assert [held.measured for held in found.held] == [True, False, False]
    assert found.counts[Measure.ATTENDED] == 5
    assert (found.show_up_rate, found.is_partly_known) == (4 / 8, True)
    assert found.response_rate == 10 / (4 + 8 + 4)


async def test_who_gave_up_the_seat_again_is_not_among_those_who_came(database: Database) -> None:
    """So that no more people came than had a seat."""

    def prepare(session: Session) -> None:
        add_consortium(session)
        add_people(session, 2)
        add_role(session, ORGANISER, "alpha")
        for person_id in one_webinar(session, "w", 2):
            came(session, 1, person_id)
        session.exec(update(Registration).where(col(Registration.person_id) == STRANGER).values(status=LEFT))

    await database.write(prepare)
    found = await read(database)

    assert (found.counts[Measure.ATTENDED], found.show_up_rate, found.is_partly_known) == (1, 1.0, False)


async def test_what_is_cancelled_to_come_or_for_organisers_alone_does_not_count(database: Database) -> None:
    def prepare(session: Session) -> None:
        add_consortium(session)
        add_role(session, add_person(session, ORGANISER), "alpha")
        past: dict[str, Any] = {"hosts": ["alpha"], "starts_at": NOW - DAY}
        add_webinar(session, code="off", status=WebinarStatus.CANCELLED, **past)
        add_webinar(session, code="inner", circle=Circle.ORGANISERS, **past)
        add_webinar(session, code="ahead", hosts=["alpha"], starts_at=NOW + DAY)
        add_webinar(session, code="held", title="Held", **past)

    await database.write(prepare)

    assert [held.title for held in (await read(database)).held] == ["Held"]
    for code, error in (("off", NotCountedError), ("ahead", NotCountedError), ("inner", WebinarNotFoundError)):
        with pytest.raises(error):
            await database.read(numbers.of_webinar, ORGANISER, code, now=NOW)


async def test_organisers_see_the_numbers_of_every_partnership_and_others_see_none(database: Database) -> None:
    await database.write(year, 5)

    assert (await read(database, "beta")).subject == "Beta"
    assert (await database.read(numbers.of_webinar, ORGANISER, "w1", now=NOW)).subject == "Webinar 1"
    with pytest.raises(UnknownScopeError):
        await read(database, "nobody")
    with pytest.raises(NotAllowedError):
        await read(database, who=STRANGER)
    with pytest.raises(NotAllowedError):
        await database.read(numbers.of_webinar, STRANGER, "w1", now=NOW)


async def test_each_webinar_is_listed_latest_first_a_page_at_a_time(database: Database) -> None:
    await database.write(year, 6)
    whole = await read(database)

    async def page(number: int, *, who: int = ORGANISER) -> pages.HeldPage:
        asked = (who, None, Period(), number)
        return await database.read(pages.page, *asked, timezone="Europe/Brussels", now=NOW)

    shown = [await page(number) for number in (1, 2, 3, 99)]
    assert [held for each in shown[:3] for held in each.held] == [*reversed(whole.held)]
    assert [(each.number, each.pages) for each in shown] == [(1, 3), (2, 3), (3, 3), (3, 3)]
    with pytest.raises(NotAllowedError):
        await page(1, who=STRANGER)


async def test_a_colleague_does_not_become_new_when_the_first_of_the_company_is_erased(database: Database) -> None:
    def prepare(session: Session) -> None:
        add_consortium(session)
        add_role(session, add_person(session, ORGANISER), "alpha")
        for telegram_id, day in ((10, 9), (11, 5)):
            person_id = add_person(session, telegram_id)
            session.get_one(Person, person_id).company = "Acme"
            webinar_id = add_webinar(session, code=f"w{day}", hosts=["alpha"], starts_at=NOW - day * DAY)
            session.add(
                Registration(
                    webinar_id=webinar_id,
                    person_id=person_id,
                    status=SEATED,
                    queue_number=1,
                    created_at=NOW,
                    changed_at=NOW,
                )
            )

    await database.write(prepare)
    for _ in range(2):
        found = await read(database)
        assert [held.counts[Measure.NEWCOMERS] for held in found.held] == [1, 0]
        await database.write(privacy.erase, 2, now=NOW)
    await database.write(privacy.erase, 3, now=NOW)

    assert [held.counts[Measure.NEWCOMERS] for held in (await read(database)).held] == [1, 0]
