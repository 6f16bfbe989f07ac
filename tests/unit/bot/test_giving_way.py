"""Who waits for whom when much leaves within a second."""

import asyncio
import time
from itertools import pairwise

import pytest
from telegram.constants import FloodLimit

from bot.giving_way import GivingWay, Lane

ALLOWED = int(FloodLimit.MESSAGES_PER_SECOND)


class Line:
    """Everything that leaves, and when Telegram counted it: as it arrived."""

    def __init__(self, messages_per_second: int = 25) -> None:
        self._limiter = GivingWay(messages_per_second)
        self.left: list[tuple[str, float]] = []
        self.on_the_way_s = 0.0

    async def _leave(self, name: str) -> None:
        if self.on_the_way_s:
            await asyncio.sleep(self.on_the_way_s)
        self.left.append((name, time.monotonic()))

    async def send(self, name: str, *, bulk: bool, **data: int) -> None:
        lane = Lane.BULK if bulk else None
        await self._limiter.process_request(self._leave, (name,), {}, "sendMessage", data or {"chat_id": 1}, lane)

    def names(self) -> list[str]:
        return [name for name, _ in self.left]


@pytest.fixture
def line() -> Line:
    return Line()


async def test_replies_never_wait_and_are_all_counted(line: Line) -> None:
    for number in range(ALLOWED * 2):
        await line.send(f"reply {number}", bulk=False)
    bulk = asyncio.create_task(line.send("bulk", bulk=True))
    await asyncio.sleep(0)
    await line.send("reply", bulk=False)
    assert line.names()[-1] == "reply"

    await bulk

    assert line.names()[-1] == "bulk"


async def test_within_no_second_does_the_bulk_lane_take_more_than_telegram_allows(line: Line) -> None:
    """However long each is on its way."""
    line.on_the_way_s = 0.3
    for _ in range(2):
        await line.send("reply", bulk=False)
    slow = asyncio.gather(*(line.send("bulk", bulk=True) for _ in range(ALLOWED)))
    await asyncio.sleep(0)
    line.on_the_way_s = 0.0
    await asyncio.gather(slow, *(line.send("bulk", bulk=True) for _ in range(ALLOWED)))

    moments = [moment for _, moment in line.left]
    assert len(moments) == 2 * ALLOWED + 2
    for first, last in zip(moments, moments[ALLOWED:], strict=False):
        assert last - first >= 1.0
    assert all(before <= after for before, after in pairwise(moments))


async def test_bulk_gives_way_for_two_seconds_and_not_for_ever(line: Line) -> None:
    """A message that waits longer could be taken for one whose sender has died."""
    ended = asyncio.Event()

    async def talk() -> None:
        while not ended.is_set():
            for _ in range(ALLOWED):
                await line.send("reply", bulk=False)
            await asyncio.sleep(0.01)

    talking = asyncio.create_task(talk())
    await asyncio.sleep(0)
    began = time.monotonic()
    await asyncio.wait_for(line.send("bulk", bulk=True), 30)
    assert time.monotonic() - began >= 2.0
    ended.set()
    await talking


@pytest.mark.parametrize("data", [{"callback_query_id": 5}, {"offset": 1}])
async def test_what_brings_nobody_a_message_is_not_counted(line: Line, data: dict[str, int]) -> None:
    for _ in range(ALLOWED):
        await line.send("answer", bulk=False, **data)

    bulk = asyncio.create_task(line.send("bulk", bulk=True))
    await asyncio.sleep(0)

    assert bulk.done()


async def test_a_faster_lane_is_not_slowed_down() -> None:
    line = Line(messages_per_second=100)

    sent = [asyncio.create_task(line.send("bulk", bulk=True)) for _ in range(105)]
    await asyncio.sleep(0)

    assert all(task.done() for task in sent)
