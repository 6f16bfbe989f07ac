"""The bulk lane: takes due messages from the outbox and sends them, evenly paced, a few at a time."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

from domain import outbox
from domain.outbox import Outgoing
from domain.outcomes import Doubtful, Outcome, Postponed
from domain.usual import Usual
from jobs.messenger import Messenger
from storage import Database, DatabaseUnavailableError, reason_of
from storage.parcels import Taken

_log = logging.getLogger(__name__)

_BATCH = 30
_FEW = 10
"""When no more than these are left of a batch the next is taken, so that the beat goes on."""

_STRETCH = 1.022
"""Telegram counts within any second: exactly at the pace, one too many would fall into some of them. For the same
reason what is late is not made up for."""

_AHEAD_S = 0.025
"""A message begins to leave so long before its moment: reading it and the commit must not delay the call."""


@dataclass(frozen=True, slots=True)
class _Claimed:
    """`moment` is of the monotonic clock: a wall clock that jumps moves nothing."""

    taken: Taken
    moment: float


class Postman:
    """Empties the outbox whenever it is woken. Several may run on one database.

    It goes in turns. Each is one transaction for all that has come back and for as many as may leave now; what is
    between that commit and the next that settles it is never more than there are workers. To one person one message
    is on its way at a time, so that the next knows what the one before has told.
    """

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
        self._interval = timedelta(seconds=_STRETCH / messages_per_second)
        self._workers = workers
        self._now = now
        self._name = str(uuid4())
        self._nudged = asyncio.Event()
        self._stopping = False
        self._troubled = False
        self._may_be_more = False
        self._claimed: list[_Claimed] = []
        self._free_at = float("-inf")
        self._flying: set[int] = set()
        """To whom something is on its way."""
        self._returned: dict[int, Outcome] = {}

    @property
    def interval(self) -> timedelta:
        """How far apart messages leave."""
        return self._interval

    def wake(self) -> None:
        self._may_be_more = True
        self._nudged.set()

    def stop(self) -> None:
        self._stopping = True
        self._nudged.set()

    async def run(self) -> None:
        """Work until stopped. Then the rest is given back at once, and what is in flight is finished."""
        async with asyncio.TaskGroup() as flights:
            while not self._stopping:
                await self._wait()
                await self._work(flights)
            with contextlib.suppress(DatabaseUnavailableError):  # then the lease gives it back
                await self._database.write(outbox.give_back, self._name)
            while self._flying:
                await self._wait()
                await self._work(flights)
            await self._work(flights)

    async def _wait(self) -> None:
        """Until there is something to do."""
        pause = self._pause()
        if pause != 0:
            self._nudged.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._nudged.wait()

    def _pause(self) -> float | None:
        """In seconds; None: until something happens. After trouble that is the next tick, if nothing comes back."""
        if self._troubled:
            return None
        if self._returned or self._wants_more():
            return 0
        waiting = self._waiting()
        if waiting and len(self._flying) < self._workers and not self._stopping:
            return max(0.0, max(waiting[0].moment, self._free_at) - _AHEAD_S - time.monotonic())
        return None

    def _waiting(self) -> list[_Claimed]:
        return [claimed for claimed in self._claimed if claimed.taken.person_id not in self._flying]

    async def _work(self, flights: asyncio.TaskGroup) -> None:
        self._troubled = True
        try:
            await self._turn(flights)
            await self._take()
        except DatabaseUnavailableError as error:
            _log.error("delivery: the database cannot be used: %s", reason_of(error))
        except Exception:  # noqa: BLE001 -- the next tick tries again: no fault may end the lane
            _log.exception("the outbox could not be worked on; trying again")
        else:
            self._troubled = False

    async def _take(self) -> None:
        if not self._wants_more():
            return
        self._may_be_more = False
        if not self._claimed and not await self._database.read(outbox.ready, now=self._now()):
            return
        batch = await self._database.write(
            outbox.take, self._name, limit=_BATCH, interval=self._interval, now=self._now()
        )
        if batch:
            first = time.monotonic() + (batch.first - self._now()).total_seconds()
            interval = self._interval.total_seconds()
            self._claimed += (_Claimed(taken, first + place * interval) for place, taken in enumerate(batch.taken))
            self._may_be_more |= len(batch.taken) == _BATCH

    def _wants_more(self) -> bool:
        return self._may_be_more and not self._stopping and len(self._waiting()) <= _FEW

    async def _turn(self, flights: asyncio.TaskGroup) -> None:
        """Settle what has come back and let leave what may, unless we were asked to wait: then all is given back."""
        returned, self._returned = self._returned, {}
        halted = any(isinstance(outcome, Postponed) for outcome in returned.values())
        leaving = [] if halted or self._stopping else self._next()
        try:
            begun = await self._record(returned, [claimed.taken.delivery_id for claimed in leaving])
        except DatabaseUnavailableError:
            self._returned = returned | self._returned
            raise
        taken = {claimed.taken for claimed in leaving}
        self._claimed = [claimed for claimed in self._claimed if claimed.taken not in taken]
        for outgoing, claimed in zip(begun, leaving, strict=True):
            if outgoing:
                self._flying.add(claimed.taken.person_id)
                flights.create_task(self._fly(outgoing, claimed))
        if halted:
            self._claimed.clear()
            await self._database.write(outbox.give_back, self._name)

    def _next(self) -> list[_Claimed]:
        """Those whose moment is near, for as many workers as are free."""
        now = time.monotonic()
        near = {claimed.taken.person_id: claimed for claimed in reversed(self._waiting())}
        found = []
        for claimed in sorted(near.values(), key=lambda claimed: claimed.moment)[: self._workers - len(self._flying)]:
            leaves_at = max(claimed.moment, self._free_at)
            if leaves_at > now + _AHEAD_S:
                break
            found.append(replace(claimed, moment=leaves_at))
            self._free_at = max(leaves_at, now) + self._interval.total_seconds()
        return found

    async def _record(self, returned: Mapping[int, Outcome], claimed: Sequence[int]) -> list[Outgoing | None]:
        """What may leave now. A fault that one message brings must not take the others with it."""
        if not returned and not claimed:
            return []
        try:
            return await self._commit(returned, claimed)
        except DatabaseUnavailableError:
            raise
        except Exception:  # noqa: BLE001 -- it is found below
            _log.warning("a turn of %d messages could not be recorded; each by itself", len(returned) + len(claimed))
        for delivery_id, outcome in returned.items():
            await self._record_one(delivery_id, {delivery_id: outcome}, [])
        return [begun for each in claimed for begun in await self._record_one(each, {}, [each])]

    async def _record_one(
        self, delivery_id: int, returned: Mapping[int, Outcome], claimed: Sequence[int]
    ) -> list[Outgoing | None]:
        try:
            return await self._commit(returned, claimed)
        except Exception:  # noqa: BLE001 -- its lease ends and the row is taken up again; the others go on
            _log.exception("delivery %s could not be recorded", delivery_id)
            return [None for _ in claimed]

    async def _commit(self, returned: Mapping[int, Outcome], claimed: Sequence[int]) -> list[Outgoing | None]:
        return await self._database.write(outbox.turn, self._name, returned, claimed, self._usual, now=self._now())

    async def _fly(self, outgoing: Outgoing, claimed: _Claimed) -> None:
        """Not always the message that was taken: of several that leave together the first that is still true."""
        await asyncio.sleep(max(0.0, claimed.moment - time.monotonic()))
        self._returned[outgoing.delivery_id] = await self._send(outgoing)
        self._flying.remove(claimed.taken.person_id)
        self._nudged.set()

    async def _send(self, outgoing: Outgoing) -> Outcome:
        try:
            return await self._messenger.send(outgoing.chat_id, outgoing.language, outgoing.content)
        except Exception as error:  # noqa: BLE001 -- whatever it was, the message may have left
            _log.exception("delivery %s failed in an unexpected way", outgoing.delivery_id)
            return Doubtful(type(error).__name__)
