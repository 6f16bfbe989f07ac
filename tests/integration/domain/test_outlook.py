"""Looking before a time is settled: what is near it, for how many people, and who may ask."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain import drafts, outlook
from domain.days_off import DayOff
from domain.drafts import DraftIncompleteError, Field, NoDraftError
from domain.errors import NotAllowedError, WebinarNotFoundError
from domain.offices import PLACES
from domain.outlook import MOST_CLASHES, Clash, Outlook
from storage import Cluster, Database, Follow, HostState, RegistrationStatus, Session, WebinarHost, WebinarStatus
from tests.factories import (
    NOW,
    START,
    add_consortium,
    add_person,
    add_registration,
    add_role,
    add_webinar,
    set_reachable,
    wall,
)

ADMIN, ORGANISER, OTHER, STRANGER, ANA, BEN = range(1, 7)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def prepare(session: Session) -> None:
    """An administrator, an organiser of alpha, one of beta, and three people; alpha's clusters are in two countries."""
    add_consortium(session)
    for person_id in (ADMIN, ORGANISER, OTHER, STRANGER, ANA, BEN):
        assert add_person(session, 100 + person_id) == person_id
    add_role(session, ADMIN)
    add_role(session, ORGANISER, "alpha")
    add_role(session, OTHER, "beta")
    for name, country, partnership in (("a", "DE", "alpha"), ("b", "AT", "alpha"), ("c", "PT", "beta")):
        session.add(Cluster(id=name, name=name, country=country, partnership_id=partnership))
    session.add(Cluster(id="d", name="d", country="IT", partnership_id="alpha", active=False))
    session.flush()


def follow(session: Session, person_id: int, *subjects: str) -> None:
    for subject in subjects:
        whose = {"partnership_id": subject} if subject in {"alpha", "beta"} else {"topic_id": subject}
        session.add(Follow(person_id=person_id, created_at=NOW, **whose))
    session.flush()


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def draft(house: Database, *, topics: tuple[str, ...] = ("china",), when: str = "2027-01-20 10:00") -> None:
    """The organiser's draft: alpha's, about these topics, at this time in Brussels."""
    await house.write(drafts.start, ORGANISER, timezone="Europe/Brussels", now=NOW)
    await house.write(drafts.ask, ORGANISER, Field.WHEN, now=NOW)
    await house.write(drafts.fill, ORGANISER, when, picked=None, now=NOW)
    for topic in topics:
        await house.write(drafts.toggle_topic, ORGANISER, topic, now=NOW)


async def look(house: Database, person_id: int = ORGANISER, language: str = "en") -> Outlook:
    return await house.read(outlook.of_draft, person_id, zones=PLACES, language=language)


async def look_at_move(house: Database, person_id: int = ORGANISER, starts_at: datetime = START) -> Outlook:
    return await house.read(outlook.of_move, "mine", person_id, starts_at, zones=PLACES, language="en")


def codes(found: Outlook) -> list[str]:
    return [clash.code for clash in found.clashes]


async def test_nothing_is_said_of_a_good_time_but_what_time_it_is(house: Database) -> None:
    await draft(house)

    found = await look(house)

    assert (found.clashes, found.further, found.days_off, found.shifts) == ((), 0, (), ())
    assert [f"{place.local:%a %H:%M} {place.part.name}" for place in found.places] == [
        *("Wed 10:00 OFFICE", "Wed 17:00 OFFICE", "Wed 04:00 NIGHT", "Wed 01:00 NIGHT"),
    ]


async def test_every_webinar_for_the_same_people_is_named_and_no_other(house: Database) -> None:
    await draft(house)
    for code, given in {
        "topic": {"hosts": ["beta"], "topics": ["china"]},
        "host": {"hosts": ["alpha"], "topics": ["food"]},
        "both": {"hosts": ["alpha", "beta"], "topics": ["china", "food"], "starts_at": START + 119 * MINUTE},
        "still-on": {"hosts": ["alpha"], "starts_at": START - 3 * HOUR, "duration_minutes": 181},
        "other": {"hosts": ["beta"], "topics": ["food"]},
        "earlier": {"hosts": ["alpha"], "starts_at": START - 2 * HOUR},
        "later": {"hosts": ["alpha"], "starts_at": START + 2 * HOUR},
        "cancelled": {"hosts": ["alpha"], "status": WebinarStatus.CANCELLED},
        "tomorrow": {"hosts": ["alpha"], "starts_at": START + 24 * HOUR},
    }.items():
        await house.write(add_webinar, code=code, **given)

    assert sorted(codes(await look(house))) == ["both", "host", "still-on", "topic"]


async def test_a_host_that_was_only_asked_does_not_clash(house: Database) -> None:
    await draft(house, topics=())
    await house.write(add_webinar, code="beta", hosts=["beta"], topics=["china"])
    await house.write(_invite, "beta", "alpha")

    assert codes(await look(house)) == []


def _invite(session: Session, code: str, partnership: str) -> None:
    session.add(WebinarHost(webinar_id=1, partnership_id=partnership, state=HostState.INVITED))
    session.flush()


