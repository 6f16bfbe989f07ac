"""One person's updates in order, different people's side by side."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import BaseUpdateProcessor

_log = logging.getLogger(__name__)

_ALLOWED_IN = 10_000  # PTB takes its own semaphore before it asks us, so it must never be the one that is short
_SIDE_BY_SIDE = 32
_WAITING_EACH = 20
_ANSWERED_SIDE_BY_SIDE = 4  # of presses that are left out, so that a flood of them does not take all connections


class _Line:
    """One person's updates: one is worked on, the others wait.

    Of too many the oldest is left out: the last press says what somebody wants.
    """

    __slots__ = ("_busy", "_flooded", "_waiting")

    def __init__(self) -> None:
        self._busy = False
        self._flooded = False
        self._waiting: deque[asyncio.Future[bool]] = deque()

    @property
    def empty(self) -> bool:
        return not self._busy and not self._waiting

    async def turn(self) -> bool:
        """Wait for one's turn. False: left out. Whoever had a turn must `end` it."""
        if not self._busy:
            self._busy = True
            return True
        mine: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append(mine)
        if len(self._waiting) >= _WAITING_EACH:
            self._leave_out(self._waiting.popleft())
        try:
            return await mine
        except asyncio.CancelledError:
            self._give_up(mine)
            raise

    def end(self) -> None:
        """Let the next one go."""
        self._busy = False
        while self._waiting:
            following = self._waiting.popleft()
            if not following.done():
                self._busy = True
                following.set_result(True)
                return

    def _leave_out(self, oldest: asyncio.Future[bool]) -> None:
        if not self._flooded:
            _log.warning("more than %s updates of one person wait: the oldest are left out", _WAITING_EACH)
            self._flooded = True
        if not oldest.done():
            oldest.set_result(False)

    def _give_up(self, mine: asyncio.Future[bool]) -> None:
        if mine in self._waiting:
            self._waiting.remove(mine)
        elif mine.done() and not mine.cancelled() and mine.result():  # it was to be the next at this moment
            self.end()


class PerPerson(BaseUpdateProcessor):
    """The person's line first, then a place among those worked on: a flood by one keeps nobody else waiting."""

    __slots__ = ("_answers", "_lines", "_places", "_replied")

    def __init__(self, replied: Callable[[float], None]) -> None:
        """`replied` is told after each update how many seconds it took, the wait for one's turn included."""
        super().__init__(_ALLOWED_IN)
        self._replied = replied
        self._lines: dict[int, _Line] = {}
        self._places = asyncio.Semaphore(_SIDE_BY_SIDE)
        self._answers = asyncio.Semaphore(_ANSWERED_SIDE_BY_SIDE)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        key = _person(update)
        line = self._lines.setdefault(key, _Line())
        came_at = time.perf_counter()
        assert isinstance(coroutine, Coroutine)
        try:
            if await line.turn():
                await self._work(line, coroutine)
            else:
                await self._answer(update)
        finally:
            coroutine.close()  # one that was left out would complain that nobody awaited it
            self._replied(time.perf_counter() - came_at)
            if line.empty and self._lines.get(key) is line:
                del self._lines[key]

    async def _work(self, line: _Line, coroutine: Awaitable[Any]) -> None:
        try:
            async with self._places:
                await coroutine
        finally:
            line.end()

    async def _answer(self, update: object) -> None:
        """Do nothing else with what is left out: no button keeps a spinner that never stops."""
        query = update.callback_query if isinstance(update, Update) else None
        if query is None:
            return
        try:
            async with self._answers:
                await query.answer()
        except TelegramError as error:
            _log.debug("a press that was left out could not be answered: %s", error)

    async def initialize(self) -> None:
        """Nothing to set up: lines come and go with those who need them."""

    async def shutdown(self) -> None:
        """Nothing to take down."""


def _person(update: object) -> int:
    user = update.effective_user if isinstance(update, Update) else None
    return user.id if user else 0
