"""Tells whoever keeps count which paths were asked for, and how each was answered."""

from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Requested = Callable[[str, int], None]
"""Called with the path and the status of each answer."""


class CountRequests:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, requested: Requested) -> None:
        self._app = app
        self._requested = requested

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        def counting(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start":
                self._requested(scope["path"], message["status"])
            return send(message)

        await self._app(scope, receive, counting if scope["type"] == "http" else send)
