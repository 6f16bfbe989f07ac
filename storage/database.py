"""The asynchronous face of synchronous storage: one call is one transaction."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from threading import Event, Lock
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

import psycopg
from sqlalchemy import make_url
from sqlmodel import Session

from storage.engine import in_use, open_engine
from storage.hearing import Hearing, listening

P = ParamSpec("P")
T = TypeVar("T")

_SQLITE_READERS = 3
_POSTGRES_CONNECTIONS = 16
_PATIENCE_S = 0.5


class Written(NamedTuple):
    """How much has been written: while `times` stays the same nothing of ours has changed, nor, if `by_all`, of others.

    It never gets less. Ours counts before whoever wrote it is told, what others write within two seconds.
    """

    times: int
    by_all: bool


class Database:
    """Runs use cases and queries in threads, each in its own session and transaction.

    SQLite gets one writer thread, so writers queue in order instead of fighting for the lock, and a few readers
    that may not write. PostgreSQL gets one pool of threads as large as its pool of connections. A result is handed
    back only after its COMMIT; a cancelled `await` does not stop the thread.
    """

    def __init__(self, url: str) -> None:
        self.commits = 0
        """How many writes this process has committed.

        Counted in the thread, as the write of a cancelled caller is committed too.
        """
        self._counting = Lock()
        self._url = url
        self._hearing: Hearing | None = None
        self._heard_before = 0
        self.is_shared = make_url(url).get_backend_name() != "sqlite"
        """Whether several processes may work on it: a SQLite database has one."""
        self._hurry = Event()
        self._at_work: set[Any] = set()
        if not self.is_shared:
            self._write_engine = open_engine(url, "write", connections=1, hurry=self._hurry)
            self._read_engine = open_engine(url, "read", connections=_SQLITE_READERS)
            self._writers = ThreadPoolExecutor(1, thread_name_prefix="write")
            self._readers = ThreadPoolExecutor(_SQLITE_READERS, thread_name_prefix="read")
        else:
            self._write_engine = self._read_engine = open_engine(url, "write", connections=_POSTGRES_CONNECTIONS)
            self._at_work = in_use(self._write_engine)
            self._writers = self._readers = ThreadPoolExecutor(_POSTGRES_CONNECTIONS, thread_name_prefix="database")

    async def write(self, use_case: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        def transaction() -> T:
            with Session(self._write_engine, expire_on_commit=False) as session, session.begin():
                result = use_case(session, *args, **kwargs)
            with self._counting:
                self.commits += 1
            return result

        return await asyncio.get_running_loop().run_in_executor(self._writers, transaction)

    async def read(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        def transaction() -> T:
            with Session(self._read_engine, expire_on_commit=False) as session:
                return query(session, *args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._readers, transaction)

    @property
    def written(self) -> Written:
        heard, by_all = self._hearing.heard() if self._hearing else (0, False)
        return Written(self.commits + self._heard_before + heard, by_all)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Know of what other processes write, as long as the block lasts. To be asked for once at a time."""
        async with listening(self._url) as hearing:
            self._hearing = hearing
            try:
                yield
            finally:
                self._hearing = None
                self._heard_before += hearing.heard()[0]

    async def close(self) -> None:
        """Let running transactions end, then close every connection.

        Whoever still waits then for a lock that another program holds is told at once that it cannot be had.
        """
        loop = asyncio.get_running_loop()
        executors = {self._writers, self._readers}
        ends = [loop.run_in_executor(None, executor.shutdown) for executor in executors]
        _, late = await asyncio.wait(ends, timeout=_PATIENCE_S)
        if late:
            for executor in executors:
                executor.shutdown(wait=False, cancel_futures=True)
            await loop.run_in_executor(None, self._break_off)
        await asyncio.gather(*ends)
        for engine in {self._write_engine, self._read_engine}:
            engine.dispose()

    def _break_off(self) -> None:
        self._hurry.set()
        for connection in [*self._at_work]:
            with contextlib.suppress(psycopg.Error):  # it has just ended by itself
                connection.cancel_safe(timeout=_PATIENCE_S)
