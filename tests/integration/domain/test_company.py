"""Where a person comes from: asked once, never insisted on, and nothing that is not there."""

import asyncio

import pytest

from domain import answers, company
from domain.choices import Choice
from domain.company import Company
from domain.countries import CountryError
from domain.reading.draft_values import FieldError, FieldFault
from storage import Cluster, Database, Person, Session
from tests.factories import NOW, add_consortium, add_people, row
from tests.outbox import USUAL

ANA, BEN = 1, 2


def prepare(session: Session) -> None:
    """Two people; clusters in Belgium and France, and one in Spain that has left."""
    add_consortium(session)
    for cluster_id, country, active in (
        ("pack", "BE", True),
        ("agri", "BE", True),
        ("wine", "FR", True),
        ("olive", "ES", False),
    ):
        cluster = Cluster(
            id=cluster_id,
            name=cluster_id.title(),
            country=country,
            partnership_id="alpha",
            active=active,
        )
        session.add(cluster)
    session.flush()
    add_people(session, 2)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


def seen(name: str = "", country: str = "", cluster: str | None = None, clusters: tuple[Choice, ...] = ()) -> Company:
    return Company(name, country, cluster, ("BE", "FR"), clusters)


def belgian(chosen: str | None = None) -> tuple[Choice, ...]:
    return tuple(Choice(name.lower(), name, name.lower() == chosen) for name in ("Agri", "Pack"))


async def show(house: Database) -> Company:
    return await house.read(company.show, ANA)


async def country(house: Database, code: str) -> Company:
    return await house.write(company.choose_country, ANA, code)


async def cluster(house: Database, cluster_id: str) -> Company:
    return await house.write(company.choose_cluster, ANA, cluster_id)


async def state(house: Database, person_id: int = ANA) -> tuple[object, ...]:
    found = await house.read(row, Person, person_id)
    return found.company, found.country, found.cluster_id, found.asking, found.company_asked_at


async def test_at_first_nothing_is_known_and_nothing_asked(house: Database) -> None:
    assert await show(house) == seen()
    assert await state(house) == ("", "", None, None, None)


async def test_it_is_asked_once(house: Database) -> None:
    asked = [await house.write(company.ask_once, ANA, now=NOW) for _ in range(3)]

    assert asked == [True, False, False]
    assert await state(house) == ("", "", None, None, NOW)  # what they type next still means what it says
    assert await house.write(company.ask_once, BEN, now=NOW)


async def test_two_registrations_at_once_ask_once(house: Database, database_url: str) -> None:
    other = Database(database_url)
    try:
        asked = await asyncio.gather(
            *(process.write(company.ask_once, ANA, now=NOW) for process in (house, other, house, other))
        )
    finally:
        await other.close()

    assert sorted(asked) == [False, False, False, True]


@pytest.mark.parametrize("way", [company.skip, company.forget])
async def test_whoever_skips_it_is_not_asked_again(house: Database, way: object) -> None:
    assert callable(way)
    await house.write(company.ask_once, ANA, now=NOW)
    await house.write(company.ask, ANA, now=NOW)

    await house.write(way, ANA)

    assert await state(house) == ("", "", None, None, NOW)
    assert not await house.write(company.ask_once, ANA, now=NOW)


async def test_whoever_said_it_by_themselves_is_not_asked(house: Database) -> None:
    await house.write(company.name, ANA, "Acme")

    assert not await house.write(company.ask_once, ANA, now=NOW)
    assert await state(house) == ("Acme", "", None, None, None)


async def test_country_without_clusters_is_named(house: Database) -> None:
    await house.write(company.name, ANA, "Acme")
    await house.write(company.ask_country, ANA, now=NOW)
    with pytest.raises(CountryError):
        await house.write(answers.take, ANA, "Atlantis", USUAL, now=NOW)

    said = await house.write(answers.take, ANA, "polska", USUAL, now=NOW)

    assert isinstance(said, Company)
    assert (said.country, "PL" in said.countries, said.clusters) == ("PL", True, ())
    assert await state(house) == ("Acme", "PL", None, None, None)
    assert "PL" not in (await house.write(company.choose_country, ANA, "PL")).countries


