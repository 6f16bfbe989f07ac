"""Presses and inline queries that wait for the bot's answer."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field

from sandbox.clock import Clock, Sequence
from sandbox.errors import bad_request
from sandbox.jsons import JsonObject

ANSWER_SECONDS = 15.0
KEPT = 10_000
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_ID_FACTOR = 1_000_003


@dataclass(slots=True)
class Query:
    """Something a person did that the bot answers once, and soon."""

    id: str
    bot_id: int
    user_id: int
    asked: float
    answer: JsonObject | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)


class Queries:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ids = Sequence()
        self._queries: OrderedDict[str, Query] = OrderedDict()

    def open(self, bot_id: int, user_id: int) -> Query:
        query = Query(str(self._ids.take() * _ID_FACTOR), bot_id, user_id, self._clock.now())
        self._queries[query.id] = query
        while len(self._queries) > KEPT:
            self._queries.popitem(last=False)
        return query

    def clear(self) -> None:
        self._queries.clear()

    def find(self, query_id: str) -> Query | None:
        return self._queries.get(query_id)

    def answer(self, bot_id: int, query_id: str, answer: JsonObject) -> Query:
        """Answer once, within the time; anything else is refused with Telegram's one sentence for all of it."""
        query = self._queries.get(query_id)
        if query is None or query.bot_id != bot_id or query.answer is not None:
            raise bad_request(_TOO_OLD)
        if self._clock.now() - query.asked > ANSWER_SECONDS:
            raise bad_request(_TOO_OLD)
        query.answer = answer
        query.answered.set()
        return query
