"""Cards in other chats: they follow the truth, a few at a time, and no longer than anybody looks."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from domain import changes, hosting, listing, registration, sharing
from domain.sharing import Stale
from storage import Database, RegistrationStatus, Session, SharedCard, Webinar
from tests.factories import (
    NOW,
    SETTLE,
    START,
    add_consortium,
    add_people,
    add_registration,
    add_role,
    add_webinar,
    rows,
    wall,
)

ADMIN, ANA, BEN = 1, 2, 3
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def prepare(session: Session) -> None:
    add_consortium(session)
    add_people(session, 4)
    add_role(session, ADMIN)
    add_webinar(session, hosts=["alpha"], topics=["food"], capacity=2, description="What buyers expect.")


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def share(house: Database, name: str = "card", *, code: str = "w", language: str = "en") -> None:
    await house.write(sharing.remember, name, code, language, now=NOW)


async def stale(house: Database, now: datetime = NOW) -> list[str]:
    return [found.inline_message_id for found in await house.write(sharing.stale, now=now)]


async def refresh(house: Database, now: datetime = NOW) -> list[str]:
    """As the clock does it when all edits arrive."""
    found = await house.write(sharing.stale, now=now)
    for each in found:
        await house.write(sharing.refreshed, each.inline_message_id, each.digest)
    return [each.inline_message_id for each in found]


async def register(house: Database, person_id: int = ANA) -> None:
    await house.write(registration.register, "w", person_id, now=NOW)


async def digest(house: Database, now: datetime = NOW) -> str:
    return sharing.digest(await house.read(listing.look, "w", None, now=now))


Change = Callable[[Session], object]


def edit(**values: object) -> Change:
    def change(session: Session) -> None:
        webinar = session.get_one(Webinar, 1)
        for name, value in values.items():
            setattr(webinar, name, value)

    return change


def seat(person_id: int, status: RegistrationStatus = RegistrationStatus.REGISTERED) -> Change:
    return lambda session: add_registration(session, 1, person_id, status)


def move(session: Session) -> None:
    changes.move(session, "w", ADMIN, wall(2027, 1, 21, 10), "Europe/Brussels", settle=SETTLE, now=NOW)


def add_host(session: Session) -> None:
    hosting.add(session, "w", ADMIN, "beta", settle=SETTLE, now=NOW)


def cancel(session: Session) -> None:
    changes.cancel(session, "w", ADMIN, settle=SETTLE, now=NOW)


@pytest.mark.parametrize(
    ("change", "later"),
    [
        pytest.param(seat(ANA), NOW, id="a seat taken"),
        pytest.param(seat(ANA, RegistrationStatus.WAITLISTED), NOW, id="somebody in line"),
        pytest.param(edit(capacity=3), NOW, id="another number of seats"),
        pytest.param(edit(capacity=None), NOW, id="no limit of seats any more"),
        pytest.param(edit(title="Clever packaging"), NOW, id="another title"),
        pytest.param(edit(description="What buyers expect!"), NOW, id="a sign in the description"),
        pytest.param(edit(language="fr"), NOW, id="another language"),
        pytest.param(move, NOW, id="moved"),
        pytest.param(cancel, NOW, id="cancelled"),
        pytest.param(add_host, NOW, id="a host added"),
        pytest.param(lambda session: None, START, id="it has begun"),
        pytest.param(lambda session: None, START + HOUR, id="it is over"),
    ],
)
async def test_what_a_stranger_can_see_makes_it_another_card(house: Database, change: Change, later: datetime) -> None:
    await share(house)
    before = await digest(house)

    await house.write(change)

    assert await digest(house, later) != before
    assert await refresh(house, later) == ["card"]
    assert await refresh(house, later) == []


def unlimited(session: Session) -> None:
    session.get_one(Webinar, 1).capacity = None


@pytest.mark.parametrize(
    ("first", "change", "later"),
    [
        pytest.param(seat(BEN), lambda session: None, START - SECOND, id="time alone"),
        pytest.param(seat(BEN), edit(join_url="https://meet.example.org/new"), NOW, id="another link"),
        pytest.param(seat(BEN), seat(ANA, RegistrationStatus.CANCELLED), NOW, id="somebody who has left"),
        pytest.param(unlimited, seat(ANA), NOW, id="a seat where there is no limit"),
        pytest.param(cancel, seat(ANA), NOW, id="a seat in what was cancelled"),
    ],
)
async def test_what_nobody_can_see_leaves_it_the_same(
    house: Database, first: Change, change: Change, later: datetime
) -> None:
    await house.write(first)
    await share(house)

    await house.write(change)

    assert await refresh(house, later) == []


async def test_a_card_just_shared_is_true(house: Database) -> None:
    await share(house)

    assert await stale(house) == []


async def test_a_card_nobody_told_us_of_counts_as_out_of_date_once(house: Database) -> None:
    """It was pressed: what it said before, we can't know."""
    await house.write(sharing.come_across, "card", "w", "en", now=NOW)

    assert [await refresh(house), await refresh(house)] == [["card"], []]


async def test_it_gets_the_truth_of_the_moment_in_its_own_language(house: Database) -> None:
    await share(house, language="fr")
    await register(house)
    later = NOW + MINUTE

    card = await house.read(listing.look, "w", None, now=later)
    assert await house.write(sharing.stale, now=later) == [Stale("card", "fr", card, sharing.digest(card))]
    assert (card.registered, card.my_status, card.join_url) == (1, None, None)