async def test_a_clash_says_how_many_follow_both(house: Database) -> None:
    await draft(house)
    await house.write(add_webinar, code="theirs", title="Batteries", hosts=["beta"], topics=["china"])
    await house.write(follow, ANA, "alpha", "beta")
    await house.write(follow, BEN, "china")
    await house.write(follow, OTHER, "beta")
    await house.write(follow, STRANGER, "china")
    await house.write(set_reachable, STRANGER, reachable=False)

    assert (await look(house)).clashes == (
        Clash(
            code="theirs",
            title="Batteries",
            hosts=("Beta",),
            starts_at=START,
            timezone="Europe/Brussels",
            following=2,
            registered=None,
        ),
    )


async def test_a_move_says_how_many_are_registered_for_both(house: Database) -> None:
    mine = await house.write(add_webinar, code="mine", hosts=["alpha"], starts_at=START - 48 * HOUR)
    theirs = await house.write(add_webinar, code="theirs", hosts=["alpha", "beta"])
    for webinar_id, person_id, status in (
        (mine, ANA, RegistrationStatus.REGISTERED),
        (theirs, ANA, RegistrationStatus.WAITLISTED),
        (mine, BEN, RegistrationStatus.CANCELLED),
        (theirs, BEN, RegistrationStatus.REGISTERED),
        (mine, STRANGER, RegistrationStatus.REGISTERED),
    ):
        await house.write(add_registration, webinar_id, person_id, status)

    (clash,) = (await look_at_move(house)).clashes

    assert (clash.code, clash.registered, clash.following) == ("theirs", 1, 0)


async def test_a_webinar_does_not_clash_with_itself(house: Database) -> None:
    await house.write(add_webinar, code="mine", hosts=["alpha"])

    assert codes(await look_at_move(house, starts_at=START + 30 * MINUTE)) == []


async def test_what_matters_to_most_comes_first_and_all_are_counted(house: Database) -> None:
    await draft(house)
    for number in range(MOST_CLASHES + 2):
        await house.write(add_webinar, code=f"w{number:03}", hosts=["alpha"], topics=["food"] if number == 50 else [])
    await house.write(follow, ANA, "china", "food")

    found = await look(house)

    assert codes(found)[:3] == ["w050", "w000", "w001"]
    assert (len(found.clashes), found.further) == (MOST_CLASHES, 2)


@pytest.mark.parametrize(
    ("when", "language", "days"),
    [
        ("2027-05-06 10:00", "en", [("AT", "Ascension Day"), ("DE", "Ascension Day")]),
        ("2027-05-06 10:00", "fr", [("AT", "Ascension Day"), ("DE", "Ascension Day")]),
        ("2027-10-01 10:00", "en", [("CN", "National Day")]),
        ("2027-11-25 16:00", "en", [("US", "Thanksgiving Day")]),
        ("2027-06-10 10:00", "en", []),  # a holiday in Portugal, where only beta is
        ("2027-06-02 10:00", "en", []),  # and in Italy, from where a cluster has left
    ],
)
async def test_holidays_are_those_of_the_hosts_countries(
    house: Database, when: str, language: str, days: list[tuple[str, str]]
) -> None:
    await draft(house, when=when)

    found = (await look(house, language=language)).days_off

    assert found == tuple(DayOff(country, date.fromisoformat(when[:10]), name) for country, name in days)


async def test_clocks_that_differ_are_named(house: Database) -> None:
    await draft(house, when="2027-03-16 16:00")

    assert [(shift.zone, shift.by) for shift in (await look(house)).shifts] == [
        ("America/New_York", HOUR),
        ("America/Los_Angeles", HOUR),
    ]


async def test_a_draft_without_a_time_has_no_outlook(house: Database) -> None:
    await house.write(drafts.start, ORGANISER, timezone="Europe/Brussels", now=NOW)

    with pytest.raises(DraftIncompleteError) as refused:
        await look(house)
    assert refused.value.missing == (Field.WHEN,)


@pytest.mark.parametrize(("person_id", "error"), [(STRANGER, NotAllowedError), (OTHER, NoDraftError)])
async def test_a_draft_is_looked_at_by_whoever_writes_it(
    house: Database, person_id: int, error: type[Exception]
) -> None:
    await draft(house)

    with pytest.raises(error):
        await look(house, person_id)


@pytest.mark.parametrize("person_id", [OTHER, STRANGER, ANA])
async def test_a_move_is_looked_at_by_those_who_may_make_it(house: Database, person_id: int) -> None:
    await house.write(add_webinar, code="mine", hosts=["alpha"])

    assert codes(await look_at_move(house, ADMIN)) == []
    with pytest.raises(NotAllowedError):
        await look_at_move(house, person_id)


async def test_a_webinar_that_is_not_there_cannot_be_moved(house: Database) -> None:
    with pytest.raises(WebinarNotFoundError):
        await look_at_move(house)


async def test_a_join_link_in_a_title_stays_hidden(house: Database) -> None:
    link = "https://meet.example.org/secret"
    await draft(house)
    await house.write(add_webinar, code="theirs", title=f"Come {link}", hosts=["alpha"], join_url=link)

    assert link not in str(await look(house))


async def test_the_time_is_the_drafts_own(house: Database) -> None:
    await draft(house)
    await house.write(drafts.choose_start, ORGANISER, wall(2027, 1, 21, 15), "Asia/Shanghai", now=NOW)

    assert (await look(house)).places[1].local == datetime(2027, 1, 21, 7, tzinfo=UTC)
