"""What people follow: switches, the offer after the first registration, and what has left the consortium."""

import asyncio

import pytest

from domain import following
from domain.choices import Choice
from domain.errors import WebinarNotFoundError
from domain.following import Follows
from storage import Database, Follow, Partnership, Person, Session, Topic, TopicKind, follows
from tests.factories import NOW, add_consortium, add_people, add_webinar, row, rows

ANA, BEN = 1, 2


def prepare(session: Session) -> None:
    """Two people; a webinar of alpha and of a partnership that has left, on food and on a topic that has left."""
    add_consortium(session)
    session.add(Topic(id="fax", name="Fax", kind=TopicKind.SECTOR, position=2, active=False))
    session.flush()
    add_people(session, 2)
    add_webinar(session, hosts=["alpha", "gone"], topics=["food", "fax"])


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


def switches(*on: str, announcements: bool = True) -> Follows:
    return Follows(
        partnerships=(Choice("alpha", "Alpha", "alpha" in on), Choice("beta", "Beta", "beta" in on)),
        markets=(Choice("china", "China", "china" in on),),
        sectors=(Choice("food", "Food", "food" in on),),
        announcements=announcements,
    )


async def partnership(house: Database, name: str, person_id: int = ANA) -> Follows:
    return await house.write(following.toggle_partnership, person_id, name, now=NOW)


async def topic(house: Database, name: str, person_id: int = ANA) -> Follows:
    return await house.write(following.toggle_topic, person_id, name, now=NOW)


async def show(house: Database, person_id: int = ANA) -> Follows:
    return await house.read(following.show, person_id)


async def test_nobody_follows_anything_unasked(house: Database) -> None:
    assert await show(house) == switches()


async def test_each_tap_is_on_or_off(house: Database) -> None:
    shown = [
        await partnership(house, "alpha"),
        await topic(house, "china"),
        await topic(house, "food"),
        await partnership(house, "beta"),
        await partnership(house, "alpha"),
        await topic(house, "china"),
    ]

    assert shown == [
        switches("alpha"),
        switches("alpha", "china"),
        switches("alpha", "china", "food"),
        switches("alpha", "beta", "china", "food"),
        switches("beta", "china", "food"),
        switches("beta", "food"),
    ]
    assert await show(house) == switches("beta", "food")


async def test_one_person_s_taps_are_nobody_else_s(house: Database) -> None:
    await partnership(house, "alpha", BEN)

    assert await show(house) == switches()


@pytest.mark.parametrize(
    "name", ["gone", "made-up", "", "food", "Alpha", "alpha ", "x" * 10_000, "\u202ealpha", "🎉", "'; --"]
)
async def test_what_is_no_partnership_cannot_be_followed(house: Database, name: str) -> None:
    assert await partnership(house, name) == switches()
    assert await house.read(rows, Follow) == []


@pytest.mark.parametrize("name", ["fax", "made-up", "", "alpha", "Food", "x" * 10_000, "\u202efood", "🎉", "'; --"])
async def test_what_is_no_topic_cannot_be_followed(house: Database, name: str) -> None:
    assert await topic(house, name) == switches()
    assert await house.read(rows, Follow) == []


async def test_what_has_left_since_can_only_be_left(house: Database) -> None:
    def follow(session: Session) -> None:
        follows.add(session, ANA, partnership_id="gone", now=NOW)
        follows.add(session, ANA, topic_id="fax", now=NOW)

    await house.write(follow)

    for _ in range(2):
        await partnership(house, "gone")
        await topic(house, "fax")

    assert await house.read(rows, Follow) == []


async def test_taps_at_once_leave_one_row_or_none(house: Database, database_url: str) -> None:
    other = Database(database_url)
    try:
        await asyncio.gather(*(partnership(process, "alpha") for process in (house, other) * 4))
    finally:
        await other.close()

    found = await house.read(rows, Follow)
    assert [(each.person_id, each.partnership_id) for each in found] in ([], [(ANA, "alpha")])
    assert await show(house) == switches(*(str(each.partnership_id) for each in found))


async def test_news_are_switched_apart_from_what_is_followed(house: Database) -> None:
    await partnership(house, "alpha")

    off = await house.write(following.toggle_announcements, ANA)
    on = await house.write(following.toggle_announcements, ANA)

    assert (off, on) == (switches("alpha", announcements=False), switches("alpha"))


async def like(house: Database) -> Follows:
    return await house.write(following.follow_like, ANA, "w", now=NOW)


@pytest.mark.parametrize(
    ("act", "announcements"),
    [
        pytest.param(lambda house: partnership(house, "beta"), True, id="a partnership followed"),
        pytest.param(lambda house: topic(house, "china"), True, id="a topic followed"),
        pytest.param(like, True, id="the offer taken"),
        pytest.param(lambda house: partnership(house, "alpha"), False, id="a partnership left"),
        pytest.param(lambda house: topic(house, "food"), False, id="a topic left"),
        pytest.param(lambda house: partnership(house, "made-up"), False, id="nothing that is there"),
    ],
)
async def test_whoever_follows_something_new_wants_to_hear_of_it(
    house: Database, act: object, *, announcements: bool
) -> None:
    assert callable(act)
    await partnership(house, "alpha")
    await topic(house, "food")
    await house.write(following.toggle_announcements, ANA)

    assert (await act(house)).announcements is announcements


async def test_the_offer_follows_the_hosts_and_topics_that_are_there_all_at_once(house: Database) -> None:
    assert await like(house) == switches("alpha", "food")
    assert await like(house) == switches("alpha", "food")
    found = {each.partnership_id or each.topic_id for each in await house.read(rows, Follow)}
    assert found == {"alpha", "food"}


async def test_the_offer_leaves_alone_what_was_followed_before(house: Database) -> None:
    await partnership(house, "alpha")
    await topic(house, "china")

    assert await like(house) == switches("alpha", "china", "food")


async def test_the_offer_of_a_webinar_that_is_none_follows_nothing(house: Database) -> None:
    with pytest.raises(WebinarNotFoundError):
        await house.write(following.follow_like, ANA, "made-up", now=NOW)

    assert await house.read(rows, Follow) == []


async def test_it_is_offered_once(house: Database) -> None:
    asked = [await house.write(following.offer_once, ANA, now=NOW) for _ in range(3)]

    assert asked == [True, False, False]
    assert (await house.read(row, Person, ANA)).follow_offered_at == NOW
    assert await house.write(following.offer_once, BEN, now=NOW) is True


async def test_whoever_follows_something_already_needs_no_offer_not_later_either(house: Database) -> None:
    await partnership(house, "alpha")
    before = await house.write(following.offer_once, ANA, now=NOW)
    await partnership(house, "alpha")

    assert (before, await house.write(following.offer_once, ANA, now=NOW)) == (False, False)


async def test_two_registrations_at_once_make_one_offer(house: Database, database_url: str) -> None:
    other = Database(database_url)
    try:
        offers = [process.write(following.offer_once, ANA, now=NOW) for process in (house, other, house, other)]
        asked = await asyncio.gather(*offers)
    finally:
        await other.close()

    assert sorted(asked) == [False, False, False, True]


async def test_a_partnership_that_returns_is_a_switch_again(house: Database) -> None:
    def come_back(session: Session) -> None:
        follows.add(session, ANA, partnership_id="gone", now=NOW)
        session.get_one(Partnership, "gone").active = True

    await house.write(come_back)

    assert [choice for choice in (await show(house)).partnerships if choice.chosen] == [
        Choice("gone", "Gone", chosen=True)
    ]