@pytest.mark.parametrize("meet", [sharing.remember, sharing.come_across], ids=["shared", "pressed"])
async def test_remembered_twice_it_is_one_card_and_still_out_of_date(
    house: Database, meet: Callable[..., None]
) -> None:
    await share(house, language="fr")
    await register(house)

    await house.write(meet, "card", "w", "en", now=NOW + MINUTE)

    assert [(each.inline_message_id, each.language) for each in await house.read(rows, SharedCard, "created_at")] == [
        ("card", "fr")
    ]
    assert await stale(house, NOW + MINUTE) == ["card"]


@pytest.mark.parametrize("code", ["made-up", "", "W", "w ", "x" * 10_000, "🎉", "'; --"])
@pytest.mark.parametrize("meet", [sharing.remember, sharing.come_across], ids=["shared", "pressed"])
async def test_a_card_of_no_webinar_is_forgotten(house: Database, code: str, meet: Callable[..., None]) -> None:
    await house.write(meet, "card", code, "en", now=NOW)

    assert await house.read(rows, SharedCard, "created_at") == []


async def test_what_changed_while_it_was_being_edited_is_edited_again(house: Database) -> None:
    await share(house)
    await register(house, ANA)
    [first] = await house.write(sharing.stale, now=NOW)
    await register(house, BEN)

    await house.write(sharing.refreshed, "card", first.digest)

    assert await stale(house, NOW + 5 * SECOND) == ["card"]


async def test_a_change_taken_back_in_time_needs_no_edit(house: Database) -> None:
    await share(house)
    await register(house)
    await house.write(registration.leave, "w", ANA, now=NOW)

    assert await stale(house) == []


async def test_an_edit_that_failed_is_tried_again(house: Database) -> None:
    await share(house)
    await register(house)

    assert [await stale(house, NOW + number * 5 * SECOND) for number in range(3)] == [["card"]] * 3


async def test_what_is_lost_is_not_followed_any_more(house: Database) -> None:
    await share(house)
    await share(house, "other")
    await register(house)

    await house.write(sharing.lost, "card")

    assert await stale(house) == ["other"]


@pytest.mark.parametrize("name", ["made-up", "", "x" * 10_000, "🎉"])
async def test_news_of_a_card_we_don_t_know_change_nothing(house: Database, name: str) -> None:
    await share(house)
    before = await house.read(rows, SharedCard, "created_at")

    await house.write(sharing.lost, name)
    await house.write(sharing.refreshed, name, "digest")

    assert await house.read(rows, SharedCard, "created_at") == before


async def add_cards(house: Database, number: int, *, code: str = "w", prefix: str = "card") -> list[str]:
    shown = sharing.digest(await house.read(listing.look, code, None, now=NOW))

    def add(session: Session) -> list[str]:
        webinar_id = next(webinar.id for webinar in rows(session, Webinar) if webinar.code == code)
        names = [f"{prefix}{place:03}" for place in range(number)]
        for place, name in enumerate(names):
            moment = NOW + place * timedelta(milliseconds=1)
            session.add(
                SharedCard(
                    inline_message_id=name,
                    webinar_id=webinar_id,
                    language="en",
                    shown=shown,
                    created_at=moment,
                    checked_at=moment,
                )
            )
        return names

    return await house.write(add)


async def test_at_most_twenty_are_edited_at_once_and_all_in_turn(house: Database) -> None:
    names = await add_cards(house, 45)
    await register(house)

    rounds = [await refresh(house, NOW + number * 5 * SECOND) for number in range(1, 5)]

    assert [len(found) for found in rounds] == [20, 20, 5, 0]
    assert sorted(name for found in rounds for name in found) == names


async def test_those_that_cannot_be_edited_keep_no_others_waiting(house: Database) -> None:
    names = await add_cards(house, 25)
    await register(house)

    tried = [await stale(house, NOW + number * 5 * SECOND) for number in (1, 2)]

    assert sorted({name for found in tried for name in found}) == names


async def test_at_most_two_hundred_are_looked_at_at_once(house: Database) -> None:
    await house.write(add_webinar, code="other", capacity=2)
    await add_cards(house, 200)
    await house.write(sharing.remember, "last", "other", "en", now=NOW + SECOND)
    await house.write(registration.register, "other", ANA, now=NOW + SECOND)

    assert [await stale(house, NOW + number * 5 * SECOND) for number in (1, 2)] == [[], ["last"]]


@pytest.mark.parametrize(
    ("age", "found"),
    [pytest.param(60 * DAY, ["card"], id="sixty days"), pytest.param(60 * DAY + SECOND, [], id="longer")],
)
async def test_a_card_is_followed_for_sixty_days(house: Database, age: timedelta, found: list[str]) -> None:
    await share(house)
    await register(house)

    assert await stale(house, NOW + age) == found


async def test_nothing_about_whoever_shared_it_is_kept(house: Database) -> None:
    await share(house)

    [card] = await house.read(rows, SharedCard, "created_at")

    assert set(SharedCard.model_fields) == {
        "inline_message_id",
        "webinar_id",
        "language",
        "shown",
        "created_at",
        "checked_at",
    }
    assert (card.inline_message_id, card.webinar_id, card.language) == ("card", 1, "en")
