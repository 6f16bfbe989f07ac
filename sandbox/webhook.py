"""Updates brought to the bot's own address, in order for each chat, again and again until it says 2xx."""

import asyncio
from collections import deque
from dataclasses import dataclass

import httpx

from sandbox.clock import Clock
from sandbox.jsons import JsonObject, dump
from sandbox.updates import Update, UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- the name of a header
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 60.0
ANSWER_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    url: str
    secret_token: str = ""
    max_connections: int = 40


def pause_after(failures: int) -> float:
    """The first repetition comes at once, each later one after twice the time."""
    return 0.0 if failures <= 1 else min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(failures - 2, 16))


class Webhook:
    """A lane is what stays in order; lanes go side by side, as many as there may be connections."""

    def __init__(self, settings: Settings, queue: UpdateQueue, clock: Clock) -> None:
        self.settings = settings
        self.last_error: tuple[int, str] | None = None
        self._queue = queue
        self._clock = clock
        self._lanes: dict[int, deque[Update]] = {}
        self._ready: deque[int] = deque()
        self._workers: set[asyncio.Task[None]] = set()
        self._failures: dict[int, int] = {}
        self._client = httpx.AsyncClient(timeout=ANSWER_SECONDS, trust_env=False)
        self._closed = False

    def start(self) -> None:
        """Begin with what is already waiting."""
        for update in self._queue.pending:
            self.add(update)

    def add(self, update: Update) -> None:
        lane = self._lanes.get(update.lane)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[update.lane] = deque([update])
        self._wake(update.lane)

    def _wake(self, lane: int) -> None:
        if self._closed:
            return
        self._ready.append(lane)
        if len(self._workers) < self.settings.max_connections:
            worker = asyncio.get_running_loop().create_task(self._work())
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)

    async def _work(self) -> None:
        while self._ready:
            lane = self._ready.popleft()
            update = self._lanes[lane][0]
            if not self._queue.holds(update.id) or await self._deliver(update):
                self._done(lane, update)
            else:
                self._failures[lane] = self._failures.get(lane, 0) + 1
                asyncio.get_running_loop().call_later(pause_after(self._failures[lane]), self._wake, lane)

    def _done(self, lane: int, update: Update) -> None:
        self._queue.take(update.id)
        self._failures.pop(lane, None)
        waiting = self._lanes[lane]
        waiting.popleft()
        if waiting:
            self._wake(lane)
        else:
            del self._lanes[lane]

    async def _deliver(self, update: Update) -> bool:
        headers = {"content-type": "application/json"}
        if self.settings.secret_token:
            headers[SECRET_HEADER] = self.settings.secret_token
        try:
            answer = await self._client.post(self.settings.url, content=dump(update.json()), headers=headers)
        except httpx.HTTPError as error:
            self._failed(str(error) or type(error).__name__)
            return False
        if answer.is_success:
            return True
        self._failed(f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}")
        return False

    def _failed(self, message: str) -> None:
        self.last_error = (self._clock.date(), message)

    def info(self) -> JsonObject:
        shown: JsonObject = {"url": self.settings.url, "max_connections": self.settings.max_connections}
        if self.last_error is not None:
            shown |= {"last_error_date": self.last_error[0], "last_error_message": self.last_error[1]}
        return shown | {"ip_address": httpx.URL(self.settings.url).host}

    async def close(self) -> None:
        """Stop delivering; what was not confirmed stays in the queue."""
        self._closed = True
        self._ready.clear()
        workers = list(self._workers)
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        await self._client.aclose()
