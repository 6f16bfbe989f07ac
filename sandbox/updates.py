"""The updates a bot has not fetched yet."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

from sandbox.clock import Clock, Sequence
from sandbox.errors import Refusal
from sandbox.events import Bell
from sandbox.jsons import Json, JsonObject

KEPT_SECONDS = 24 * 3600
ALL_KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
)
# Telegram sends these only to a bot that names them.
ON_REQUEST = frozenset({"chat_member", "message_reaction"})
# Known to Telegram, never made here: a bot may ask for them.
FOREIGN = frozenset(
    {
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "message_reaction_count",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "managed_bot",
        "guest_message",
    }
)
_OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(frozen=True, slots=True)
class Update:
    id: int
    kind: str
    payload: JsonObject
    lane: int
    created: float

    def json(self) -> JsonObject:
        return {"update_id": self.id, self.kind: self.payload}


class UpdateQueue:
    """Updates in order. One fetcher at a time: a newer poll ends the older one."""

    def __init__(self, clock: Clock, ids: Sequence, fetched: Bell) -> None:
        self._clock = clock
        self._ids = ids
        self._fetched = fetched
        self._pending: dict[int, Update] = {}
        self._poll: asyncio.Future[None] | None = None
        self._carrier: Callable[[Update], None] | None = None
        self.allowed: frozenset[str] | None = None

    def __len__(self) -> int:
        self._forget_old()
        return len(self._pending)

    @property
    def polled(self) -> bool:
        return self._poll is not None

    @property
    def pending(self) -> list[Update]:
        return list(self._pending.values())

    def wants(self, kind: str) -> bool:
        return kind not in ON_REQUEST if self.allowed is None else kind in self.allowed

    def deliver_to(self, carrier: Callable[[Update], None] | None) -> None:
        """Hand each new update to a webhook as well; it stays here until taken."""
        self._carrier = carrier
        self._fetched.ring()

    def put(self, kind: str, payload: JsonObject, lane: int) -> Update | None:
        """None if the bot does not want this kind. A lane is what must stay in order: a chat or a person."""
        if not self.wants(kind):
            return None
        update = Update(self._ids.take(), kind, payload, lane, self._clock.now())
        self.restore(update)
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        if self._carrier is not None:
            self._carrier(update)
        return update

    def restore(self, update: Update) -> None:
        self._pending[update.id] = update

    def take(self, update_id: int) -> None:
        """A webhook delivered it."""
        self._pending.pop(update_id, None)

    def holds(self, update_id: int) -> bool:
        self._forget_old()
        return update_id in self._pending

    def clear(self) -> None:
        self._pending.clear()

    def _forget_old(self) -> None:
        oldest = self._clock.now() - KEPT_SECONDS
        self._drop_while(lambda update: update.created < oldest)

    def _drop_while(self, is_over: Callable[[Update], bool]) -> None:
        while self._pending and is_over(first := next(iter(self._pending.values()))):
            del self._pending[first.id]

    def confirm(self, offset: int) -> None:
        """Drop what lies before the offset; a negative one keeps only so many of the newest.

        An offset from the future belongs to a bot that has talked to an earlier run: the numbers go on from there, and
        what waits gets new ones, for the bot has seen none of it.
        """
        if offset < 0:
            for update_id in list(self._pending)[:offset]:
                del self._pending[update_id]
            return
        if offset > self._ids.last + 1:
            self._renumber(offset)
        self._drop_while(lambda update: update.id < offset)

    def _renumber(self, first: int) -> None:
        waiting = list(self._pending.values())
        self._pending.clear()
        self._ids.raise_to(first - 1)
        for update in waiting:
            self.restore(replace(update, id=self._ids.take()))

    def interrupt(self, reason: Refusal) -> None:
        """End the poll that waits, if one does."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(reason)
        self._poll = None

    async def fetch(self, limit: int, timeout: float) -> list[Json]:  # noqa: ASYNC109 -- the Bot API's own parameter
        """The oldest updates; waits up to `timeout` seconds for the first."""
        self.interrupt(Refusal(409, _OTHER_POLL))
        self._forget_old()
        if not self._pending and timeout > 0:
            await self._wait(timeout)
        return [update.json() for update in islice(self._pending.values(), limit)]

    async def _wait(self, seconds: float) -> None:
        poll: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poll = poll
        self._fetched.ring()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None