async def test_it_can_be_said_again(house: Database) -> None:
    await house.write(company.name, ANA, "Acme")
    await house.write(company.ask, ANA, now=NOW)

    assert await house.write(answers.take, ANA, "Acme & Sons", USUAL, now=NOW) == seen("Acme & Sons")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Acme", "Acme"),
        ("  Acme \n GmbH  ", "Acme GmbH"),
        ("x" * 80, "x" * 80),
        ("\u202eemcA", "emcA"),
        ("Ac\0me", "Acme"),
        ("北京公司", "北京公司"),
        ("شركة", "شركة"),
        ("🏭", "🏭"),
        ("<b>&amp;", "<b>&amp;"),
    ],
)
async def test_any_name_that_can_be_seen_is_taken(house: Database, text: str, name: str) -> None:
    assert await house.write(company.name, ANA, text) == seen(name)
    assert await show(house) == seen(name)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", FieldFault.EMPTY),
        (" \n ", FieldFault.EMPTY),
        ("\u202e\u200f\0", FieldFault.EMPTY),
        ("\u0301", FieldFault.EMPTY),
        ("x" * 81, FieldFault.TOO_LONG),
        ("x" * 10_000, FieldFault.TOO_LONG),
    ],
)
async def test_other_names_are_refused_and_the_one_before_stays(house: Database, text: str, fault: FieldFault) -> None:
    await house.write(company.name, ANA, "Acme")

    with pytest.raises(FieldError) as refused:
        await house.write(company.name, ANA, text)

    assert refused.value.fault is fault
    assert await show(house) == seen("Acme")


async def test_a_country_shows_its_clusters_and_one_of_them_can_be_chosen(house: Database) -> None:
    shown = [await country(house, "BE"), await cluster(house, "pack"), await cluster(house, "agri")]

    assert shown == [
        seen("", "BE", None, belgian()),
        seen("", "BE", "Pack", belgian("pack")),
        seen("", "BE", "Agri", belgian("agri")),
    ]


async def test_a_cluster_is_given_up_like_it_was_chosen(house: Database) -> None:
    await country(house, "BE")
    await cluster(house, "pack")

    assert await cluster(house, "pack") == seen("", "BE", None, belgian())


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param("BE", seen(), id="the country given up"),
        pytest.param("FR", seen("", "FR", None, (Choice("wine", "Wine", chosen=False),)), id="another chosen"),
    ],
)
async def test_with_its_country_a_cluster_goes_too(house: Database, code: str, expected: Company) -> None:
    await country(house, "BE")
    await cluster(house, "pack")

    assert await country(house, code) == expected
    assert (await house.read(row, Person, ANA)).cluster_id is None


@pytest.mark.parametrize("code", ["ES", "XX", "be", "", "BEL", "🇧🇪", "x" * 10_000, "\u202eBE", "'; --"])
async def test_a_country_without_clusters_changes_nothing(house: Database, code: str) -> None:
    await country(house, "BE")
    await cluster(house, "pack")

    assert await country(house, code) == seen("", "BE", "Pack", belgian("pack"))


@pytest.mark.parametrize("cluster_id", ["wine", "olive", "made-up", "", "Pack", "alpha", "x" * 10_000, "\u202epack"])
async def test_a_cluster_that_is_not_of_the_country_changes_nothing(house: Database, cluster_id: str) -> None:
    await country(house, "BE")
    await cluster(house, "pack")

    assert await cluster(house, cluster_id) == seen("", "BE", "Pack", belgian("pack"))


async def test_without_a_country_there_is_no_cluster_to_choose(house: Database) -> None:
    assert await cluster(house, "pack") == seen()


async def test_everything_can_be_forgotten(house: Database) -> None:
    await house.write(company.name, ANA, "Acme")
    await country(house, "BE")
    await cluster(house, "pack")

    assert await house.write(company.forget, ANA) == seen()


async def test_a_cluster_that_has_left_since_is_not_shown(house: Database) -> None:
    def leave(session: Session) -> None:
        session.get_one(Cluster, "pack").active = False

    await country(house, "BE")
    await cluster(house, "pack")
    await house.write(leave)

    assert await show(house) == seen("", "BE", None, (Choice("agri", "Agri", chosen=False),))


async def test_one_person_s_company_is_nobody_else_s(house: Database) -> None:
    await house.write(company.name, BEN, "Acme")
    await house.write(company.choose_country, BEN, "BE")

    assert await show(house) == seen()
