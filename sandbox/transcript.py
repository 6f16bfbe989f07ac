"""Every call a bot made, and how it ended."""

import asyncio
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sandbox.jsons import JsonObject, dump

KEPT = 200_000
PACKED_FROM = 512


@dataclass(frozen=True, slots=True)
class Entry:
    """A call as bytes of JSON, with what is looked for beside it."""

    seq: int
    bot_id: int
    method: str
    chat_id: int | None
    ok: bool
    body: bytes
    packed: bool

    def json(self) -> JsonObject:
        decoded: JsonObject = json.loads(zlib.decompress(self.body) if self.packed else self.body)
        return decoded


@dataclass(frozen=True, slots=True)
class Filter:
    since: int = 0
    method: str | None = None
    chat_id: int | None = None
    bot_id: int | None = None
    refused: bool = False

    def matches(self, entry: Entry) -> bool:
        return (
            entry.seq > self.since
            and (self.method is None or entry.method.lower() == self.method.lower())
            and (self.chat_id is None or entry.chat_id == self.chat_id)
            and (self.bot_id is None or entry.bot_id == self.bot_id)
            and not (self.refused and entry.ok)
        )


class Transcript:
    """A ring of the newest calls. Sequence numbers have no gaps, so a place in the ring is found by subtraction."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._ring: list[Entry] = []
        self._first = 1
        self._next = 1
        self._waiters: list[Callable[[Entry], None]] = []

    @property
    def last(self) -> int:
        return self._next - 1

    def add(self, bot_id: int, method: str, chat_id: int | None, record: JsonObject) -> Entry:
        seq = self._next
        self._next += 1
        body = dump({"seq": seq} | record)
        packed = len(body) > PACKED_FROM
        entry = Entry(
            seq, bot_id, method, chat_id, record["ok"] is True, zlib.compress(body, 1) if packed else body, packed
        )
        if len(self._ring) < self._kept:
            self._ring.append(entry)
        else:
            self._ring[(seq - self._first) % self._kept] = entry
        for waiter in tuple(self._waiters):
            waiter(entry)
        return entry

    def _entries(self, since: int) -> Iterator[Entry]:
        oldest = max(self._first, self._next - self._kept)
        for seq in range(max(since + 1, oldest), self._next):
            yield self._ring[(seq - self._first) % self._kept]

    def find(self, wanted: Filter, limit: int) -> list[Entry]:
        """The oldest matching calls, at most `limit`."""
        found = []
        for entry in self._entries(wanted.since):
            if wanted.matches(entry):
                found.append(entry)
                if len(found) >= limit:
                    break
        return found

    def get(self, seq: int) -> Entry | None:
        return next(iter(self._entries(seq - 1)), None) if self._next - self._kept <= seq < self._next else None

    async def wait(self, wanted: Filter, count: int, seconds: float) -> None:
        """Return when `count` matching calls are there, or the time is over."""
        missing = count - len(self.find(wanted, count))
        if missing <= 0 or seconds <= 0:
            return
        done = asyncio.Event()

        def heard(entry: Entry) -> None:
            nonlocal missing
            missing -= wanted.matches(entry)
            if missing <= 0:
                done.set()

        self._waiters.append(heard)
        try:
            async with asyncio.timeout(seconds):
                await done.wait()
        except TimeoutError:
            return
        finally:
            self._waiters.remove(heard)

    def clear(self) -> None:
        """Forget the calls; the sequence goes on."""
        self._ring.clear()
        self._first = self._next
