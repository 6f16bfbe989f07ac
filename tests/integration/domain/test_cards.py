"""What one person sees of one webinar, and the lists of them."""

from datetime import datetime, timedelta

import pytest

from domain import cards, listing, registration
from domain.cards import AgendaLine, Card
from domain.errors import WebinarNotFoundError
from storage import AgendaItem, Database, RegistrationStatus, Session, WebinarStatus
from tests.factories import NOW, START, add_consortium, add_people, add_registration, add_webinar, set_reachable

SEATED, WAITING, LEFT = RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED, RegistrationStatus.CANCELLED
ANA, BEN, CEM, DEA = 1, 2, 3, 4
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LINK = "https://meet.example.org/secret"


def prepare(session: Session) -> None:
    """Ana has the only seat, Ben and Cem wait, Dea has left."""
    add_consortium(session)
    add_people(session, 4)
    webinar_id = add_webinar(session, capacity=1, hosts=["beta", "alpha"], topics=["food", "china"])
    session.add(AgendaItem(webinar_id=webinar_id, position=1, title="Questions"))
    session.add(AgendaItem(webinar_id=webinar_id, position=0, title="Welcome", speaker="Ana", minutes=5))
    for person_id, status in ((ANA, SEATED), (BEN, WAITING), (CEM, WAITING), (DEA, LEFT)):
        add_registration(session, webinar_id, person_id, status)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def look(house: Database, person_id: int | None, now: datetime = NOW) -> Card:
    return await house.read(listing.look, "w", person_id, now=now)


@pytest.mark.parametrize(
    ("person_id", "status", "position"),
    [(None, None, None), (ANA, SEATED, None), (BEN, WAITING, 1), (CEM, WAITING, 2), (DEA, LEFT, None)],
)
async def test_each_sees_their_own_place(
    house: Database, person_id: int | None, status: RegistrationStatus | None, position: int | None
) -> None:
    card = await look(house, person_id)

    assert (card.my_status, card.my_position) == (status, position)
    assert (card.registered, card.waiting, card.seats_left) == (1, 2, 0)


async def test_hosts_topics_and_agenda_are_in_order(house: Database) -> None:
    card = await look(house, None)

    assert (card.hosts, card.host_ids) == (("Beta", "Alpha"), ("beta", "alpha"))
    assert (card.topics, card.topic_ids) == (("China", "Food"), ("china", "food"))
    assert card.agenda == (AgendaLine("Welcome", "Ana", 5), AgendaLine("Questions", "", None))


@pytest.mark.parametrize(
    ("now", "is_open", "has_ended", "link"),
    [
        pytest.param(NOW, True, False, None, id="days before"),
        pytest.param(START - cards.JOINABLE_BEFORE - MINUTE, True, False, None, id="too early to join"),
        pytest.param(START - cards.JOINABLE_BEFORE, True, False, LINK, id="the door opens"),
        pytest.param(START, False, False, LINK, id="it begins"),
        pytest.param(START + HOUR - MINUTE, False, False, LINK, id="nearly over"),
        pytest.param(START + HOUR, False, True, None, id="over"),
    ],
)
async def test_the_way_in_is_there_when_it_can_be_used(
    house: Database,
    now: datetime,
    *,
    is_open: bool,
    has_ended: bool,
    link: str | None,
) -> None:
    card = await look(house, ANA, now)

    assert (card.open, card.ended, card.join_url) == (is_open, has_ended, link)
    assert [(await look(house, other, now)).join_url for other in (None, BEN, DEA)] == [None] * 3


async def test_a_cancelled_webinar_has_no_way_in(house: Database) -> None:
    webinar_id = await house.write(add_webinar, code="x", status=WebinarStatus.CANCELLED)
    await house.write(add_registration, webinar_id, ANA)

    card = await house.read(listing.look, "x", ANA, now=START)

    assert (card.open, card.join_url) == (False, None)


