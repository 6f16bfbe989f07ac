"""What happens, as a stream for the windows that look on."""

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from sandbox.jsons import dump
from sandbox.world import World

_SILENCE = 15.0


class Watching:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        return [Route("/_/events", self.events, methods=["GET"])]

    async def events(self, request: Request) -> Response:
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers={"cache-control": "no-store"})

    async def _stream(self) -> AsyncIterator[bytes]:
        with self._world.events.window() as window:
            yield b"retry: 1000\n\n"
            while True:
                try:
                    async with asyncio.timeout(_SILENCE):
                        told = await window.get()
                except TimeoutError:
                    yield b": still here\n\n"
                else:
                    yield b"data: " + dump(told) + b"\n\n"
