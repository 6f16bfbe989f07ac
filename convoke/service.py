"""Everything wired into one process: built, started, watched, stopped."""

import asyncio
import contextlib
import gc
import logging
import secrets
import signal
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime
from socket import socket
from typing import Any

import uvloop
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from bot import app as bot_app
from bot import webhook
from bot.chat import Chat
from bot.context import App
from bot.messenger import TelegramMessenger
from convoke import configuration, metrics, web, wiring
from convoke.metrics import Counted, Metrics
from convoke.roles import Role
from convoke.settings import Settings
from convoke.turns import Turns
from convoke.wiring import Clock
from domain import changes, installation, registration
from domain.coming import Coming
from domain.consortium import Consortium, synchronise
from domain.people import appoint_admins
from feeds import app as feeds_app
from feeds.app import FeedOptions
from feeds.counting import CountRequests
from feeds.health import Check, health_routes
from feeds.render import Renderer
from jobs.clockwork import Clockwork
from storage import Database, DatabaseUnavailableError, migrate, reason_of

_log = logging.getLogger(__name__)

_FAREWELL_S, _PARTING_S = 3.0, 0.5


def utc_now() -> datetime:
    return datetime.now(UTC)


def run(settings: Settings, roles: frozenset[Role]) -> int:
    """Serve until SIGTERM or SIGINT. Returns the exit code."""
    consortium = configuration.load_consortium(settings)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_run(settings, consortium, roles))


async def _run(settings: Settings, consortium: Consortium, roles: frozenset[Role]) -> int:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await serve(settings, consortium, roles, stop, now=utc_now)
    return 0


async def serve(
    settings: Settings,
    consortium: Consortium,
    roles: frozenset[Role],
    stop: asyncio.Event,
    *,
    now: Clock,
    watch: Callable[[Clockwork], None] | None = None,
) -> None:
    """Work in these roles until `stop` is set, or one part fails; then end in order.

    `watch` is given the clockwork before it starts, by those who show what it does.
    """
    listener = web.listen(settings.web.host, settings.web.port)
    migrate(settings.storage.url)
    database = Database(settings.storage.url)
    try:
        secret = await _prepare(database, settings, consortium, now)
        process = _Process(settings, consortium, roles, database, secret, now)
        if watch:
            watch(process.clockwork)
        gc.freeze()  # all of this stays: to look through it for garbage took 0.2 s, in which nobody was answered
        async with database.listening() if Role.FEEDS in roles else contextlib.nullcontext():
            await process.run(listener, stop)
    finally:
        await database.close()
        listener.close()


async def _prepare(database: Database, settings: Settings, consortium: Consortium, now: Clock) -> bytes:
    """Bring the database in line with the files. Returns the secret that signs links."""
    await database.write(synchronise, consortium, now=now())
    await database.write(appoint_admins, settings.telegram.admins, now=now())
    await database.write(registration.leave_meetings, now=now())
    await database.write(changes.follow_clocks, now=now())
    await database.write(installation.keep_redirects, on=settings.join_redirects)
    if settings.web.secret:
        return settings.web.secret.get_secret_value().encode()
    return (await database.write(installation.secret, secrets.token_hex(32))).encode()


