"""The sandbox as a server, of its own or inside a running event loop."""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from sandbox.app import build
from sandbox.errors import SandboxError
from sandbox.panel import Panel, nothing
from sandbox.people import Person
from sandbox.statefile import StateFile
from sandbox.world import World

_SHUTDOWN_SECONDS = 3
_BACKLOG = 2048
_IDLE_SECONDS = 75
"""Longer than clients keep an idle connection: where the server ends it first, a call just begun is lost with it."""


class StartError(SandboxError):
    """The address or port cannot be had."""


class _Server(uvicorn.Server):
    """Leaves the signals to the program it runs in, and stops at once instead of at the next tick."""

    def __init__(self, config: uvicorn.Config, stopping: asyncio.Event) -> None:
        super().__init__(config)
        self._stopping = stopping

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def main_loop(self) -> None:
        await self._stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close what is idle, give what is being answered a moment, and end."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_SHUTDOWN_SECONDS):
                while self.server_state.tasks:
                    await asyncio.wait(set(self.server_state.tasks))
        for task in self.server_state.tasks:
            task.cancel()


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A running sandbox: its world and application for programs in the same process, its address for everybody else."""

    world: World
    app: ASGIApp
    host: str
    port: int

    @property
    def url(self) -> str:
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    @property
    def bot_url(self) -> str:
        """What a bot takes as its `base_url`; the token follows."""
        return f"{self.url}/bot"

    @property
    def file_url(self) -> str:
        return f"{self.url}/file/bot"


@asynccontextmanager
async def serving(
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    people: Sequence[Person] = (),
    state: Path | None = None,
    panel: Panel = nothing,
) -> AsyncIterator[Sandbox]:
    """Serve while the block runs. Port 0 takes a free one; `state` is where everything survives a restart."""
    world, stopping = World(), asyncio.Event()
    with contextlib.closing(_listen(host, port)) as listener:
        keeper = None if state is None else StateFile(state, world)
        if keeper is not None:
            keeper.load()
        for person in people:
            if person.id not in world.people:
                world.put_person(person)
        app = build(world, host, stopping, panel)
        server = _Server(config(app), stopping)
        running = asyncio.create_task(server.serve([listener]))
        try:
            yield Sandbox(world, app, host, listener.getsockname()[1])
        finally:
            stopping.set()
            for bot in world.bots.values():
                if bot.webhook is not None:
                    await bot.webhook.close()
            await running
            if keeper is not None:
                await keeper.close()


def config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        date_header=False,
        timeout_keep_alive=_IDLE_SECONDS,
    )


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything else: whoever connects from now on is served as soon as the server runs."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small answers at once only where the protocol is given; otherwise each one waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise StartError(f"The sandbox cannot listen on {host} port {port}: {os.strerror(error.errno or 0)}") from error
    return listener
