import asyncio
from typing import Any

import pytest

from sandbox.clock import Clock, Sequence
from sandbox.errors import Refusal
from sandbox.events import Bell
from sandbox.jsons import Json
from sandbox.updates import UpdateQueue


def queue(clock: Clock | None = None, fetched: Bell | None = None) -> UpdateQueue:
    return UpdateQueue(clock or Clock(), Sequence(), fetched or Bell())


async def ids(updates: UpdateQueue, limit: int = 100) -> list[object]:
    fetched: list[Any] = await updates.fetch(limit, 0)
    return [update["message"]["n"] for update in fetched]


async def polled(updates: UpdateQueue, fetched: Bell) -> "asyncio.Task[list[Json]]":
    """A poll that waits for the first update."""
    polling = asyncio.create_task(updates.fetch(100, 30))
    await fetched.wait(10)
    return polling


def put(updates: UpdateQueue, *numbers: int) -> list[int]:
    told = [updates.put("message", {"n": number}, 1) for number in numbers]
    return [update.id for update in told if update is not None]


async def test_updates_come_in_order_and_stay_until_confirmed() -> None:
    updates = queue()
    numbers = put(updates, 1, 2, 3)
    assert await ids(updates, 2) == [1, 2]
    assert await ids(updates) == [1, 2, 3]
    updates.confirm(numbers[1] + 1)
    assert await ids(updates) == [3]


async def test_a_negative_offset_keeps_the_newest() -> None:
    updates = queue()
    put(updates, 1, 2, 3)
    updates.confirm(-1)
    assert await ids(updates) == [3]


async def test_numbers_go_on_from_an_offset_of_an_earlier_run() -> None:
    """What came before the bot asked is not lost: it gets a number that the bot has not seen yet."""
    updates = queue()
    first, _ = put(updates, 1, 2)
    updates.confirm(first + 1000)
    assert put(updates, 3) == [first + 1002]
    assert await ids(updates) == [1, 2, 3]
    updates.confirm(first + 1002)
    assert await ids(updates) == [3]


@pytest.mark.parametrize(
    ("allowed", "kept"),
    [
        (None, ["message", "my_chat_member"]),
        (frozenset({"message"}), ["message"]),
        (frozenset({"chat_member"}), ["chat_member"]),
    ],
)
def test_only_what_the_bot_asked_for_is_kept(allowed: frozenset[str] | None, kept: list[str]) -> None:
    updates = queue()
    updates.allowed = allowed
    told = [updates.put(kind, {}, 1) for kind in ("message", "my_chat_member", "chat_member")]
    assert [update.kind for update in told if update is not None] == kept


async def test_updates_are_forgotten_after_a_day() -> None:
    clock = Clock()
    updates = queue(clock)
    put(updates, 1)
    clock.advance(24 * 3600 + 1)
    put(updates, 2)
    assert await ids(updates) == [2]


async def test_a_poll_wakes_for_the_next_update() -> None:
    fetched = Bell()
    updates = queue(fetched=fetched)
    polling = await polled(updates, fetched)
    put(updates, 1)
    assert len(await polling) == 1


async def test_a_newer_poll_ends_the_older_one() -> None:
    fetched = Bell()
    updates = queue(fetched=fetched)
    older = await polled(updates, fetched)
    assert await updates.fetch(100, 0) == []
    with pytest.raises(Refusal) as caught:
        await older
    assert (caught.value.code, caught.value.description) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