@pytest.mark.parametrize(("capacity", "registered", "seats_left"), [(None, 4, None), (10, 4, 6), (4, 4, 0), (3, 4, 0)])
async def test_seats_left(house: Database, capacity: int | None, registered: int, seats_left: int | None) -> None:
    webinar_id = await house.write(add_webinar, code="x", capacity=capacity)
    for person_id in range(1, registered + 1):
        await house.write(add_registration, webinar_id, person_id)

    assert (await house.read(listing.look, "x", None, now=NOW)).seats_left == seats_left


async def test_who_cannot_be_told_of_a_seat_stands_before_nobody(house: Database) -> None:
    """Nor are they counted: a seat that nobody in line can take is free for whoever comes."""
    webinar_id = await house.write(add_webinar, code="x", capacity=1)
    await house.write(add_registration, webinar_id, 1)
    for person_id in (2, 3, 4):
        await house.write(add_registration, webinar_id, person_id, RegistrationStatus.WAITLISTED)
    await house.write(set_reachable, 2, reachable=False)

    shown = [await house.read(listing.look, "x", person_id, now=NOW) for person_id in (2, 3, 4)]
    assert [(card.my_position, card.waiting) for card in shown] == [(1, 2), (1, 2), (2, 2)]

    for person_id in (3, 4):
        await house.write(set_reachable, person_id, reachable=False)
    await house.write(registration.leave, "x", 1, now=NOW)

    free = await house.read(listing.look, "x", 1, now=NOW)
    assert (free.seats_left, free.waiting) == (1, 0)
    assert (await house.write(registration.register, "x", 1, now=NOW)).my_status is RegistrationStatus.REGISTERED


async def test_an_unknown_code_is_no_webinar(house: Database) -> None:
    with pytest.raises(WebinarNotFoundError, match="made-up"):
        await house.read(listing.look, "made-up", ANA, now=NOW)


async def test_mine_are_those_i_have_a_place_in_soonest_first_until_they_end(house: Database) -> None:
    def add(session: Session) -> None:
        for code, start, status, webinar_status in (
            ("later", START + DAY, WAITING, WebinarStatus.PUBLISHED),
            ("cancelled", START - HOUR, SEATED, WebinarStatus.CANCELLED),
            ("left", START, LEFT, WebinarStatus.PUBLISHED),
            ("over", NOW - HOUR, SEATED, WebinarStatus.PUBLISHED),
            ("running", NOW - 59 * MINUTE, SEATED, WebinarStatus.PUBLISHED),
        ):
            add_registration(
                session, add_webinar(session, code=code, starts_at=start, status=webinar_status), ANA, status
            )

    await house.write(add)

    page = await house.read(listing.mine, ANA, 1, now=NOW)

    assert [card.code for card in page.cards] == ["running", "cancelled", "w", "later"]


@pytest.mark.parametrize(
    ("asked", "number", "codes"),
    [(1, 1, "abcde"), (2, 2, "fg"), (3, 2, "fg"), (0, 1, "abcde"), (-1, 1, "abcde"), (10**12, 2, "fg")],
)
async def test_a_page_number_out_of_bounds_shows_the_nearest(
    house: Database, asked: int, number: int, codes: str
) -> None:
    def add(session: Session) -> None:
        for place, code in enumerate("abcdefg"):
            add_registration(session, add_webinar(session, code=code, starts_at=START + place * HOUR), DEA)

    await house.write(add)

    page = await house.read(listing.mine, DEA, asked, now=NOW)

    assert (page.number, page.pages, page.total) == (number, 2, 7)
    assert "".join(card.code for card in page.cards) == codes


async def test_an_empty_list_is_one_page(house: Database) -> None:
    assert await house.read(listing.mine, DEA, 1, now=NOW) == listing.Page((), 1, 1, 0)


async def test_the_welcome_names_us_and_what_comes_next(house: Database) -> None:
    welcome = await house.read(listing.welcome, DEA, now=NOW)

    assert (welcome.partnerships, welcome.markets) == (("Alpha", "Beta"), ("China",))
    assert welcome.upcoming == await look(house, DEA)
