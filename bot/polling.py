"""Asking Telegram for updates, for as long as it is our turn.

PTB's Updater would do it too, but writes a traceback for every try while Telegram is away, and when it ends because the
token is refused it still says that it runs.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable

from telegram.error import TelegramError

from bot.app import ALLOWED_UPDATES
from bot.context import App
from bot.reach import SILENT, Reach, TokenRefusedError

_log = logging.getLogger(__name__)

_LONG_POLL_S = 10
_PATIENCE_S = 30
"""A poll is answered after ten seconds at the latest, or given up after fifteen."""


class Polling:
    """Puts what Telegram has into the application's queue. `clock` is a monotonic one."""

    def __init__(self, application: App, clock: Callable[[], float]) -> None:
        self._application = application
        self._clock = clock
        self._reach = Reach("updates wait there, and it is asked again")
        self._asking: asyncio.Task[None] | None = None
        self._offset = 0
        self._heard_at = 0.0

    def why_not_ready(self) -> str | None:
        if self._asking is None:
            return None
        if self._asking.done():
            return "it is not asked for updates"
        silence = self._clock() - self._heard_at
        if silence <= _PATIENCE_S:
            return None
        return f"no updates for {silence:.0f} s: it {self._reach.trouble or SILENT}"

    def begin(self) -> None:
        """Ask, if we don't; again, if something that nobody expected has ended it. Raises TokenRefusedError."""
        if self._asking is None:
            self._heard_at = self._clock()
        elif not self._asking.done():
            return
        elif isinstance(error := self._asking.exception(), TokenRefusedError):
            raise error
        else:
            _log.error("asking for updates broke off; asking again", exc_info=error)
        self._asking = asyncio.create_task(self._ask())

    async def end(self) -> None:
        """Ask no more. What is in the queue stays there, and Telegram is told that we have it."""
        if self._asking is None:
            return
        asking, self._asking = self._asking, None
        asking.cancel()
        await asyncio.wait([asking])
        if asking.cancelled() and not self._reach.trouble:
            with contextlib.suppress(TelegramError):  # then it brings them again
                await self._application.bot.get_updates(offset=self._offset, allowed_updates=ALLOWED_UPDATES)
        elif not asking.cancelled() and not isinstance(error := asking.exception(), TokenRefusedError):
            _log.error("asking for updates had broken off", exc_info=error)

    async def _ask(self) -> None:
        await self._reach.insist(self._application.bot.delete_webhook)
        while True:
            await self._reach.insist(self._fetch)

    async def _fetch(self) -> None:
        updates = await self._application.bot.get_updates(
            offset=self._offset, timeout=_LONG_POLL_S, allowed_updates=ALLOWED_UPDATES
        )
        self._heard_at = self._clock()
        for update in updates:
            self._application.update_queue.put_nowait(update)
            self._offset = update.update_id + 1
