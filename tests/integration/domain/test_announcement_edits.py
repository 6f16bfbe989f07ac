"""Announcements put right where they stand: when a webinar changes, those who did not register are not disturbed."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain import hosting, outbox, people, registration
from domain.content import Announcement, Edited
from domain.outbox import LEASE, Outgoing
from domain.outcomes import Doubtful, NotSent, Outcome, Rejected, Sent
from storage import Database, Delivery, DeliveryKind, RegistrationStatus, Session, WebinarStatus, follows
from tests.announcing import (
    ADMIN,
    ANA,
    BEN,
    CEM,
    DEA,
    announcements,
    cancel,
    carry,
    edited,
    expand,
    move,
    news,
    prepare,
    publish,
    restore,
    told,
    unfollow_all,
)
from tests.factories import NOW, SETTLE, START, add_registration, rows
from tests.outbox import USUAL, WORKER, claim, reap

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
DUE = NOW + 10 * MINUTE
LATER = NOW + HOUR
"""When the webinar is changed; they are told two minutes after."""


def numbered(outgoing: Outgoing) -> Outcome:
    """The message to each person has their own number."""
    return Sent(100 + outgoing.chat_id)


@pytest.fixture
async def house(database: Database) -> Database:
    """Ana, Ben and Cem follow alpha."""

    def follow(session: Session) -> None:
        prepare(session)
        for person_id in (ANA, BEN, CEM):
            follows.add(session, person_id, partnership_id="alpha", now=NOW)

    await database.write(follow)
    return database


@pytest.fixture
async def code(house: Database) -> str:
    """A webinar that was announced to them; then Ben has registered."""
    code = await house.write(publish, "Cold chain")
    assert [chat_id for chat_id, _ in await news(house, DUE, numbered)] == [ANA, BEN, CEM]
    await house.write(registration.register, code, BEN, now=DUE + MINUTE)
    return code


async def move_it(house: Database, code: str, now: datetime) -> None:
    await move(house, code, START + DAY, now=now)


async def call_it_off(house: Database, code: str, now: datetime) -> None:
    await cancel(house, code, now=now)


async def bring_it_back(house: Database, code: str, now: datetime) -> None:
    await cancel(house, code, now=now - 30 * MINUTE)
    await told(house, now - 20 * MINUTE)
    await restore(house, code, now=now)


async def add_a_host(house: Database, code: str, now: datetime) -> None:
    await house.write(hosting.add, code, ADMIN, "beta", settle=SETTLE, now=now)


Happening = Callable[[Database, str, datetime], Awaitable[None]]
PUBLISHED, CANCELLED = WebinarStatus.PUBLISHED, WebinarStatus.CANCELLED
CHANGES = [
    pytest.param(move_it, "Moved", (START + DAY, PUBLISHED, ("Alpha",)), id="moved"),
    pytest.param(call_it_off, "Cancelled", (START, CANCELLED, ("Alpha",)), id="cancelled"),
    pytest.param(bring_it_back, "Restored", (START, PUBLISHED, ("Alpha",)), id="restored"),
    pytest.param(add_a_host, "Hosted", (START, PUBLISHED, ("Alpha", "Beta")), id="a host added"),
]


async def test_for_all_that_changes_together_it_is_edited_once(house: Database, code: str) -> None:
    await move_it(house, code, LATER)
    await add_a_host(house, code, LATER)
    await expand(house, LATER + SETTLE)

    left = sorted(outgoing.chat_id for outgoing, _ in await carry(house, LATER + SETTLE))

    assert left == [ANA, BEN, CEM]


@pytest.mark.parametrize(("happening", "kind", "truth"), CHANGES)
async def test_who_did_not_register_has_the_announcement_edited_once_and_who_did_is_told(
    house: Database, code: str, happening: Happening, kind: str, truth: object
) -> None:
    await happening(house, code, LATER)
    await expand(house, LATER + SETTLE)

    left = {outgoing.chat_id: outgoing.content for outgoing, _ in await carry(house, LATER + SETTLE)}

    assert {chat_id: type(content).__name__ for chat_id, content in left.items()} == {
        ANA: "Edited",
        BEN: kind,
        CEM: "Edited",
    }
    for person_id in (ANA, CEM):
        content = left[person_id]
        assert isinstance(content, Edited)
        assert content.message_id == 100 + person_id
        assert [(card.starts_at, card.status, card.hosts) for card in content.announcement.cards] == [truth]
        assert content.announcement.because == ("Alpha",)
    assert await told(house, LATER + HOUR) == []
    edits = [row for row in await house.read(rows, Delivery) if row.kind is DeliveryKind.ANNOUNCEMENT_EDIT]
    assert {row.person_id for row in edits} == {ANA, CEM}


async def test_an_edit_that_showed_a_change_then_taken_back_is_edited_again(house: Database, code: str) -> None:
    """And nobody else is, of whom nothing has shown it."""
    await move_it(house, code, LATER)
    await expand(house, LATER + SETTLE)
    first = (await house.write(outbox.claim, WORKER, limit=2, now=LATER + SETTLE))[-1]
    shown = await house.write(outbox.begin, first, WORKER, USUAL, now=LATER + SETTLE)
    assert shown
    await house.write(outbox.settle, first, WORKER, numbered(shown), now=LATER + SETTLE)
    await house.write(outbox.give_back, WORKER)

    await cancel(house, code, now=LATER + SETTLE + 2 * MINUTE)
    showing = [outgoing.chat_id for outgoing in await edited(house, LATER + SETTLE + 2 * MINUTE)]
    await restore(house, code, now=LATER + SETTLE + 3 * MINUTE)

    assert showing == [CEM]
    again = await edited(house, LATER + 3 * SETTLE + 2 * MINUTE)
    assert [outgoing.chat_id for outgoing in again] == [CEM]
    assert again[0].content.announcement.cards[0].status is PUBLISHED


@pytest.mark.parametrize(("happening", "kind", "truth"), CHANGES)
async def test_nothing_is_edited_before_it_has_settled(
    house: Database, code: str, happening: Happening, kind: str, truth: object
) -> None:
    await happening(house, code, LATER)

    assert await told(house, LATER + SETTLE - SECOND) == []


async def test_several_changes_at_once_are_one_edit(house: Database, code: str) -> None:
    await move(house, code, START + DAY, now=LATER)
    await move(house, code, START + 2 * DAY, now=LATER + MINUTE)

    assert await told(house, LATER + MINUTE + SETTLE) == [("Edited", ANA), ("Edited", CEM), ("Moved", BEN)]


async def test_each_later_change_is_an_edit_of_the_same_message(house: Database, code: str) -> None:
    seen = []
    for number, happening in enumerate((move_it, call_it_off, bring_it_back)):
        await happening(house, code, LATER + number * HOUR)
        seen += [
            (outgoing.content.message_id, [card.status for card in outgoing.content.announcement.cards])
            for outgoing in await edited(house, LATER + number * HOUR + SETTLE)
            if isinstance(outgoing.content, Edited) and outgoing.chat_id == ANA
        ]

    assert seen == [(100 + ANA, [PUBLISHED]), (100 + ANA, [CANCELLED]), (100 + ANA, [PUBLISHED])]


async def test_a_change_taken_back_edits_nothing(house: Database, code: str) -> None:
    await cancel(house, code, now=LATER)
    await restore(house, code, now=LATER + MINUTE)

    assert await told(house, LATER + HOUR) == []


async def register_late(house: Database, code: str) -> None:
    await house.write(registration.register, code, ANA, now=LATER + SETTLE)


async def block(house: Database, _: str) -> None:
    await house.write(people.depart, ANA, now=LATER + SETTLE)


@pytest.mark.parametrize("happening", [register_late, block])
async def test_who_has_registered_or_gone_by_then_is_left_alone(
    house: Database, code: str, happening: Callable[[Database, str], Awaitable[None]]
) -> None:
    await move(house, code, START + DAY, now=LATER)
    await expand(house, LATER + SETTLE)

    await happening(house, code)

    assert await told(house, LATER + SETTLE) == [("Edited", CEM), ("Moved", BEN)]


async def test_who_has_left_again_has_it_edited_like_the_others(house: Database, code: str) -> None:
    await house.write(registration.leave, code, BEN, now=DUE + 2 * MINUTE)
    await move(house, code, START + DAY, now=LATER)

    assert await told(house, LATER + SETTLE) == [("Edited", ANA), ("Edited", BEN), ("Edited", CEM)]


async def test_who_does_not_follow_it_any_more_is_not_left_with_what_is_wrong(house: Database, code: str) -> None:
    await house.write(unfollow_all, ANA)
    await move(house, code, START + DAY, now=LATER)

    [to_ana, _] = await edited(house, LATER + SETTLE)

    assert to_ana.chat_id == ANA
    assert isinstance(to_ana.content, Edited)
    assert to_ana.content.announcement.because == ()


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Doubtful("timed out"), id="it may not have arrived"),
        pytest.param(Rejected("too long"), id="it was refused"),
        pytest.param(NotSent("no route"), id="it waits to be sent again"),
    ],
)
async def test_what_was_not_surely_sent_is_not_edited(house: Database, answer: Outcome) -> None:
    code = await house.write(publish, "Cold chain")
    await news(house, DUE, lambda _: answer)

    await move(house, code, START + DAY, now=DUE)
    await expand(house, DUE + SETTLE)

    planned = {row.kind for row in await house.read(rows, Delivery)}
    assert planned == {DeliveryKind.ANNOUNCEMENT}


async def test_who_was_never_told_of_it_has_nothing_edited(house: Database, code: str) -> None:
    await house.write(follows.add, DEA, partnership_id="alpha", now=LATER)
    await move(house, code, START + DAY, now=LATER)

    assert ("Edited", DEA) not in await told(house, LATER + SETTLE)


async def test_the_edit_of_a_message_of_several_shows_all_of_them(house: Database) -> None:
    codes = [await house.write(publish, title, starts_at=START) for title in ("One", "Two", "Three")]
    await news(house, DUE, numbered)
    await move(house, codes[0], START + DAY, now=LATER)
    await cancel(house, codes[1], now=LATER)

    left = [outgoing.content for outgoing in await edited(house, LATER + SETTLE) if outgoing.chat_id == ANA]

    whole = [("Two", START, CANCELLED), ("Three", START, PUBLISHED), ("One", START + DAY, PUBLISHED)]
    assert [content.message_id for content in left if isinstance(content, Edited)] == [100 + ANA] * len(left)
    assert [
        [(card.title, card.starts_at, card.status) for card in content.announcement.cards]
        for content in left
        if isinstance(content, Edited)
    ] == [whole] * len(left)
    assert left


async def test_an_edit_goes_at_night_too_as_it_makes_no_sound(house: Database, code: str) -> None:
    tonight = NOW + 14 * HOUR
    await move(house, code, START + DAY, now=tonight)

    assert ("Edited", ANA) in await told(house, tonight + SETTLE)


async def test_an_edit_that_may_have_arrived_is_made_again(house: Database, code: str) -> None:
    await move(house, code, START + DAY, now=LATER)
    await told(house, LATER + SETTLE, lambda _: Doubtful("timed out"))

    assert await told(house, LATER + SETTLE + 2 * SECOND) == [("Edited", ANA), ("Edited", CEM), ("Moved", BEN)]


async def test_an_edit_whose_sender_died_is_made_again(house: Database, code: str) -> None:
    await house.write(registration.leave, code, BEN, now=DUE + 2 * MINUTE)
    await move(house, code, START + DAY, now=LATER)
    await expand(house, LATER + SETTLE)
    assert len(await claim(house, "dead", now=LATER + SETTLE)) == 3

    assert await reap(house, LATER + SETTLE + LEASE + SECOND) == 3

    assert len(await edited(house, LATER + SETTLE + LEASE + 2 * SECOND)) == 3


async def test_an_edit_that_telegram_refuses_is_not_made_again(house: Database, code: str) -> None:
    """The message is gone: somebody has deleted it."""
    await move(house, code, START + DAY, now=LATER)
    await told(house, LATER + SETTLE, lambda _: Rejected("message to edit not found"))

    assert await told(house, LATER + DAY) == []


async def test_an_edit_changes_nothing_about_the_announcement_itself(house: Database, code: str) -> None:
    before = await announcements(house)
    await move(house, code, START + DAY, now=LATER)

    assert len(await edited(house, LATER + SETTLE)) == 2
    assert await announcements(house) == before


async def test_the_announcement_still_to_come_tells_the_new_truth_and_needs_no_edit(house: Database) -> None:
    code = await house.write(publish, "Cold chain")
    await move(house, code, START + DAY, now=NOW + MINUTE)
    await expand(house, NOW + MINUTE + SETTLE)

    await expand(house, DUE)
    left = await carry(house, DUE)

    assert [type(outgoing.content) for outgoing, _ in left] == [Announcement] * 3
    assert {row.kind for row in await house.read(rows, Delivery)} == {DeliveryKind.ANNOUNCEMENT}


async def test_clocks_that_tick_at_once_edit_once(house: Database, code: str, database_url: str) -> None:
    await move(house, code, START + DAY, now=LATER)
    other = Database(database_url)
    try:
        found: Any = await asyncio.gather(
            told(house, LATER + SETTLE), expand(other, LATER + SETTLE), told(house, LATER + SETTLE)
        )
    finally:
        await other.close()

    later = await told(house, LATER + SETTLE + SECOND)
    assert sorted([*found[0], *found[2], *later]) == [("Edited", ANA), ("Edited", CEM), ("Moved", BEN)]


async def test_nobody_is_told_of_what_is_over(house: Database, code: str) -> None:
    await cancel(house, code, now=START + 2 * HOUR)

    assert await told(house, START + 3 * HOUR) == []


async def test_those_in_line_are_told_like_those_with_a_seat(house: Database, code: str) -> None:
    await house.write(add_registration, 1, CEM, RegistrationStatus.WAITLISTED, changed_at=DUE + MINUTE)
    await cancel(house, code, now=LATER)

    assert await told(house, LATER + SETTLE) == [("Cancelled", BEN), ("Cancelled", CEM), ("Edited", ANA)]
