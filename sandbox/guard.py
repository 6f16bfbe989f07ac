"""Who may talk to the sandbox: programs and pages of this machine, no page of another site."""

import re
from ipaddress import ip_address

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_TELLING = frozenset({b"host", b"origin", b"sec-fetch-site", b"sec-fetch-mode"})
_FOREIGN = frozenset({"cross-site", "same-site"})
_PAGE = re.compile(r"/(?:t\.me/\w+)?")


class Guard:
    """Refuse foreign origins everywhere, and unknown host names wherever people and tests talk.

    A page of another site cannot hide its Origin or that it is another site, and one that rebinds its name to this
    machine cannot hide its Host. A link from elsewhere may open the page, nothing more: where it leads to a bot,
    nothing is said before somebody presses Start.
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._host = host.strip("[]").lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._allows(scope):
            await self._app(scope, receive, send)
            return
        refusal = JSONResponse({"error": "Only pages and programs of this machine may talk to the sandbox"}, 403)
        await refusal(scope, receive, send)

    def _allows(self, scope: Scope) -> bool:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"] if name in _TELLING}
        host, origin = headers.get(b"host", ""), headers.get(b"origin")
        if origin is not None and origin.lower() != f"{scope['scheme']}://{host}".lower():
            return False
        followed = _PAGE.fullmatch(scope["path"]) and headers.get(b"sec-fetch-mode") == "navigate"
        if headers.get(b"sec-fetch-site", "none") in _FOREIGN and not followed:
            return False
        return scope["path"].startswith(("/bot", "/file/bot")) or self._is_known(host)

    def _is_known(self, host: str) -> bool:
        name = _name(host).lower()
        if name in {"localhost", self._host}:
            return True
        try:
            return ip_address(name).is_loopback
        except ValueError:
            return False


def _name(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]
