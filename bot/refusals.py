"""What use cases refuse, said to the person; what nobody expected, logged and admitted."""

import contextlib
import logging
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from markupsafe import Markup
from telegram import Update
from telegram.error import Forbidden, TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.context import Context, texts_for
from bot.replies import say
from domain.agendas import NoAgendaError
from domain.drafts import NoDraftError
from domain.errors import ConvokeError, NotAllowedError, WebinarNotFoundError
from domain.feedback.answering import FeedbackClosedError
from domain.feedback.forms import FormFixedError
from domain.figures.numbers import NotCountedError, UnknownScopeError
from domain.figures.periods import PeriodError
from domain.letters import LettersClosedError
from domain.library.rights import EntryNotFoundError, OthersEntryError
from domain.library.writing import NothingOpenError
from domain.materials import NotBegunError
from domain.meetings.ballots import PollNotFoundError
from domain.meetings.outcomes import NotMakerError
from domain.meetings.polls import NoPollError
from domain.people import depart
from storage import DatabaseUnavailableError, reason_of
from texts.chat import ChatTexts

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
    except NotAllowedError as error:
        await say(update, context, _whose(error, context))
    except tuple(_REFUSALS) as error:
        said = next(said for refusal, said in _REFUSALS.items() if isinstance(error, refusal))
        await say(update, context, said(context.texts))
    except TelegramError:
        raise
    except Exception as error:  # noqa: BLE001 -- the last line: people get an answer, operators the trace
        _write_down(error, handler, update)
        if not (update.inline_query or update.chosen_inline_result):
            await say(update, context, context.texts.failed())


def _write_down(error: Exception, handler: Handler, update: Update) -> None:
    """Trouble with the database is no mistake of ours: where it was met tells nobody anything."""
    if isinstance(error, DatabaseUnavailableError):
        where = handler.__name__, update.update_id
        _log.error("%s failed on update %s: the database cannot be used: %s", *where, reason_of(error))
    else:
        _log.error("%s failed on update %s", handler.__name__, update.update_id, exc_info=error)


_REFUSALS: dict[type[ConvokeError], Callable[[ChatTexts], Markup]] = {
    WebinarNotFoundError: ChatTexts.no_such_webinar,
    NoDraftError: ChatTexts.no_draft,
    LettersClosedError: ChatTexts.letters_closed,
    NotBegunError: ChatTexts.not_begun,
    PollNotFoundError: ChatTexts.no_such_poll,
    NoPollError: ChatTexts.no_poll,
    NotMakerError: ChatTexts.not_your_poll,
    EntryNotFoundError: ChatTexts.no_such_entry,
    NothingOpenError: ChatTexts.nothing_open,
    NoAgendaError: ChatTexts.no_agenda,
    NotCountedError: ChatTexts.not_counted,
    PeriodError: ChatTexts.bad_period,
    UnknownScopeError: ChatTexts.bad_period,
    FeedbackClosedError: ChatTexts.feedback_closed,
    FormFixedError: ChatTexts.form_fixed,
}


def _whose(error: NotAllowedError, context: Context) -> Markup:
    """An organiser is no stranger: they are told whom to ask."""
    if isinstance(error, OthersEntryError) and context.arrival.organiser:
        return context.texts.others_entry(error.hosts)
    if error.hosts and context.arrival.organiser:
        return context.texts.not_yours(error.hosts)
    return context.texts.not_allowed()


def leading(handler: Handler) -> Handler:
    """The handler that comes before all others: where it fails we don't know who speaks, so nothing runs after it."""

    @wraps(handler)
    async def guard(update: Update, context: Context) -> None:
        try:
            await handler(update, context)
        except ApplicationHandlerStop:
            raise
        except Exception as error:  # noqa: BLE001 -- the same
            _write_down(error, handler, update)
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
    """PTB's own troubles come without an update, and ours would come so if a guard had let them through."""
    _log.warning("Telegram: %s", context.error)