class _Process:
    """The parts that this process's roles need, and the order in which they come and go."""

    def __init__(
        self,
        settings: Settings,
        consortium: Consortium,
        roles: frozenset[Role],
        database: Database,
        secret: bytes,
        now: Clock,
    ) -> None:
        self._roles = roles
        self._database = database
        self._ending = asyncio.Event()
        self._coming_up: asyncio.Task[None] | None = None
        self._work: list[asyncio.Task[object]] = []
        self._metrics = Metrics()
        coming = Coming()
        options = wiring.feed_options(settings, consortium, secret, self._username)
        application = bot_app.build(
            settings.telegram.token.get_secret_value(),
            settings.telegram.api_url,
            wiring.kit(settings, database, secret, Renderer(options), coming, now),
            messages_per_second=settings.delivery.messages_per_second,
            replied=self._metrics.replied,
        )
        self._known_username: str | None = None
        self._chat = Chat(application, wiring.webhook(settings))
        self._turns = Turns(database, self._chat, now) if settings.telegram.mode == "polling" else None
        messenger = Counted(TelegramMessenger(application.bot, now, wiring.door(settings, secret)), self._metrics)
        self._postman, self.clockwork = wiring.post_office(settings, database, messenger, now)
        pages = self._routes(settings, application, options, coming, now)
        self._server = web.WebServer(pages, settings.web)

    def _username(self) -> str | None:
        return self._chat.username or self._known_username

    def _routes(
        self, settings: Settings, application: App, options: FeedOptions, coming: Coming, now: Clock
    ) -> ASGIApp:
        checks: dict[str, Check] = {"database": self._why_no_database}
        if self._roles & {Role.BOT, Role.JOBS}:
            checks["telegram"] = self._chat.why_not_ready
        token = settings.web.metrics_token
        said = token.get_secret_value() if token else None
        routes: list[BaseRoute] = [
            *health_routes(checks),
            metrics.route(self._metrics, self._database, said, now),
        ]
        if Role.BOT in self._roles and settings.telegram.webhook_secret and settings.telegram.mode == "webhook":
            routes.append(webhook.route(application, settings.telegram.webhook_secret.get_secret_value()))
        if Role.FEEDS in self._roles:
            answered = self._metrics.answered
            return feeds_app.build(
                self._database, options, now=now, coming=coming, extra_routes=routes, answered=answered
            )
        return CountRequests(Starlette(routes=routes), self._metrics.answered)

    async def _why_no_database(self) -> str | None:
        """Anybody may ask, so where it is and what it says itself stands in the log alone."""
        try:
            await self._database.read(installation.bot_username)
        except DatabaseUnavailableError as error:
            _log.warning("not ready: the database cannot be used: %s", reason_of(error))
            return "it cannot be used; the log says why"
        return None

    async def run(self, listener: socket, stop: asyncio.Event) -> None:
        """Work until told to stop or until a part fails, whose error is raised after everything has ended."""
        self._known_username = await self._database.read(installation.bot_username)
        parts = [asyncio.create_task(self._server.serve(sockets=[listener]))]
        if self._roles & {Role.BOT, Role.JOBS}:
            parts.append(asyncio.create_task(self._talk()))
        told = asyncio.create_task(stop.wait())
        await asyncio.wait([*parts, told], return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        await self._end(parts)

    async def _talk(self) -> None:
        """Connect to Telegram, then receive and send as the roles ask, without end."""
        self._coming_up = asyncio.create_task(self._come_up())
        await self._coming_up
        _log.info("ready as @%s", self._chat.username)
        work: list[Coroutine[None, None, object]] = [self._ending.wait()]
        if Role.BOT in self._roles and self._turns:
            work.append(self._turns.keep(self._ending))
        if Role.JOBS in self._roles and not self._ending.is_set():
            self.clockwork.start()
            work.append(self._postman.run())
        self._work = [asyncio.create_task(part) for part in work]
        await asyncio.gather(*self._work)

    async def _come_up(self) -> None:
        await self._chat.connect()
        if username := self._chat.username:
            await self._database.write(installation.keep_bot_username, username)
        if Role.BOT in self._roles:
            await self._chat.receive()

    async def _end(self, parts: list[asyncio.Task[None]]) -> None:
        """Take no more in, finish what is at hand, give the rest back."""
        self.clockwork.stop()
        self._postman.stop()
        self._server.should_exit = True
        self._ending.set()
        if self._coming_up:  # told to stop before it was up: what has come up so far is taken down below
            self._coming_up.cancel()
            await asyncio.wait([self._coming_up])
        taps = asyncio.create_task(self._finish_taps(parts))
        await _finish([*parts, *self._work, taps])  # if one part of the work has failed the others still go on
        if Role.BOT in self._roles and self._turns:
            with contextlib.suppress(TimeoutError):  # then the lease ends by itself
                await asyncio.wait_for(self._turns.leave(), _PARTING_S)
        await self._chat.disconnect()
        errors = [part.exception() for part in (*parts, taps) if part.done() and not part.cancelled()]
        for error in filter(None, errors):
            raise error

    async def _finish_taps(self, parts: list[asyncio.Task[None]]) -> None:
        await self._chat.stop_receiving()
        await asyncio.wait(parts)
        await self._chat.stop_receiving()  # it may have begun only now, if the end came during the start


async def _finish(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Wait until they have ended; what takes too long is broken off. Nothing that hangs can keep us for ever."""
    _, late = await asyncio.wait(tasks, timeout=_FAREWELL_S)
    if late:
        _log.warning("stopped in the middle of what had not ended after %.0f s", _FAREWELL_S)
        for task in late:
            task.cancel()
        await asyncio.wait(late, timeout=_PARTING_S)
