"""A way for connections that a test can close, and that leads to several places in turn."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from sqlalchemy import make_url

from tests.acceptance.process import free_port

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Place = Callable[[], Awaitable[Streams]]


class Way:
    """Whoever connects to its port gets to the next of the places that takes them.

    When it is closed, what is on it is cut off, and nobody gets through.
    """

    def __init__(self, places: Sequence[Place]) -> None:
        self.port = free_port()
        self._places = list(places)
        self._server: asyncio.Server | None = None
        self._on_it: set[asyncio.StreamWriter] = set()

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._pass, "127.0.0.1", self.port)

    def close(self) -> None:
        assert self._server
        self._server.close()
        for writer in self._on_it:
            writer.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        onward, back = await self._next()
        self._on_it |= {writer, back}
        with contextlib.suppress(OSError):
            await asyncio.gather(_pour(reader, back), _pour(onward, writer))
        self._on_it -= {writer, back}

    async def _next(self) -> Streams:
        self._places.append(self._places.pop(0))
        for place in self._places[:-1]:
            with contextlib.suppress(OSError):
                return await place()
        return await self._places[-1]()


async def _pour(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while part := await source.read(65_536):
        target.write(part)
        await target.drain()
    target.close()


def way_to_postgres(storage_url: str) -> tuple[Way, str]:
    """A way to the server of the tests, and the address of the same database over it."""
    url = make_url(storage_url)
    way = Way([partial(asyncio.open_unix_connection, f"{url.query['host']}/.s.PGSQL.{url.query['port']}")])
    over_it = url.set(host="127.0.0.1", port=way.port).difference_update_query(["host", "port"])
    return way, over_it.render_as_string(hide_password=False)


def way_to_ports(ports: Sequence[int]) -> Way:
    return Way([partial(asyncio.open_connection, "127.0.0.1", port) for port in ports])
