"""Who comes, for those who may know: what people said of themselves and no more, counted, and taken away as a file."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from domain import privacy, registrants
from domain.attendance import doors
from domain.errors import NotAllowedError, WebinarNotFoundError
from domain.registrants import Form, Registrant, Tally
from storage import (
    Audit,
    Cluster,
    Database,
    HostState,
    Partnership,
    Person,
    RegistrationStatus,
    Session,
    Webinar,
    WebinarHost,
    WebinarStatus,
)
from tests.factories import (
    NOW,
    START,
    add_consortium,
    add_people,
    add_registration,
    add_role,
    add_webinar,
    row,
    rows,
)

MARTA, OTHER, ADMIN, ANA, BEN, CHIARA, DORA, EMIL = range(1, 9)
CODE = "pack"
SEATED, WAITING, LEFT = RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED, RegistrationStatus.CANCELLED


def prepare(session: Session) -> None:
    add_consortium(session)
    session.add(Cluster(id="tweed", name="Tweed", country="BE", partnership_id="alpha"))
    session.add(Cluster(id="polo", name="Polo", country="IT", partnership_id="beta"))
    session.flush()
    add_people(session, 8)
    add_role(session, MARTA, "alpha")
    add_role(session, OTHER, "beta")
    add_role(session, ADMIN)
    for person_id, company, country, cluster in (
        (ANA, "Ana & Sons", "BE", "tweed"),
        (BEN, "", "BE", None),
        (CHIARA, "Polo SpA", "IT", "polo"),
    ):
        person = row(session, Person, person_id)
        person.company, person.country, person.cluster_id = company, country, cluster
    webinar_id = add_webinar(session, code=CODE, hosts=["alpha"], topics=["china", "food"])
    for person_id, status in ((BEN, SEATED), (ANA, SEATED), (CHIARA, WAITING), (EMIL, WAITING), (DORA, LEFT)):
        add_registration(session, webinar_id, person_id, status)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


def registrant(person_id: int, status: RegistrationStatus = SEATED, **said: Any) -> Registrant:
    values: dict[str, Any] = {"place": None, "company": "", "country": "", "cluster": "", "partnership": ""}
    return Registrant(name=f"Person {person_id}", status=status, **values | said)


EVERYBODY = (
    registrant(ANA, company="Ana & Sons", country="BE", cluster="Tweed", partnership="Alpha"),
    registrant(BEN, country="BE"),
    registrant(CHIARA, WAITING, place=1, company="Polo SpA", country="IT", cluster="Polo", partnership="Beta"),
    registrant(EMIL, WAITING, place=2),
)


async def test_those_with_a_seat_come_first_then_those_who_wait_in_their_order(house: Database) -> None:
    found = await house.write(registrants.page, CODE, MARTA, 1, now=NOW)

    assert found.people == EVERYBODY
    assert (found.number, found.pages, found.forgotten) == (1, 1, 0)
    assert (found.card.registered, found.card.waiting) == (2, 2)


async def test_who_came_is_said_as_soon_as_anybody_was_seen(house: Database) -> None:
    before = await house.write(registrants.page, CODE, MARTA, 1, now=START)
    await house.write(doors.enter, ANA, 1, now=START)

    found = await house.write(registrants.export, CODE, MARTA, Form.CSV, now=START)
    assert (before.came, found.came) == (None, 1)
    assert [(each.name, each.came) for each in found.people] == [
        (f"Person {ANA}", True),
        *((f"Person {each}", False) for each in (BEN, CHIARA, EMIL)),
    ]


async def test_where_they_come_from_is_counted(house: Database) -> None:
    tallies = (await house.write(registrants.page, CODE, MARTA, 1, now=NOW)).tallies

    assert tallies.partnerships == (Tally("Alpha", 1, 0), Tally("Beta", 0, 1), Tally("", 1, 1))
    assert tallies.clusters == (Tally("Polo", 0, 1), Tally("Tweed", 1, 0), Tally("", 1, 1))
    assert tallies.countries == (Tally("BE", 2, 0), Tally("IT", 0, 1), Tally("", 0, 1))
    assert tallies.markets == (Tally("China", 2, 2),)


async def test_who_was_erased_is_counted_and_not_named(house: Database) -> None:
    """Before the webinar their seat passes on; after it, that somebody was there stays."""
    after = START + timedelta(days=1)
    await house.write(privacy.erase, ANA, now=after)

    found = await house.write(registrants.page, CODE, MARTA, 1, now=after)

    assert found.people == EVERYBODY[1:]
    assert (found.forgotten, found.card.registered) == (1, 2)
    assert found.tallies.partnerships == (Tally("Beta", 0, 1), Tally("", 2, 1))
    assert (await house.write(registrants.export, CODE, MARTA, Form.CSV, now=after)).people == EVERYBODY[1:]


async def test_pages(house: Database) -> None:
    await house.write(crowd, 25)

    first, last, beyond, zero = [
        await house.write(registrants.page, "crowd", MARTA, number, now=NOW) for number in (1, 3, 999, 0)
    ]

    assert [person.name for person in first.people] == [f"Person {number}" for number in range(100, 110)]
    assert [(person.name, person.place) for person in last.people[-2:]] == [("Person 123", 4), ("Person 124", 5)]
    assert (first.number, last.number, first.pages) == (1, 3, 3)
    assert (beyond, zero) == (last, first)


def crowd(session: Session, number: int) -> None:
    """So many, of whom the last five wait."""
    webinar_id = add_webinar(session, code="crowd", hosts=["alpha"])
    for index in range(number):
        person = Person(telegram_id=100 + index, name=f"Person {100 + index}", created_at=NOW, seen_at=NOW)
        session.add(person)
        session.flush()
        add_registration(session, webinar_id, person.id, SEATED if index < number - 5 else WAITING)


@pytest.mark.parametrize("form", Form)
async def test_taking_it_away_is_written_down(house: Database, form: Form) -> None:
    found = await house.write(registrants.export, CODE, MARTA, form, now=NOW)

    assert found.people == EVERYBODY
    (line,) = await house.read(rows, Audit)
    assert (line.person_id, line.action, line.subject, line.at) == (MARTA, "exported", "Smart packaging", NOW)
    assert line.after == {"form": form.value, "people": 4}


USES: dict[str, Callable[..., Any]] = {
    "page": lambda house, code, who: house.write(registrants.page, code, who, 1, now=NOW),
    "export": lambda house, code, who: house.write(registrants.export, code, who, Form.XLSX, now=NOW),
}


@pytest.mark.parametrize("use", USES)
async def test_only_those_of_its_hosts_may(house: Database, use: str) -> None:
    for stranger in (OTHER, ANA):
        with pytest.raises(NotAllowedError):
            await USES[use](house, CODE, stranger)
    with pytest.raises(WebinarNotFoundError):
        await USES[use](house, "nothere", MARTA)
    assert await house.read(rows, Audit) == []

    assert (await USES[use](house, CODE, ADMIN)).people == EVERYBODY


@pytest.mark.parametrize(
    ("state", "sees"), [(HostState.INVITED, False), (HostState.DECLINED, False), (HostState.ACCEPTED, True)]
)
async def test_a_host_sees_them_only_once_it_has_accepted(house: Database, state: HostState, *, sees: bool) -> None:
    await house.write(invite, state)

    if sees:
        assert (await house.write(registrants.page, CODE, OTHER, 1, now=NOW)).people == EVERYBODY
    else:
        with pytest.raises(NotAllowedError):
            await house.write(registrants.page, CODE, OTHER, 1, now=NOW)


def invite(session: Session, state: HostState) -> None:
    session.add(WebinarHost(webinar_id=1, partnership_id="beta", state=state, position=1))


def more(session: Session) -> None:
    """One of Alpha's that is past, one that is cancelled, and one of Beta's."""
    session.connection().exec_driver_sql("INSERT INTO topic VALUES ('usa', 'USA', 'market', 2, true)")
    past = add_webinar(
        session, code="past", hosts=["alpha"], topics=["china", "usa"], starts_at=NOW - timedelta(days=9)
    )
    off = add_webinar(session, code="off", hosts=["alpha"], topics=["china"], status=WebinarStatus.CANCELLED)
    beta = add_webinar(session, code="beta", hosts=["beta"])
    for webinar_id in (past, off, beta):
        add_registration(session, webinar_id, ANA)


async def test_past_webinars_of_a_year_latest_first(house: Database) -> None:
    await house.write(more)
    await house.write(older)

    assert await past(house, MARTA) == ["off", "past"]
    assert await past(house, OTHER) == []
    assert await past(house, ADMIN) == ["off", "past"]
    with pytest.raises(NotAllowedError):
        await past(house, ANA)


async def past(house: Database, person_id: int) -> list[str]:
    return [card.code for card in (await house.read(registrants.past, person_id, 1, now=NOW)).cards]


def older(session: Session) -> None:
    """One is over since yesterday, one for too long."""
    for webinar in rows(session, Webinar):
        if webinar.code == "off":
            webinar.starts_at, webinar.ends_at = NOW - timedelta(days=1), NOW - timedelta(hours=23)
    add_webinar(session, code="old", hosts=["alpha"], starts_at=NOW - timedelta(days=366))


async def test_partnership_that_has_left_still_has_its_name_in_counts(house: Database) -> None:
    await house.write(leave)

    assert (await house.write(registrants.page, CODE, MARTA, 1, now=NOW)).people == EVERYBODY


def leave(session: Session) -> None:
    session.get_one(Partnership, "beta").active = False
    session.get_one(Cluster, "polo").active = False
