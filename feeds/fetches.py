"""Notes which apps fetch people's own calendars. Written down in the background, so that nobody waits for it."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from domain import fetches
from domain.fetches import Fetch
from feeds.families import family
from storage import Database, DatabaseUnavailableError

_EVERY_SECONDS = 15  # less than a notice waits: who has looked is not told that they have not
_log = logging.getLogger(__name__)


class Fetches:
    """Keeps the latest of each person and kind of app, and writes all of them four times a minute.

    What has not been written at the end of the process is lost: the next fetch says it again.
    """

    def __init__(
        self, database: Database, now: Callable[[], datetime], *, every_seconds: float = _EVERY_SECONDS
    ) -> None:
        self._database = database
        self._now = now
        self._every_seconds = every_seconds
        self._noted: dict[tuple[int, str], Fetch] = {}
        self._writing: asyncio.Task[None] | None = None

    def note(self, person_id: int, generation: int, user_agent: str, seen_until: datetime | None) -> None:
        app = family(user_agent)
        if app is None:
            return
        self._noted[person_id, app] = Fetch(person_id, generation, app, self._now(), seen_until)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_later())

    async def write(self) -> None:
        """Write down what was noted."""
        noted, self._noted = self._noted, {}
        try:
            await self._database.write(fetches.record, noted.values())
        except DatabaseUnavailableError as error:
            _log.warning("which calendar apps came is not written down: %s", str(error).partition("\n")[0])

    async def written(self) -> None:
        """Wait until what was noted so far has been written by itself."""
        while self._writing:
            await self._writing

    async def _write_later(self) -> None:
        while self._noted:
            await asyncio.sleep(self._every_seconds)
            try:
                await self.write()
            except Exception:  # noqa: BLE001 -- whatever it is, what comes next is written
                _log.exception("which calendar apps came is not written down")
        self._writing = None
