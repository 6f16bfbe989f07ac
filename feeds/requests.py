"""What a request asks for, and what is refused before it costs anything."""

import re

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from feeds.responses import refuse

_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_LONGEST_URL = 2_048


def requested_id(request: Request) -> str:
    """The id in the path. Whatever cannot be one never reaches the database."""
    found: str = request.path_params["id"]
    if not _ID.fullmatch(found):
        raise HTTPException(404)
    return found


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
