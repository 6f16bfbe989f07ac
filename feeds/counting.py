"""Counts how requests were answered, for whoever keeps count."""

from collections import Counter
from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Answered = Callable[[str], Counter[int]]
"""Where the answers of a path are counted by their status."""


class CountRequests:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, answered: Answered) -> None:
        self._app = app
        self._answered = answered

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        def counting(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start":
                self._answered(scope["path"])[message["status"]] += 1
            return send(message)

        await self._app(scope, receive, counting if scope["type"] == "http" else send)
