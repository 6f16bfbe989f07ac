"""Reading for a request: within the time that somebody waits for an answer."""

import asyncio
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from storage import Database, Session

P = ParamSpec("P")
T = TypeVar("T")

_PATIENCE_SECONDS = 10


async def read(
    database: Database, query: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """As `database.read`; TimeoutError if the database does not answer."""
    async with asyncio.timeout(_PATIENCE_SECONDS):
        return await database.read(query, *args, **kwargs)
