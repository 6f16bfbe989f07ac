"""The bulk lane: takes due messages from the outbox and sends them, evenly paced, a few at a time."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from domain import outbox
from domain.outbox import Doubtful, Outcome, Outgoing, Postponed
from domain.usual import Usual
from jobs.messenger import Messenger
from storage import Database, DatabaseUnavailableError, reason_of

_log = logging.getLogger(__name__)

_BATCH = 30


class Postman:
    """Empties the outbox whenever it is woken. Several may run on one database."""

    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        usual: Usual,
        *,
        messages_per_second: float,
        workers: int,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._messenger = messenger
        self._usual = usual
        self._interval = timedelta(seconds=1 / messages_per_second)
        self._workers = asyncio.Semaphore(workers)
        self._now = now
        self._name = str(uuid4())
        self._awake = asyncio.Event()
        self._stopping = False
        self._halted = False

    @property
    def interval(self) -> timedelta:
        """How far apart messages leave."""
        return self._interval

    def wake(self) -> None:
        self._awake.set()

    async def run(self) -> None:
        """Work until stopped. What is in flight then is finished, the rest given back."""
        while not self._stopping:
            await self._awake.wait()
            self._awake.clear()
            try:
                await self._empty()
            except DatabaseUnavailableError as error:
                _log.error("delivery: the database cannot be used: %s", reason_of(error))
            except Exception:  # noqa: BLE001 -- the next tick tries again: no fault may end the lane
                _log.exception("the outbox could not be worked on; trying again")
        with contextlib.suppress(DatabaseUnavailableError):  # then the lease gives it back
            await self._database.write(outbox.give_back, self._name)

    def stop(self) -> None:
        self._stopping = True
        self._awake.set()

    async def _empty(self) -> None:
        while not self._stopping and await self._database.read(outbox.ready, now=self._now()):
            claimed = await self._database.write(outbox.claim, self._name, limit=_BATCH, now=self._now())
            if not claimed:
                return
            await self._send_all(claimed)

    async def _send_all(self, claimed: list[int]) -> None:
        first = await self._database.write(outbox.reserve, len(claimed), self._interval, now=self._now())
        self._halted = False
        async with asyncio.TaskGroup() as flights:
            for place, delivery_id in enumerate(claimed):
                wait = first + place * self._interval - self._now()
                await asyncio.sleep(max(0.0, wait.total_seconds()))
                await self._workers.acquire()
                if self._stopping or self._halted:
                    self._workers.release()
                    break
                flights.create_task(self._fly(delivery_id))
        if self._halted:
            await self._database.write(outbox.give_back, self._name)

    async def _fly(self, delivery_id: int) -> None:
        try:
            await self._deliver(delivery_id)
        except Exception:  # noqa: BLE001 -- its lease ends and the row is taken up again; the others go on
            _log.exception("delivery %s could not be recorded", delivery_id)
        finally:
            self._workers.release()

    async def _deliver(self, delivery_id: int) -> None:
        outgoing = await self._database.write(outbox.begin, delivery_id, self._name, self._usual, now=self._now())
        if outgoing is None:
            return
        outcome = await self._send(outgoing)
        if isinstance(outcome, Postponed):
            self._halted = True
        # Not always the one that was taken: of several that leave together the first that is still true.
        await self._database.write(outbox.settle, outgoing.delivery_id, self._name, outcome, now=self._now())

    async def _send(self, outgoing: Outgoing) -> Outcome:
        try:
            return await self._messenger.send(outgoing.chat_id, outgoing.language, outgoing.content)
        except Exception as error:  # noqa: BLE001 -- whatever it was, the message may have left
            _log.exception("delivery %s failed in an unexpected way", outgoing.delivery_id)
            return Doubtful(type(error).__name__)
