import asyncio
import gc
import logging
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Chat, Message, Update, User

from bot.processor import PerPerson

ANA, BEN = 21, 22
SIDE_BY_SIDE, WAITING_EACH = 32, 20


def update_of(person: int | None) -> Update:
    if person is None:
        return Update(1)
    sender = User(person, "Somebody", is_bot=False)
    return Update(1, message=Message(1, datetime(2027, 1, 1, tzinfo=UTC), Chat(person, Chat.PRIVATE), from_user=sender))


class Work:
    """What handlers did, in order; each waits for its gate to open."""

    def __init__(self) -> None:
        self.processor = PerPerson()
        self.log: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.began: dict[str, asyncio.Event] = {}

    def bring(self, person: int | None, name: str, *, fails: bool = False) -> asyncio.Task[None]:
        """As PTB does: a task for each update, in the order in which they came."""
        self.gates[name], self.began[name] = asyncio.Event(), asyncio.Event()
        coroutine = self._handle(name, fails=fails)
        return asyncio.create_task(self.processor.process_update(update_of(person), coroutine))

    async def _handle(self, name: str, *, fails: bool) -> None:
        self.log.append(f"+{name}")
        self.began[name].set()
        await self.gates[name].wait()
        self.log.append(f"-{name}")
        if fails:
            raise RuntimeError(name)

    def open(self, *names: str) -> None:
        for name in names:
            self.gates[name].set()

    async def settle(self) -> None:
        """Let everything run that can run without a gate."""
        for _ in range(10):
            await asyncio.sleep(0)


async def test_updates_of_one_person_are_handled_in_order() -> None:
    work = Work()
    tasks = [work.bring(ANA, name) for name in "abc"]
    work.open("c", "b")
    await work.settle()
    work.open("a")
    await asyncio.gather(*tasks)

    assert work.log == ["+a", "-a", "+b", "-b", "+c", "-c"]


async def test_one_person_does_not_keep_another_waiting() -> None:
    work = Work()
    slow = [work.bring(ANA, f"ana{number}") for number in range(3)]
    quick = work.bring(BEN, "ben")
    work.open("ben")
    await quick
    assert work.log == ["+ana0", "+ben", "-ben"]

    work.open("ana0", "ana1", "ana2")
    await asyncio.gather(*slow)
    assert work.log[3:] == ["-ana0", "+ana1", "-ana1", "+ana2", "-ana2"]


async def test_many_people_are_handled_side_by_side_but_not_all_at_once() -> None:
    work = Work()
    names = [str(person) for person in range(1, SIDE_BY_SIDE + 6)]
    tasks = [work.bring(int(name), name) for name in names]
    await work.settle()
    assert work.log == [f"+{name}" for name in names[:SIDE_BY_SIDE]]

    work.open(*names)
    await asyncio.gather(*tasks)
    assert sorted(work.log) == sorted(f"{sign}{name}" for name in names for sign in "+-")


async def test_a_flood_by_one_person_takes_one_place() -> None:
    work = Work()
    flood = [work.bring(ANA, f"ana{number}") for number in range(WAITING_EACH)]
    others = [str(person) for person in range(100, 100 + SIDE_BY_SIDE - 1)]
    tasks = [work.bring(int(name), name) for name in others]
    await work.settle()
    assert work.log == ["+ana0", *(f"+{name}" for name in others)]

    work.open(*work.gates)
    await asyncio.gather(*flood, *tasks)


async def test_a_flood_is_cut_off_and_the_rest_is_handled(caplog: pytest.LogCaptureFixture) -> None:
    work = Work()
    with caplog.at_level(logging.WARNING):
        tasks = [work.bring(ANA, str(number)) for number in range(WAITING_EACH + 5)]
        await work.settle()
    work.open(*work.gates)
    await asyncio.gather(*tasks)

    assert work.log == [f"{sign}{number}" for number in range(WAITING_EACH) for sign in "+-"]
    assert len(caplog.records) == 5
    assert str(ANA) not in caplog.text


async def test_who_was_cut_off_is_heard_again_when_the_flood_is_over() -> None:
    work = Work()
    tasks = [work.bring(ANA, str(number)) for number in range(WAITING_EACH + 5)]
    await work.settle()
    work.open(*work.gates)
    await asyncio.gather(*tasks)
    later = work.bring(ANA, "later")
    work.open("later")
    await later

    assert work.log[-2:] == ["+later", "-later"]


async def test_a_handler_that_fails_lets_the_next_one_go() -> None:
    work = Work()
    first, second = work.bring(ANA, "a", fails=True), work.bring(ANA, "b")
    work.open("a", "b")

    results = await asyncio.gather(first, second, return_exceptions=True)

    assert [type(result) for result in results] == [RuntimeError, type(None)]
    assert work.log == ["+a", "-a", "+b", "-b"]


async def test_a_handler_that_is_cancelled_lets_the_next_one_go() -> None:
    work = Work()
    first, second = work.bring(ANA, "a"), work.bring(ANA, "b")
    await work.began["a"].wait()
    first.cancel()
    work.open("b")
    await second

    assert work.log == ["+a", "+b", "-b"]


async def test_updates_of_nobody_are_handled_too() -> None:
    work = Work()
    tasks = [work.bring(None, "a"), work.bring(None, "b")]
    work.open("a", "b")
    await asyncio.gather(*tasks)

    assert work.log == ["+a", "-a", "+b", "-b"]


async def test_what_is_no_update_is_handled_too() -> None:
    work = Work()
    work.gates["odd"], work.began["odd"] = asyncio.Event(), asyncio.Event()
    handled: Coroutine[Any, Any, None] = work._handle("odd", fails=False)  # noqa: SLF001 -- this file's own
    work.open("odd")
    await work.processor.process_update("odd", handled)

    assert work.log == ["+odd", "-odd"]


async def test_nothing_is_kept_of_people_who_have_gone() -> None:
    work = Work()
    before = locks()
    for person in range(1, 200):
        done = work.bring(person, str(person), fails=person % 2 == 0)
        work.open(str(person))
        await asyncio.gather(done, return_exceptions=True)

    assert locks() == before
    assert not work.processor._waiting  # noqa: SLF001 -- what is kept shows only inside


def locks() -> int:
    gc.collect()
    return sum(isinstance(found, asyncio.Lock) for found in gc.get_objects())


async def test_ptb_lets_so_many_in_that_our_own_limits_are_the_ones_that_count() -> None:
    assert PerPerson().max_concurrent_updates > 100 * SIDE_BY_SIDE
