from datetime import timedelta

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.messenger import outcome_of
from domain.outcomes import Doubtful, Elsewhere, NotSent, Outcome, Postponed, Rejected, Unreachable


def because_of(error: TelegramError, cause: Exception) -> TelegramError:
    """The error as PTB raises it: from the one of the library below."""
    error.__cause__ = cause
    return error


OUTCOMES: list[tuple[TelegramError, Outcome]] = [
    (RetryAfter(7), Postponed(timedelta(seconds=7))),
    (RetryAfter(timedelta(minutes=2)), Postponed(timedelta(minutes=2))),
    (Forbidden("Forbidden: bot was blocked by the user"), Unreachable("Forbidden: bot was blocked by the user")),
    (Forbidden("Forbidden: user is deactivated"), Unreachable("Forbidden: user is deactivated")),
    (BadRequest("Chat not found"), Unreachable("Chat not found")),
    (BadRequest("Bad Request: chat not found"), Unreachable("Chat not found")),
    (BadRequest("Message is too long"), Rejected("Message is too long")),
    (BadRequest("Can't parse entities: unclosed tag"), Rejected("Can't parse entities: unclosed tag")),
    (ChatMigrated(-100), Elsewhere(-100)),
    (InvalidToken(), NotSent("Unauthorized")),
    (EndPointNotFound("no such method"), Rejected("no such method")),
    (Conflict("another one polls"), Rejected("another one polls")),
    (because_of(TimedOut("Pool timeout"), httpx.PoolTimeout("full")), NotSent("PoolTimeout")),
    (because_of(TimedOut(), httpx.ConnectTimeout("slow")), NotSent("ConnectTimeout")),
    (because_of(NetworkError("httpx.ConnectError"), httpx.ConnectError("refused")), NotSent("ConnectError")),
    (because_of(TimedOut(), httpx.ReadTimeout("slow")), Doubtful("Timed out")),
    (because_of(TimedOut(), httpx.WriteTimeout("slow")), Doubtful("Timed out")),
    (because_of(NetworkError("lost"), httpx.ReadError("reset")), Doubtful("lost")),
    (because_of(NetworkError("lost"), httpx.WriteError("reset")), Doubtful("lost")),
    (because_of(NetworkError("lost"), httpx.RemoteProtocolError("closed")), Doubtful("lost")),
    (NetworkError("Bad Gateway"), Doubtful("Bad Gateway")),
    (TimedOut(), Doubtful("Timed out")),
]


@pytest.mark.parametrize(("error", "outcome"), OUTCOMES, ids=[repr(error) for error, _ in OUTCOMES])
def test_outcome_of_an_error(error: TelegramError, outcome: Outcome) -> None:
    assert outcome_of(error) == outcome
