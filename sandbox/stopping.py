"""Requests that wait for something end when the server stops, instead of holding it up."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_GONE = (
    {"type": "http.response.start", "status": 503, "headers": [(b"content-type", b"application/json")]},
    {"type": "http.response.body", "body": b'{"ok":false,"error_code":503,"description":"Service Unavailable"}'},
)


class Stoppable:
    """Ends whatever still runs when `stopping` is set: with 503 if nothing was sent yet, else where it stands."""

    def __init__(self, app: ASGIApp, stopping: asyncio.Event) -> None:
        self._app = app
        self._stopping = stopping

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        running = asyncio.create_task(self._run(scope, receive, watched))
        stop = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({running, stop}, return_when=asyncio.FIRST_COMPLETED)
            ended = running.done()
        finally:
            stop.cancel()
            running.cancel()
        if ended:
            await running
            return
        await asyncio.wait({running})
        for message in ({"type": "http.response.body", "body": b""},) if started else _GONE:
            await send(message)

    async def _run(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)
