"""Brings what the outbox holds to Telegram, and tells what became of it."""

import logging
from collections.abc import Callable
from datetime import datetime

import httpx
from telegram import Message
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.context import texts_for
from bot.doors import Door
from bot.giving_way import Lane
from bot.patience import pause_of
from bot.reach import SILENT, TOKEN_REFUSED, Reach
from bot.refused import is_gone, reads_so_already
from bot.screen import Screen
from bot.screens.meetings import poll_closed
from bot.screens.pushed import pushed
from bot.screens.sharing import shared_card
from domain.cards import Enclosing, Handout
from domain.content import Content, Edited
from domain.meetings.news import MeetingCalled
from domain.outcomes import Doubtful, Elsewhere, Gone, NotSent, Outcome, Postponed, Rejected, Sent, Unreachable
from domain.sharing import Stale

_log = logging.getLogger(__name__)

_NEVER_LEFT = (httpx.PoolTimeout, httpx.ConnectTimeout, httpx.ConnectError)
_NO_SUCH_CHAT = "chat not found"
_UNAUTHORIZED = "Unauthorized"


class TelegramMessenger:
    def __init__(self, bot: ExtBot[Lane], now: Callable[[], datetime], door: Door) -> None:
        self._bot = bot
        self._now = now
        self._reach = Reach("what is due waits")
        self._door = door

    async def send(self, chat_id: int, language: str, content: Content) -> Outcome:
        outcome = await self._try(chat_id, language, content)
        self._write_down(outcome)
        return outcome

    async def _try(self, chat_id: int, language: str, content: Content) -> Outcome:
        screen = pushed(content, texts_for(language), now=self._now(), door=self._door)
        try:
            if isinstance(content, Edited):
                return await self._put_right(screen, chat_id, content.message_id)
            if isinstance(content, MeetingCalled) and content.poll_message is not None:
                await self._close_poll(content, content.poll_message, chat_id, language)
            attached = content.attached if isinstance(content, Enclosing) else None
            message = await self._say(chat_id, screen, attached)
        except TelegramError as error:
            return outcome_of(error)
        return Sent(message.message_id)

    def _write_down(self, outcome: Outcome) -> None:
        """Once when Telegram is out of reach, and once when it is there again."""
        if isinstance(outcome, NotSent | Doubtful):
            self._reach.lost(TOKEN_REFUSED if outcome.reason == _UNAUTHORIZED else SILENT, outcome.reason)
        else:
            self._reach.found()
        if isinstance(outcome, Postponed):
            _log.warning("Telegram asks to wait for %.0f s", outcome.retry_after.total_seconds())

    async def _say(self, chat_id: int, screen: Screen, attached: Handout | None) -> Message:
        if attached is None or attached.file_id is None:
            return await self._bot.send_message(
                chat_id, screen.text, reply_markup=screen.markup(), rate_limit_args=Lane.BULK
            )
        return await self._bot.send_document(
            chat_id, attached.file_id, caption=screen.text, reply_markup=screen.markup(), rate_limit_args=Lane.BULK
        )

    async def _close_poll(self, content: MeetingCalled, message_id: int, chat_id: int, language: str) -> None:
        """Say where they were asked what came of it. If that can't be changed any more, a tap on it says so."""
        screen = poll_closed(content, texts_for(language))
        try:
            await self._edit(screen, chat_id=chat_id, message_id=message_id)
        except BadRequest as error:
            _log.info("a poll stays as it was: %s", error.message)

    async def refresh(self, shared: Stale) -> Outcome:
        screen = shared_card(shared.card, self._bot.username, texts_for(shared.language))
        try:
            return await self._edit(screen, inline_message_id=shared.inline_message_id)
        except TelegramError as error:
            return outcome_of(error)

    async def _put_right(self, screen: Screen, chat_id: int, message_id: int) -> Outcome:
        """Change what we told somebody. If they have deleted it there is nothing left to put right."""
        try:
            return await self._edit(screen, chat_id=chat_id, message_id=message_id)
        except BadRequest as error:
            if is_gone(error):
                return Gone(error.message)
            raise

    async def _edit(
        self,
        screen: Screen,
        *,
        chat_id: int | None = None,
        message_id: int | None = None,
        inline_message_id: str | None = None,
    ) -> Sent:
        """Change a message that was sent. One that reads so already is as good as changed."""
        try:
            await self._bot.edit_message_text(
                screen.text,
                chat_id=chat_id,
                message_id=message_id,
                inline_message_id=inline_message_id,
                reply_markup=screen.markup(),
                rate_limit_args=Lane.BULK,
            )
        except BadRequest as error:
            if not reads_so_already(error):
                raise
        return Sent(message_id or 0)


def outcome_of(error: TelegramError) -> Outcome:
    """What a refusal or a silence means for the message. BadRequest is a NetworkError to PTB, so it comes first."""
    outcome: Outcome
    match error:
        case RetryAfter():
            outcome = Postponed(pause_of(error))
        case ChatMigrated():
            outcome = Elsewhere(error.new_chat_id)
        case InvalidToken():  # not the message's fault: it can go when the token is right again
            outcome = NotSent(_UNAUTHORIZED)
        case Forbidden():
            outcome = Unreachable(error.message)
        case BadRequest() if _NO_SUCH_CHAT in error.message.lower():
            outcome = Unreachable(error.message)
        case NetworkError() if not isinstance(error, BadRequest):
            outcome = _unanswered(error)
        case _:
            outcome = Rejected(error.message)
    return outcome


def _unanswered(error: NetworkError) -> Outcome:
    if isinstance(error.__cause__, _NEVER_LEFT):
        return NotSent(type(error.__cause__).__name__)
    return Doubtful(error.message)
