"""New webinars told of: once, to whom they concern, several together, and never at night."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from domain import following, people, registration
from domain.content import Announcement
from storage import Database, DeliveryState, Person, RegistrationStatus, Session, follows
from tests.announcing import (
    ADMIN,
    ANA,
    BEN,
    CEM,
    DEA,
    EVA,
    announcements,
    cancel,
    carry,
    expand,
    move,
    news,
    prepare,
    publish,
    restore,
    states,
    unfollow_all,
)
from tests.factories import NOW, SETTLE, START, add_registration, rows, set_reachable

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
DUE = NOW + 10 * MINUTE
TONIGHT, MORNING = NOW + 13 * HOUR, NOW + 21 * HOUR
"""23:00 and 7:00 in Brussels, amid and at the end of the quiet hours."""


@pytest.fixture
async def house(database: Database) -> Database:
    """Ana, Ben and Cem follow alpha, food and both."""

    def follow(session: Session) -> None:
        prepare(session)
        for person_id in (ANA, CEM):
            follows.add(session, person_id, partnership_id="alpha", now=NOW)
        for person_id in (BEN, CEM):
            follows.add(session, person_id, topic_id="food", now=NOW)

    await database.write(follow)
    return database


Happening = Callable[[datetime], Awaitable[object]]


async def play(
    house: Database, happenings: dict[int, Happening], minutes: int = 40
) -> list[tuple[int, int, tuple[str, ...]]]:
    """What is announced minute by minute, while things happen: when, to whom, what."""
    left = []
    for minute in range(minutes + 1):
        now = NOW + minute * MINUTE
        if minute in happenings:
            await happenings[minute](now)
        left += [(minute, *message) for message in await news(house, now)]
    return left


def publishing(house: Database, title: str, **options: Any) -> Happening:
    async def happen(now: datetime) -> None:
        await house.write(publish, title, now=now, **options)

    return happen


async def test_a_new_webinar_is_announced_once_after_ten_minutes_to_each_who_follows_something_of_it(
    house: Database,
) -> None:
    happenings = {0: publishing(house, "Cold chain", topics=["food"])}

    assert await play(house, happenings) == [
        (10, ANA, ("Cold chain",)),
        (10, BEN, ("Cold chain",)),
        (10, CEM, ("Cold chain",)),
    ]


def set_news(session: Session, person_id: int) -> None:
    following.toggle_announcements(session, person_id)


@pytest.mark.parametrize(
    "status", [RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED], ids=["registered", "waiting"]
)
async def test_whom_it_does_not_concern_is_not_told(house: Database, status: RegistrationStatus) -> None:
    """Ana follows others only, Ben has a place in it, Cem wants no news, Dea is out of reach, Eva follows nothing."""

    def stand_aside(session: Session) -> None:
        unfollow_all(session, ANA)
        follows.add(session, ANA, partnership_id="beta", now=NOW)
        follows.add(session, ANA, topic_id="china", now=NOW)
        publish(session, "Cold chain", topics=["food"])
        add_registration(session, 1, BEN, status)
        set_news(session, CEM)
        follows.add(session, DEA, partnership_id="alpha", now=NOW)
        set_reachable(session, DEA, reachable=False)

    await house.write(stand_aside)

    assert await news(house, DUE) == []
    assert await announcements(house) == []


async def test_it_names_what_the_person_follows_and_what_they_can_do(house: Database) -> None:
    await house.write(publish, "Cold chain", hosts=["beta", "alpha"], topics=["food", "china"])
    await expand(house, DUE)

    contents = {outgoing.chat_id: outgoing.content for outgoing, _ in await carry(house, DUE)}

    because = {}
    for chat_id, content in contents.items():
        assert isinstance(content, Announcement)
        because[chat_id] = content.because
        assert [(card.open, card.my_status, card.join_url) for card in content.cards] == [(True, None, None)]
    assert because == {ANA: ("Alpha",), BEN: ("Food",), CEM: ("Food", "Alpha")}


@pytest.mark.parametrize(
    ("starts_in", "told_after"),
    [
        pytest.param(2 * DAY, 10, id="in days: time for second thoughts"),
        pytest.param(20 * MINUTE, 10, id="in twenty minutes"),
        pytest.param(12 * MINUTE, 6, id="in twelve minutes: half of it"),
        pytest.param(2 * MINUTE, 1, id="in two minutes"),
    ],
)
async def test_what_starts_soon_is_announced_sooner(house: Database, starts_in: timedelta, told_after: int) -> None:
    happenings = {0: publishing(house, "Cold chain", starts_at=NOW + starts_in)}

    assert [minute for minute, _, _ in await play(house, happenings, 12)] == [told_after, told_after]


@pytest.mark.parametrize(
    ("apart", "messages"),
    [
        pytest.param(0, [(10, ("One", "Two"))], id="at once"),
        pytest.param(4, [(10, ("One", "Two"))], id="minutes apart"),
        pytest.param(10, [(10, ("One", "Two"))], id="ten minutes apart"),
        pytest.param(11, [(10, ("One",)), (21, ("Two",))], id="more than ten"),
    ],
)
async def test_several_within_ten_minutes_are_one_message(
    house: Database, apart: int, messages: list[tuple[int, tuple[str, ...]]]
) -> None:
    async def publish_both(now: datetime) -> None:
        await publishing(house, "One")(now)
        await publishing(house, "Two", starts_at=START + DAY)(now)

    one, two = publishing(house, "One"), publishing(house, "Two", starts_at=START + DAY)
    happenings: dict[int, Happening] = {0: one, apart: two} if apart else {0: publish_both}

    assert [(minute, titles) for minute, chat_id, titles in await play(house, happenings) if chat_id == ANA] == messages


async def test_each_is_told_only_of_what_they_follow_soonest_first(house: Database) -> None:
    happenings = {
        0: publishing(house, "Alpha's", starts_at=START + 2 * DAY),
        3: publishing(house, "Food", hosts=["beta"], topics=["food"], starts_at=START + DAY),
        6: publishing(house, "Beta's", hosts=["beta"], starts_at=START),
    }

    left = await play(house, happenings)

    assert sorted((chat_id, titles) for _, chat_id, titles in left) == [
        (ANA, ("Alpha's",)),
        (BEN, ("Food",)),
        (CEM, ("Food", "Alpha's")),
    ]


async def test_seven_at_once_are_one_message_of_seven(house: Database) -> None:
    titles = tuple(f"Number {number}" for number in range(7))
    for number, title in enumerate(titles):
        await house.write(publish, title, starts_at=START + number * HOUR)

    assert await news(house, DUE) == [(ANA, titles), (CEM, titles)]


async def test_clocks_that_tick_at_once_plan_each_message_once(house: Database, database_url: str) -> None:
    for number in range(4):
        await house.write(publish, f"Number {number}")
    other = Database(database_url)
    try:
        await asyncio.gather(*(expand(process, DUE) for process in (house, other, house, other)))
    finally:
        await other.close()

    planned = [(each.webinar_id, each.person_id) for each in await announcements(house)]
    assert sorted(planned, key=str) == [(webinar, person) for webinar in range(1, 5) for person in (ANA, CEM)]


async def register(house: Database, code: str) -> None:
    await house.write(registration.register, code, ANA, now=DUE)


async def switch_off(house: Database, _: str) -> None:
    await house.write(set_news, ANA)


async def unfollow(house: Database, _: str) -> None:
    await house.write(following.toggle_partnership, ANA, "alpha", now=DUE)


async def block(house: Database, _: str) -> None:
    await house.write(people.depart, ANA, now=DUE)


async def call_off(house: Database, code: str) -> None:
    await cancel(house, code, now=DUE - MINUTE)
    await expand(house, DUE + MINUTE)


async def bring_forward(house: Database, code: str) -> None:
    await move(house, code, DUE + MINUTE, now=DUE - MINUTE)
    await expand(house, DUE)


@pytest.mark.parametrize("happening", [register, switch_off, unfollow, block, call_off, bring_forward])
async def test_what_became_pointless_since_it_was_planned_is_not_announced(
    house: Database, happening: Callable[[Database, str], Awaitable[None]]
) -> None:
    code = await house.write(publish, "Cold chain")
    await house.write(unfollow_all, CEM)
    await expand(house, DUE)

    await happening(house, code)

    assert await news(house, DUE + 2 * MINUTE) == []
    assert await states(house) in ([DeliveryState.EXPIRED], [DeliveryState.UNREACHABLE])


async def test_who_still_follows_something_else_of_it_is_told_for_that(house: Database) -> None:
    await house.write(publish, "Cold chain", topics=["food"])
    await expand(house, DUE)

    await house.write(following.toggle_partnership, CEM, "alpha", now=DUE)

    assert (CEM, ("Cold chain",)) in await news(house, DUE)


async def test_a_cancellation_taken_back_costs_no_announcement(house: Database) -> None:
    code = await house.write(publish, "Cold chain")
    await cancel(house, code, now=DUE - MINUTE)
    assert await news(house, DUE) == []

    await restore(house, code, now=DUE + MINUTE)

    assert await news(house, DUE + 2 * SETTLE) == [(ANA, ("Cold chain",)), (CEM, ("Cold chain",))]


async def test_a_webinar_over_before_its_announcement_was_planned_is_not_announced(house: Database) -> None:
    await house.write(publish, "Cold chain", starts_at=NOW + 30 * MINUTE)

    assert await news(house, NOW + 2 * HOUR) == []
    assert await announcements(house) == []


async def test_nothing_is_announced_after_the_start_however_late_the_clock_is(house: Database) -> None:
    await house.write(publish, "Cold chain", starts_at=NOW + 30 * MINUTE)

    assert await news(house, NOW + 30 * MINUTE) == []
    assert set(await states(house)) == {DeliveryState.EXPIRED}


async def test_a_night_s_news_are_one_message_in_the_morning(house: Database) -> None:
    for number in range(3):
        await house.write(publish, f"Number {number}", starts_at=START + number * HOUR, now=TONIGHT + number * HOUR)
    ticks = [await news(house, TONIGHT + number * HOUR / 2) for number in range(1, 16)]

    assert ticks == [[]] * 15
    assert await news(house, MORNING - SECOND) == []
    all_three = ("Number 0", "Number 1", "Number 2")
    assert await news(house, MORNING) == [(ANA, all_three), (CEM, all_three)]


async def test_what_is_published_near_their_end_comes_with_the_night_s_news(house: Database) -> None:
    await house.write(publish, "At night", now=TONIGHT)
    await news(house, TONIGHT + 10 * MINUTE)
    await house.write(publish, "At dawn", starts_at=START + HOUR, now=MORNING - 15 * MINUTE)
    await news(house, MORNING - 5 * MINUTE)

    assert (ANA, ("At night", "At dawn")) in await news(house, MORNING)


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        pytest.param({}, MORNING, id="the usual"),
        pytest.param({"timezone": "Asia/Shanghai"}, TONIGHT + HOUR, id="in Shanghai it is morning by then"),
        pytest.param({"quiet_from": time(0), "quiet_until": time(0)}, TONIGHT + 10 * MINUTE, id="none"),
        pytest.param({"quiet_until": time(6)}, MORNING - HOUR, id="an early riser"),
        pytest.param({"quiet_from": time(23, 30)}, TONIGHT + 10 * MINUTE, id="not so early to bed"),
    ],
)
async def test_each_has_quiet_hours_of_their_own(house: Database, own: dict[str, object], expected: datetime) -> None:
    def choose(session: Session) -> None:
        for name, value in own.items():
            setattr(session.get_one(Person, ANA), name, value)

    await house.write(choose)
    await house.write(publish, "At night", now=TONIGHT)

    moments = [TONIGHT + number * 10 * MINUTE for number in range(50)]
    assert [now for now in moments if (ANA, ("At night",)) in await news(house, now)] == [expected]


async def test_what_starts_before_their_end_is_not_announced_at_all(house: Database) -> None:
    await house.write(publish, "At dawn", starts_at=MORNING - HOUR, now=TONIGHT)

    assert await news(house, TONIGHT + 10 * MINUTE) == []
    assert await news(house, MORNING) == []
    assert await states(house) == [DeliveryState.EXPIRED] * 2


async def test_what_was_moved_at_night_is_announced_with_its_new_time(house: Database) -> None:
    code = await house.write(publish, "At night", now=TONIGHT)
    await news(house, TONIGHT + 10 * MINUTE)
    await move(house, code, START + DAY, now=TONIGHT + HOUR)
    await expand(house, TONIGHT + 2 * HOUR)

    contents = [outgoing.content for outgoing, _ in await carry(house, MORNING)]

    announced = [content.cards for content in contents if isinstance(content, Announcement)]
    assert [[card.starts_at for card in cards] for cards in announced] == [[START + DAY], [START + DAY]]


async def test_whoever_begins_to_follow_afterwards_is_not_told_of_the_past(house: Database) -> None:
    await house.write(publish, "Cold chain")
    await news(house, DUE)

    await house.write(following.toggle_partnership, EVA, "alpha", now=DUE + SECOND)

    assert await news(house, DUE + HOUR) == []
    assert {each.id for each in await house.read(rows, Person)} >= {ADMIN, EVA}
