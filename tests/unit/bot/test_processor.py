import asyncio
import logging
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Bot, CallbackQuery, Chat, Message, Update, User
from telegram.error import BadRequest

from bot.processor import PerPerson

ANA, BEN = 21, 22
SIDE_BY_SIDE, WAITING_EACH = 32, 20


class Answering(Bot):
    """A bot of which only the answers to presses are looked at."""

    __slots__ = ("answered", "fails")

    def __init__(self, *, fails: bool = False) -> None:
        super().__init__("1:token")
        object.__setattr__(self, "answered", [])
        object.__setattr__(self, "fails", fails)

    async def answer_callback_query(self, callback_query_id: str, *_: Any, **__: Any) -> bool:
        self.answered.append(callback_query_id)
        if self.fails:
            raise BadRequest("Query is too old and response timeout expired or query id is invalid")
        return True


def press_of(person: int, name: str, bot: Answering) -> Update:
    query = CallbackQuery(f"q{name}", User(person, "Somebody", is_bot=False), "chat", data="w:abc")
    query.set_bot(bot)
    return Update(1, callback_query=query)


def update_of(person: int | None) -> Update:
    if person is None:
        return Update(1)
    sender = User(person, "Somebody", is_bot=False)
    return Update(1, message=Message(1, datetime(2027, 1, 1, tzinfo=UTC), Chat(person, Chat.PRIVATE), from_user=sender))


class Work:
    """What handlers did, in order; each waits for its gate to open."""

    def __init__(self) -> None:
        self.replies: list[float] = []
        self.processor = PerPerson(self.replies.append)
        self.log: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.began: dict[str, asyncio.Event] = {}

    def bring(
        self, person: int | None, name: str, *, fails: bool = False, press: Answering | None = None
    ) -> asyncio.Task[None]:
        """As PTB does: a task for each update, in the order in which they came."""
        self.gates[name], self.began[name] = asyncio.Event(), asyncio.Event()
        coroutine = self._handle(name, fails=fails)
        update = press_of(person, name, press) if person and press else update_of(person)
        return asyncio.create_task(self.processor.process_update(update, coroutine))

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


async def test_of_a_flood_the_oldest_are_left_out_and_the_last_wish_is_heard(
    caplog: pytest.LogCaptureFixture,
) -> None:
    work = Work()
    with caplog.at_level(logging.WARNING):
        tasks = [work.bring(ANA, str(number)) for number in range(WAITING_EACH + 5)]
        await work.settle()
    work.open(*work.gates)
    await asyncio.gather(*tasks)

    heard = [0, *range(6, WAITING_EACH + 5)]
    assert work.log == [f"{sign}{number}" for number in heard for sign in "+-"]
    assert len(caplog.records) == 1
    assert str(ANA) not in caplog.text


async def test_presses_that_are_left_out_are_answered() -> None:
    work, bot = Work(), Answering()
    tasks = [work.bring(ANA, str(number), press=bot) for number in range(WAITING_EACH + 5)]
    await work.settle()
    assert bot.answered == [f"q{number}" for number in range(1, 6)]

    work.open(*work.gates)
    await asyncio.gather(*tasks)
    assert len(bot.answered) == 5


async def test_a_press_that_is_too_old_to_be_answered_is_no_harm() -> None:
    work, bot = Work(), Answering(fails=True)
    tasks = [work.bring(ANA, str(number), press=bot) for number in range(WAITING_EACH + 1)]
    await work.settle()
    work.open(*work.gates)
    await asyncio.gather(*tasks)

    assert bot.answered == ["q1"]
    assert work.log[-2:] == [f"+{WAITING_EACH}", f"-{WAITING_EACH}"]


async def test_each_flood_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    work = Work()
    with caplog.at_level(logging.WARNING):
        for flood in "ab":
            tasks = [work.bring(ANA, f"{flood}{number}") for number in range(WAITING_EACH + 5)]
            await work.settle()
            work.open(*work.gates)
            await asyncio.gather(*tasks)

    assert len(caplog.records) == 2


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
    for person in range(1, 200):
        done = work.bring(person, str(person), fails=person % 2 == 0)
        work.open(str(person))
        await asyncio.gather(done, return_exceptions=True)

    assert not work.processor._lines  # noqa: SLF001 -- what is kept shows only inside


async def test_one_who_waits_and_is_cancelled_lets_the_next_one_go() -> None:
    work = Work()
    first, second, third = (work.bring(ANA, name) for name in "abc")
    await work.began["a"].wait()
    second.cancel()
    work.open("a", "c")
    await asyncio.gather(first, third)

    assert work.log == ["+a", "-a", "+c", "-c"]


async def test_one_who_is_cancelled_just_when_it_is_their_turn_lets_the_next_one_go() -> None:
    work = Work()
    first, second, third = (work.bring(ANA, name) for name in "abc")
    await work.began["a"].wait()
    first.add_done_callback(lambda _: second.cancel())
    work.open("a", "b", "c")
    await asyncio.gather(first, second, third, return_exceptions=True)

    assert work.log[:2] == ["+a", "-a"]
    assert work.log[-2:] == ["+c", "-c"]


async def test_ptb_lets_so_many_in_that_our_own_limits_are_the_ones_that_count() -> None:
    assert PerPerson(list[float]().append).max_concurrent_updates > 100 * SIDE_BY_SIDE


async def test_how_long_each_took_is_told_when_it_is_done() -> None:
    work = Work()
    task = work.bring(ANA, "slow")
    await work.settle()
    before = list(work.replies)

    work.open("slow")
    await task

    assert (before, [seconds > 0 for seconds in work.replies]) == ([], [True])
