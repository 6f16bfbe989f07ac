"""The web application on a port of its own, in this process, with a clock that stands still."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.types import ASGIApp

from convoke.settings import WebSettings
from convoke.web import WebServer, listen


@asynccontextmanager
async def serving(app: ASGIApp) -> AsyncIterator[str]:
    """Gives its address."""
    listener = listen("127.0.0.1", 0)
    server = WebServer(app, WebSettings())
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await running
