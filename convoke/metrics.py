"""Figures for Prometheus: what waits, how late it is, what became of what was sent, how soon people are answered."""

import hmac
import logging
import math
from collections import Counter as Tally
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from domain import operation
from domain.content import Content
from domain.outcomes import Outcome
from domain.sharing import Stale
from jobs.messenger import Messenger
from storage import Database, DatabaseUnavailableError, reason_of

_log = logging.getLogger(__name__)

_KINDS = ("feeds", "webinars", "calendar", "static", "telegram", "metrics", "healthz", "readyz")
_OTHER = "page"
_REPLY_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """One registry for one process. No figure has a person's or a webinar's name on it."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._waiting = Gauge(
            "convoke_deliveries_waiting", "Messages in the outbox.", ["kind", "state"], registry=self._registry
        )
        self._lag = Gauge(
            "convoke_delivery_lag_seconds",
            "For how long the oldest message that is due has been due.",
            registry=self._registry,
        )
        self._trouble = Gauge(
            "convoke_deliveries_troubled",
            "Messages that failed or are doubtful and that no administrator has looked at.",
            ["state"],
            registry=self._registry,
        )
        self._sends = Counter(
            "convoke_sends",
            "Messages brought to Telegram, by what became of them.",
            ["outcome"],
            registry=self._registry,
        )
        self._replies = Histogram(
            "convoke_reply_seconds",
            "From an update's arrival to its reply.",
            buckets=_REPLY_BUCKETS,
            registry=self._registry,
        )
        self._requests = Counter(
            "convoke_http_requests",
            "Requests, by the first part of the path.",
            ["path", "status"],
            registry=self._registry,
        )
        self._answered: dict[str, Tally[int]] = {kind: Tally() for kind in (*_KINDS, _OTHER)}
        """By status, until the next look: labels take longer than an answer."""
        self.answered = lru_cache(1_000)(self._tally)
        """Where the answers of a path are counted by their status."""

    def sent(self, outcome: Outcome) -> None:
        self._sends.labels(type(outcome).__name__.lower()).inc()

    def replied(self, seconds: float) -> None:
        self._replies.observe(seconds)

    def _tally(self, path: str) -> Tally[int]:
        """Only known paths have a figure of their own: strangers can't make more of them."""
        first = path[1:].partition("/")[0]
        return self._answered[first if first in _KINDS else _OTHER]

    def page(self, figures: operation.Figures | None, now: datetime) -> bytes:
        """While the figures of the outbox are not known it says so, and those of the process all the same."""
        for kind, answered in self._answered.items():
            for status, number in answered.items():
                self._requests.labels(kind, str(status)).inc(number)
            answered.clear()
        self._waiting.clear()
        self._trouble.clear()
        self._lag.set(math.nan)
        if figures:
            self._show(figures, now)
        return generate_latest(self._registry)

    def _show(self, figures: operation.Figures, now: datetime) -> None:
        for (kind, state), number in figures.waiting.items():
            self._waiting.labels(kind.value, state.value).set(number)
        for state, number in figures.troubled.items():
            self._trouble.labels(state.value).set(number)
        self._lag.set(figures.lag(now).total_seconds())


def route(metrics: Metrics, database: Database, token: str | None, now: Callable[[], datetime]) -> Route:
    """`/metrics`. With a token set, only for those who say it: `Authorization: Bearer TOKEN`."""

    async def answer(request: Request) -> Response:
        said = request.headers.get("Authorization", "")
        if token and not hmac.compare_digest(said.encode(), f"Bearer {token}".encode()):
            return PlainTextResponse("Say the token of [web] metrics_token.\n", 401, {"WWW-Authenticate": "Bearer"})
        try:
            figures = await database.read(operation.figures, now=now())
        except DatabaseUnavailableError as error:
            _log.error("metrics: the database cannot be used: %s", reason_of(error))
            figures = None
        return Response(metrics.page(figures, now()), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    return Route("/metrics", answer)


class Counted:
    """A messenger whose outcomes are counted."""

    def __init__(self, messenger: Messenger, metrics: Metrics) -> None:
        self._messenger = messenger
        self._metrics = metrics

    async def send(self, chat_id: int, language: str, content: Content) -> Outcome:
        outcome = await self._messenger.send(chat_id, language, content)
        self._metrics.sent(outcome)
        return outcome

    async def refresh(self, shared: Stale) -> Outcome:
        return await self._messenger.refresh(shared)
