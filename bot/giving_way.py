"""Telegram counts all that leaves within a second. Replies leave at once; the bulk lane takes what they leave of it."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine
from enum import Enum, auto
from typing import Any

from telegram.constants import FloodLimit
from telegram.ext import BaseRateLimiter


class Lane(Enum):
    """For `rate_limit_args`. Calls without one are replies."""

    BULK = auto()


_WITHIN_S = 1.0
_REPLIES_PER_SECOND = 5
_SHORT_S = 0.01
_LONGEST_WAIT_S = 2.0
"""Well below the lease of a message, and short enough for a stop. After it Telegram itself says whether it is too much.
"""


class GivingWay(BaseRateLimiter[Lane]):
    """Counts what this process sends. Replies are never held back, but take the bulk lane's place."""

    def __init__(self, messages_per_second: int) -> None:
        """`messages_per_second` is the pace of the bulk lane; one above Telegram's limit has been agreed with it."""
        self._places = max(FloodLimit.MESSAGES_PER_SECOND, messages_per_second + _REPLIES_PER_SECOND)
        self._in_flight = 0
        self._back_at: deque[float] = deque()

    async def initialize(self) -> None:
        """Nothing is to be opened."""

    async def shutdown(self) -> None:
        """Nothing is to be closed."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Lane | None,
    ) -> Any:
        if "chat_id" not in data and "inline_message_id" not in data:
            return await callback(*args, **kwargs)
        if rate_limit_args is Lane.BULK:
            await self._room()
        self._in_flight += 1
        try:
            return await callback(*args, **kwargs)
        finally:
            self._in_flight -= 1
            self._back_at.append(time.monotonic())

    async def _room(self) -> None:
        until = time.monotonic() + _LONGEST_WAIT_S
        while (pause := self._pause()) and time.monotonic() < until:  # noqa: ASYNC110 -- it is time that makes room
            await asyncio.sleep(pause)

    def _pause(self) -> float:
        """How long until there may be room. Telegram may have counted a call at any moment before it answered it."""
        within = time.monotonic() - _WITHIN_S
        while self._back_at and self._back_at[0] <= within:
            self._back_at.popleft()
        if len(self._back_at) + self._in_flight < self._places:
            return 0.0
        return self._back_at[0] - within if self._back_at else _SHORT_S
