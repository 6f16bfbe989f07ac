"""What use cases refuse, said to the person; what nobody expected, logged and admitted."""

import contextlib
import logging
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Update
from telegram.error import Forbidden, TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.context import Context, texts_for
from bot.replies import say
from domain.drafts import NoDraftError
from domain.errors import NotAllowedError, WebinarNotFoundError
from domain.people import depart

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]

_log = logging.getLogger(__name__)


def guarded(handler: Handler) -> Handler:
    """The handler, with an answer for everything that can go wrong in it. Never the error's own text."""

    @wraps(handler)
    async def guard(update: Update, context: Context) -> None:
        try:
            await _explained(handler, update, context)
        except Forbidden:
            await _lost_sight(update, context)
        except TelegramError as error:
            _log.warning("%s: update %s: %s", handler.__name__, update.update_id, error)

    return guard


async def _explained(handler: Handler, update: Update, context: Context) -> None:
    try:
        await handler(update, context)
    except WebinarNotFoundError:
        await say(update, context, context.texts.no_such_webinar())
    except NotAllowedError:
        await say(update, context, context.texts.not_allowed())
    except NoDraftError:
        await say(update, context, context.texts.no_draft())
    except TelegramError:
        raise
    except Exception:  # noqa: BLE001 -- the last line: people get an answer, operators the trace
        _log.exception("%s failed on update %s", handler.__name__, update.update_id)
        if not (update.inline_query or update.chosen_inline_result):
            await say(update, context, context.texts.failed())


def leading(handler: Handler) -> Handler:
    """The handler that comes before all others: where it fails we don't know who speaks, so nothing runs after it."""

    @wraps(handler)
    async def guard(update: Update, context: Context) -> None:
        try:
            await handler(update, context)
        except ApplicationHandlerStop:
            raise
        except Exception:  # noqa: BLE001 -- the same
            _log.exception("%s failed on update %s", handler.__name__, update.update_id)
            if update.message or update.callback_query:
                with contextlib.suppress(TelegramError):
                    await say(update, context, texts_for(context.kit.language).failed())
            raise ApplicationHandlerStop from None

    return guard


async def _lost_sight(update: Update, context: Context) -> None:
    """They blocked us between speaking and our answer."""
    if update.effective_user:
        await context.database.write(depart, update.effective_user.id, now=context.now())


async def without_update(update: object, context: Context) -> None:
    """PTB's own troubles, such as a second process polling with our token, come without an update."""
    _log.warning("Telegram: %s", context.error)
