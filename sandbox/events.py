"""What happens, told to the windows that look on."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias

from sandbox.jsons import Json, JsonObject

BACKLOG = 1000
LOST: JsonObject = {"event": "reload"}
Window: TypeAlias = "asyncio.Queue[JsonObject]"


class Bell:
    """Wakes everybody who waits for something to happen."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def wait(self, seconds: float) -> None:
        """Until the next ring, or the time is over."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            async with asyncio.timeout(seconds):
                await waiter
        except TimeoutError:
            return
        finally:
            self._waiting.discard(waiter)


class Events:
    """A window that does not keep up is told to load everything again."""

    def __init__(self) -> None:
        self._windows: set[Window] = set()

    @property
    def watched(self) -> bool:
        return bool(self._windows)

    def tell(self, event: str, **details: Json) -> None:
        if not self._windows:
            return
        told: JsonObject = {"event": event} | details
        for window in self._windows:
            if window.full():
                while not window.empty():
                    window.get_nowait()
                window.put_nowait(LOST)
            else:
                window.put_nowait(told)

    @contextmanager
    def window(self) -> Iterator[Window]:
        opened: Window = asyncio.Queue(BACKLOG)
        self._windows.add(opened)
        try:
            yield opened
        finally:
            self._windows.discard(opened)
