"""Replies to people are not throttled; where Telegram asks for a pause in their chat, they wait for it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from telegram.error import RetryAfter

T = TypeVar("T")

_TRIES = 3
_LONGEST_PAUSE = timedelta(minutes=1)


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Make a call again after the pause that Telegram asked for, at most twice and never after a long one."""
    for _ in range(_TRIES - 1):
        try:
            return await call()
        except RetryAfter as error:
            pause = pause_of(error)
            if pause > _LONGEST_PAUSE:
                raise
            await asyncio.sleep(pause.total_seconds())
    return await call()


def pause_of(error: RetryAfter) -> timedelta:
    pause = error.retry_after
    return pause if isinstance(pause, timedelta) else timedelta(seconds=pause)
