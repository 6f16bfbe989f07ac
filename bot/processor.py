"""One person's updates in order, different people's side by side."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

_log = logging.getLogger(__name__)

_ALLOWED_IN = 10_000  # PTB takes its own semaphore before it asks us, so it must never be the one that is short
_SIDE_BY_SIDE = 32
_WAITING_EACH = 20


class PerPerson(BaseUpdateProcessor):
    """The person's lock first, then a place among those worked on: a flood by one keeps nobody else waiting."""

    __slots__ = ("_locks", "_places", "_waiting")

    def __init__(self) -> None:
        super().__init__(_ALLOWED_IN)
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._waiting: Counter[int] = Counter()
        self._places = asyncio.Semaphore(_SIDE_BY_SIDE)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        key = _person(update)
        if self._waiting[key] >= _WAITING_EACH:
            _log.warning("dropped an update: %s of the same person are waiting", _WAITING_EACH)
            assert isinstance(coroutine, Coroutine)
            coroutine.close()
            return
        lock = self._locks.setdefault(key, asyncio.Lock())
        self._waiting[key] += 1
        try:
            async with lock, self._places:
                await coroutine
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key]

    async def initialize(self) -> None:
        """Nothing to set up: locks come and go with those who need them."""

    async def shutdown(self) -> None:
        """Nothing to take down."""


def _person(update: object) -> int:
    user = update.effective_user if isinstance(update, Update) else None
    return user.id if user else 0
