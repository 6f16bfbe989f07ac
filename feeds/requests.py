"""What a request asks for, and what is refused before it costs anything."""

import re
from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from feeds.responses import refuse

_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_LONGEST_URL = 2_048


def requested_id(request: Request) -> str:
    """The id in the path. Whatever cannot be one never reaches the database."""
    found: str = request.path_params["id"]
    if not _ID.fullmatch(found):
        raise HTTPException(404)
    return found


class AnswerAtOnce:
    """In front of everything else: what calendar apps ask all the time is answered without looking for a route.

    `answer` has two messages or nothing: then the request goes its usual way.
    """

    def __init__(self, app: ASGIApp, answer: Callable[[Scope], tuple[Message, Message] | None]) -> None:
        self._app = app
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._answer(scope) if scope["type"] == "http" else None
        if found is None:
            await self._app(scope, receive, send)
            return
        for message in found:
            await send(message)


class RefuseLongAddresses:
    """In front of the routes: a longer address is a mistake or an attack."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        if scope["type"] == "http":
            length = len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"])
            if length > _LONGEST_URL:
                app = refuse(414, "This address is too long.")
        await app(scope, receive, send)
