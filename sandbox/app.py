"""All of the sandbox as one ASGI application."""

import asyncio
import contextlib
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.botapi import BotApi
from sandbox.control.acting import Acting
from sandbox.control.looking import Looking
from sandbox.control.setting import Setting
from sandbox.control.watching import Watching
from sandbox.guard import Guard
from sandbox.page import page
from sandbox.panel import Panel, nothing
from sandbox.stopping import Stoppable
from sandbox.world import World

_STATIC = Path(__file__).with_name("static")


def controls(world: World, panel: Panel = nothing) -> list[Route]:
    """The control interface that tests and the page use."""
    looking = Looking(world, panel)
    return [*Acting(world).routes(), *Setting(world).routes(), *looking.routes(), *Watching(world).routes()]


def build(world: World, host: str, stopping: asyncio.Event, panel: Panel) -> ASGIApp:
    page_routes = [
        Route("/", page, methods=["GET"]),
        Route("/t.me/{bot}", page, methods=["GET"]),
        Mount("/static", _Fresh(directory=_STATIC)),
    ]
    others = Stoppable(Starlette(routes=[*controls(world, panel), *page_routes]), stopping)
    bots = BotApi(world)
    return Guard(_Switch(world, bots, Stoppable(bots, stopping), others), host)


class _Fresh(StaticFiles):
    """Asks again each time: after an update nobody looks at yesterday's page."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = "no-cache"
        return response


class _Switch:
    """Calls of bots go their own short way, for they are many; what may wait goes the way that can be stopped."""

    def __init__(self, world: World, bots: ASGIApp, waiting_bots: ASGIApp, others: ASGIApp) -> None:
        self._world = world
        self._bots = bots
        self._waiting_bots = waiting_bots
        self._others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Whoever hangs up in the middle of a request hears nothing, and nothing has gone wrong here.
        with contextlib.suppress(ClientDisconnect):
            await self._app_of(scope)(scope, receive, send)

    def _app_of(self, scope: Scope) -> ASGIApp:
        path = scope.get("path", "")
        if not path.startswith(("/bot", "/file/bot")):
            return self._others
        waits = path.lower().endswith("/getupdates") or len(self._world.faults) > 0
        return self._waiting_bots if waits else self._bots
