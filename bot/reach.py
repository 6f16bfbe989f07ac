"""Whether Telegram answers: the log has a line when it stops and one when it is there again, not one for each try."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.patience import pause_of
from storage import ConvokeError

T = TypeVar("T")

_log = logging.getLogger(__name__)

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 30.0

SILENT = "does not answer"
TOKEN_REFUSED = "refuses the bot's token"  # noqa: S105 -- what is said of it
_TAKEN = "answers another program that uses the bot's token"


class TokenRefusedError(ConvokeError):
    """Telegram does not know the bot's token, or not any more."""


class Reach:
    """One kind of calls to Telegram. `meanwhile` says what becomes of them as long as it does not answer."""

    def __init__(self, meanwhile: str) -> None:
        self._meanwhile = meanwhile
        self.trouble: str | None = None
        """What Telegram does instead of answering."""

    def lost(self, trouble: str, reason: str) -> None:
        if trouble != self.trouble:
            _log.warning("Telegram %s (%s): %s", trouble, reason, self._meanwhile)
        self.trouble = trouble

    def found(self) -> None:
        if self.trouble:
            _log.info("Telegram answers again")
        self.trouble = None

    async def insist(self, call: Callable[[], Awaitable[T]]) -> T:
        """Make a call again and again until Telegram answers. Raises TokenRefusedError."""
        pause = _FIRST_PAUSE_S
        while True:
            try:
                answer = await call()
            except InvalidToken:
                raise TokenRefusedError from None
            except TelegramError as error:
                self.lost(_TAKEN if isinstance(error, Conflict) else SILENT, error.message)
                asked = pause_of(error).total_seconds() if isinstance(error, RetryAfter) else 0
                await asyncio.sleep(max(pause, asked))
                pause = min(2 * pause, _LONGEST_PAUSE_S)
            else:
                self.found()
                return answer
