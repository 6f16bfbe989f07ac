"""Hearing of what others write, without a query each time: for those who keep in memory what they have read."""

import asyncio
import contextlib
import logging
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import psycopg
from sqlalchemy import URL, make_url

from storage.engine import sqlite_file

_LOOK_EVERY_S = 0.2
_BEAT_S, _SILENCE_S = 0.5, 1.5
_AGAIN_S = 1.0
_CHANNEL, _BEAT = "convoke", "beat "

_log = logging.getLogger(__name__)


class Hearing(Protocol):
    """What is written by this process is heard too, but perhaps only after whoever wrote it has been told."""

    def heard(self) -> tuple[int, bool]:
        """A number that grows whenever something may have been written, and at once while the second is true.

        Else something may have been missed. This is asked for with every request.
        """


@asynccontextmanager
async def listening(url: str) -> AsyncIterator[Hearing]:
    """Listen as long as the block lasts."""
    file = sqlite_file(url)
    if file is not None:
        with contextlib.closing(FileHearing(file)) as by_file:
            yield by_file
        return
    hearing = PostgresHearing(make_url(url))
    task = asyncio.create_task(hearing.listen())
    try:
        yield hearing
    finally:
        task.cancel()
        await asyncio.wait([task])


class FileHearing:
    """A SQLite database counts what is committed by whatever process. To ask takes microseconds and reads no page."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None, timeout=0)
        self._look_at = float("-inf")
        self._version: int | None = None
        self._heard = 0

    def close(self) -> None:
        self._connection.close()
        self._version, self._look_at = None, float("inf")

    def heard(self) -> tuple[int, bool]:
        if time.monotonic() >= self._look_at:
            self._look()
        return self._heard, self._version is not None

    def _look(self) -> None:
        self._look_at = time.monotonic() + _LOOK_EVERY_S
        try:
            version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        except sqlite3.Error:
            version = None
        self._heard += version != self._version
        self._version = version


class PostgresHearing:
    """One connection that LISTENs. It tells itself something twice a second: if that is not heard, nothing would be."""

    def __init__(self, url: URL) -> None:
        _, self._parameters = url.get_dialect()().create_connect_args(url)
        self._name = f"{_BEAT}{uuid4()}"
        self._alive_at = float("-inf")
        self._heard = 0

    def heard(self) -> tuple[int, bool]:
        return self._heard, time.monotonic() - self._alive_at < _SILENCE_S

    async def listen(self) -> None:
        """Without end. A connection that is lost is made again; what was missed meanwhile counts as heard."""
        while True:
            try:
                async with await self._connect() as connection:
                    await connection.execute(f"LISTEN {_CHANNEL}")
                    self._heard += 1
                    await self._follow(connection)
            except (psycopg.OperationalError, TimeoutError) as error:
                self._alive_at = float("-inf")
                _log.warning("not told of changes (%s): looking for them every second", type(error).__name__)
            await asyncio.sleep(_AGAIN_S)

    async def _connect(self) -> psycopg.AsyncConnection[tuple[object, ...]]:
        async with asyncio.timeout(_SILENCE_S):
            return await psycopg.AsyncConnection.connect(**self._parameters, autocommit=True)

    async def _follow(self, connection: psycopg.AsyncConnection[tuple[object, ...]]) -> None:
        while True:
            async with asyncio.timeout(_SILENCE_S):
                await connection.execute("SELECT pg_notify(%s, %s)", [_CHANNEL, self._name])
            async for notification in connection.notifies(timeout=_BEAT_S):
                if notification.payload == self._name:
                    self._alive_at = time.monotonic()
                self._heard += not notification.payload.startswith(_BEAT)
