"""Which of several processes asks Telegram for updates: it answers only one of them at a time."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from bot.chat import Chat
from domain import leases
from storage import Database, DatabaseUnavailableError

_log = logging.getLogger(__name__)

_NAME = "updates"


class Turns:
    """Lets this process ask while it holds the lease. A database that only one process uses needs none."""

    def __init__(self, database: Database, chat: Chat, now: Callable[[], datetime]) -> None:
        self._database = database
        self._chat = chat
        self._now = now
        self._holder = str(uuid4())
        self._asks: bool | None = None

    async def keep(self, ending: asyncio.Event) -> None:
        """Ask for updates whenever it is our turn. To stop asking is left to whoever sets `ending`."""
        while not ending.is_set():
            await self._follow(mine=await self._is_mine())
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(leases.RENEWED.total_seconds()):
                    await ending.wait()

    async def leave(self) -> None:
        """Let another process ask from now on; ours must have stopped."""
        if self._database.is_shared:
            with contextlib.suppress(DatabaseUnavailableError):  # then the lease ends by itself
                await self._database.write(leases.leave, _NAME, self._holder, now=self._now())

    async def _follow(self, *, mine: bool) -> None:
        if mine is not self._asks:
            _log.info("asking for updates" if mine else "another process asks for updates")
        self._asks = mine
        await self._chat.poll(on=mine)

    async def _is_mine(self) -> bool:
        if not self._database.is_shared:
            return True
        try:
            return await self._database.write(leases.take, _NAME, self._holder, now=self._now())
        except DatabaseUnavailableError:  # nor could we work on what we would be given
            _log.warning("the database does not answer: updates wait at Telegram")
            return False
