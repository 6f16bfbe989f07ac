"""The bot as a running thing: it comes up however long Telegram takes to answer, and goes down without losing a tap."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from telegram.error import BadRequest

from bot import profile
from bot.app import ALLOWED_UPDATES
from bot.context import App
from bot.polling import Polling
from bot.reach import Reach
from storage import ConvokeError


class WebhookRefusedError(ConvokeError):
    """Telegram will never bring updates to this address; the text is its own."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram is to bring updates, and the secret by which we know it is Telegram."""

    url: str
    secret: str


class Chat:
    """Receives updates by polling, or by webhook if one is given; sending needs only `connect`."""

    def __init__(
        self, application: App, webhook: Webhook | None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._application = application
        self._webhook = webhook
        self._polling = Polling(application, clock)
        self._reach = Reach("it is asked again")
        self._connected = False

    @property
    def username(self) -> str | None:
        """Without the @; nothing until Telegram has told us."""
        return self._application.bot.username if self._connected else None

    async def why_not_ready(self) -> str | None:
        return self._polling.why_not_ready() if self._connected else "Telegram has not answered yet"

    async def connect(self) -> None:
        """Ask Telegram who we are, again and again until it answers. Raises TokenRefusedError."""
        await self._reach.insist(self._application.initialize)
        self._connected = True

    async def receive(self) -> None:
        """Be ready for updates. `connect` comes first, and without a webhook `poll` after it.

        Raises TokenRefusedError or WebhookRefusedError.
        """
        await self._application.start()
        await profile.publish(self._application.bot)
        if self._webhook:
            await self._reach.insist(partial(self._set_webhook, self._webhook))

    async def poll(self, *, on: bool) -> None:
        """Begin or end to ask for updates; what is so already stays so. Raises TokenRefusedError."""
        if on:
            self._polling.begin()
        else:
            await self._polling.end()

    async def stop_receiving(self) -> None:
        """Take no more updates and finish those at hand. A webhook stays set: Telegram keeps what comes meanwhile."""
        await self.poll(on=False)
        if self._application.running:
            await self._application.update_queue.join()  # PTB warns of every update that it still finds there
            await self._application.stop()

    async def disconnect(self) -> None:
        """End all connections. What is still being sent then is cut off, and may have arrived all the same."""
        if self._connected and not self._application.running:
            await self._application.shutdown()
        elif self._connected:  # told to go before it had stopped: PTB would refuse
            await self._application.bot.shutdown()
        else:  # PTB closes only what came up wholly
            await self._application.bot.request.shutdown()
        self._connected = False

    async def _set_webhook(self, webhook: Webhook) -> None:
        try:
            await self._application.bot.set_webhook(
                webhook.url, secret_token=webhook.secret, allowed_updates=ALLOWED_UPDATES
            )
        except BadRequest as error:
            raise WebhookRefusedError(error.message) from None
