"""The bot as a running thing: it comes up however long Telegram takes to answer, and goes down without losing a tap."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter

from bot import profile
from bot.app import ALLOWED_UPDATES
from bot.context import App
from storage import ConvokeError

_log = logging.getLogger(__name__)

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 30.0
_LONG_POLL_S = 10


class TokenRefusedError(ConvokeError):
    """Telegram does not know the bot's token."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram is to bring updates, and the secret by which we know it is Telegram."""

    url: str
    secret: str


class Chat:
    """Receives updates by polling, or by webhook if one is given; sending needs only `connect`."""

    def __init__(self, application: App, webhook: Webhook | None) -> None:
        self._application = application
        self._webhook = webhook
        self._connected = False

    @property
    def username(self) -> str | None:
        """Without the @; nothing until Telegram has told us."""
        return self._application.bot.username if self._connected else None

    async def why_not_ready(self) -> str | None:
        return None if self._connected else "Telegram has not answered yet"

    async def connect(self) -> None:
        """Ask Telegram who we are, again and again until it answers. Raises TokenRefusedError."""
        try:
            await _insist(self._application.initialize)
        except InvalidToken:
            raise TokenRefusedError from None
        self._connected = True

    async def receive(self) -> None:
        """Be ready for updates. `connect` comes first, and without a webhook `poll` after it."""
        await self._application.start()
        await profile.publish(self._application.bot)
        if self._webhook:
            await _insist(partial(self._set_webhook, self._webhook))

    async def poll(self, *, on: bool) -> None:
        """Begin or end to ask for updates; what is so already stays so."""
        updater = self._application.updater
        assert updater
        if on and not updater.running:
            await updater.start_polling(timeout=_LONG_POLL_S, allowed_updates=ALLOWED_UPDATES, bootstrap_retries=-1)
        elif not on and updater.running:
            await updater.stop()

    async def stop_receiving(self) -> None:
        """Take no more updates and finish those at hand. A webhook stays set: Telegram keeps what comes meanwhile."""
        await self.poll(on=False)
        if self._application.running:
            await self._application.update_queue.join()  # PTB warns of every update that it still finds there
            await self._application.stop()

    async def disconnect(self) -> None:
        """End all connections. What is still being sent then is cut off, and may have arrived all the same."""
        updater = self._application.updater
        if self._connected and not self._application.running and not (updater and updater.running):
            await self._application.shutdown()
        elif self._connected:  # told to go before it had stopped: PTB would refuse
            await self._application.bot.shutdown()
        else:  # PTB closes only what came up wholly
            await self._application.bot.request.shutdown()
        self._connected = False

    async def _set_webhook(self, webhook: Webhook) -> None:
        await self._application.bot.set_webhook(
            webhook.url, secret_token=webhook.secret, allowed_updates=ALLOWED_UPDATES
        )


async def _insist(call: Callable[[], Awaitable[None]]) -> None:
    """Make a call again and again until Telegram answers. What it refuses for good is raised."""
    pause = _FIRST_PAUSE_S
    while True:
        try:
            return await call()
        except BadRequest:
            raise
        except (NetworkError, RetryAfter) as error:
            _log.warning("Telegram does not answer (%s); trying again in %.0f s", error, pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_S)
