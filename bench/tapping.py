"""People who tap the button of one card, again and again, and how long each waits to see the change."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from sandbox.client import Called, Telegram

REGISTER, LEAVE = "Register", "Cancel registration"

_PATIENCE_S = 20


class Tappers:
    def __init__(self, telegram: Telegram, cards: dict[int, int]) -> None:
        self._telegram = telegram
        self._cards = cards
        self._labels = dict.fromkeys(cards, REGISTER)
        self._edits: dict[int, asyncio.Future[float]] = {}

    @property
    def people(self) -> Sequence[int]:
        return tuple(self._cards)

    async def tap(self, person: int) -> float:
        """Seconds from the press until Telegram was told to change the card."""
        edit: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._edits[person] = edit
        label = self._labels[person]
        pressed_at = time.time()
        await self._telegram.press(person, self._cards[person], label, wait=0)
        edited_at = await asyncio.wait_for(edit, _PATIENCE_S)
        self._labels[person] = LEAVE if label == REGISTER else REGISTER
        return edited_at - pressed_at

    async def nag(self, person: int, data: str, pause: float) -> None:
        """Press the same again and again without waiting for anything, until cancelled."""
        while True:
            await self._telegram.forge(person, self._cards[person], data, wait=0)
            await asyncio.sleep(pause)

    async def listen(self) -> None:
        """Hear of all edits in one place: a look for each tap would cost more than the tap."""
        since = await self._telegram.mark()
        while True:
            for call in await self._telegram.calls("editMessageText", since=since, wait=_PATIENCE_S):
                since = call.seq
                self._hear(call)

    def _hear(self, call: Called) -> None:
        person = call.chat_id
        if person not in self._edits or call.params["message_id"] != self._cards[person]:
            return
        edit = self._edits.pop(person)
        if call.ok:
            edit.set_result(call.at)
        else:
            edit.set_exception(RuntimeError(f"{person}: {call.description}"))


@asynccontextmanager
async def opened_cards(telegram: Telegram, first: int, count: int, payload: str) -> AsyncIterator[Tappers]:
    """So many people, each with the card of the webinar in their chat."""
    await telegram.people(first, count)
    people = range(first, first + count)
    since = await telegram.mark()
    for person in people:
        await telegram.start(person, payload)
    sent = await telegram.wait_for("sendMessage", since=since, count=count, wait=_PATIENCE_S)
    tappers = Tappers(telegram, {call.chat_id: call.message_id for call in sent if call.chat_id and call.message_id})
    listening = asyncio.create_task(tappers.listen())
    try:
        yield tappers
    finally:
        listening.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await listening
