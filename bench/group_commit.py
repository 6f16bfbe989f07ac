"""An experiment: several callers' transactions share one COMMIT. Convoke itself does not do this."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlmodel import Session

from storage.engine import open_engine

P = ParamSpec("P")
T = TypeVar("T")

_MOST = 64


class Writer(Protocol):
    """What `Database` and this experiment have in common."""

    async def write(self, use_case: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T: ...


class GroupCommit:
    """One thread takes all calls that have come meanwhile, each in its own session on a savepoint.

    A call that fails takes its whole group with it: enough to measure, not enough to use.
    """

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url, "write", connections=1)
        self._thread = ThreadPoolExecutor(1)
        self._waiting: list[tuple[Callable[[Session], Any], asyncio.Future[Any]]] = []
        self._working: asyncio.Task[None] | None = None

    async def write(self, use_case: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        result: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((lambda session: use_case(session, *args, **kwargs), result))
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work())
        return await result

    async def _work(self) -> None:
        while self._waiting:
            group, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
            calls, futures = zip(*group, strict=True)
            committed = partial(self._commit, calls)
            try:
                results = await asyncio.get_running_loop().run_in_executor(self._thread, committed)
            except Exception as error:  # noqa: BLE001 -- whoever waits must be told
                for future in futures:
                    future.set_exception(error)
            else:
                for future, result in zip(futures, results, strict=True):
                    future.set_result(result)

    def _commit(self, calls: tuple[Callable[[Session], Any], ...]) -> list[Any]:
        results = []
        with self._engine.begin() as connection:
            for call in calls:
                session = Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint")
                with session, session.begin():
                    results.append(call(session))
        return results

    def close(self) -> None:
        self._thread.shutdown()
        self._engine.dispose()
