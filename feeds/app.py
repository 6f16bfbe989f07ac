"""The calendar and the web, as one ASGI application."""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import Receive, Scope, Send

from domain.attendance.doors import NoDoorError
from domain.calendar import FeedNotFoundError, FeedReplacedError, UnknownChoiceError
from domain.coming import Coming
from domain.errors import WebinarNotFoundError
from feeds.cache import FeedCache
from feeds.calendars import Calendars
from feeds.counting import Answered, CountRequests
from feeds.fetches import Fetches
from feeds.files import Files
from feeds.joining import Joining
from feeds.lost import Handler, for_people
from feeds.options import FeedOptions
from feeds.pages import HEADERS, Pages
from feeds.render import Renderer
from feeds.requests import RefuseLongAddresses
from feeds.responses import refuse
from storage import Database, DatabaseUnavailableError

__all__ = ["FeedOptions", "build"]

_SENTENCES = {
    404: "There is nothing at this address.",
    405: "This address can only be read.",
    429: "This calendar was asked for too often. Please wait.",
}

_UNKNOWN = 'There is no {kind} "{value}". Known: {known}.'
_QUOTED = 40

_log = logging.getLogger(__name__)


class Web(Starlette):
    """What calendar apps ask all the time is answered before anything else is done about a request."""

    def __init__(self, calendars: Calendars, answered: Answered, **values: Any) -> None:
        super().__init__(**values)
        self._at_once = calendars.at_once
        self._answered = answered
        self._later = CountRequests(super().__call__, answered)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._at_once(scope) if scope["type"] == "http" else None
        if found is None:
            await self._later(scope, receive, send)
            return
        start, body = found
        self._answered(scope["path"])[start["status"]] += 1
        await send(start)
        await send(body)


def build(
    database: Database,
    options: FeedOptions,
    *,
    now: Callable[[], datetime],
    coming: Coming | None = None,
    extra_routes: Sequence[BaseRoute] = (),
    answered: Answered = lambda path: Counter(),
) -> Starlette:
    """`coming` is what the process knows of the coming webinars, if others look there too.

    `app.state.cache` is the FeedCache, `app.state.renderer` the Renderer: both count what they rendered.

    `app.state.fetches` are the Fetches that are noted.
    """
    renderer = Renderer(options)
    cache = FeedCache(database, renderer, now)
    fetches = Fetches(database, now)
    calendars = Calendars(cache, fetches, options.secret, now)
    files = Files(options)
    pages = Pages(database, options, files, coming or Coming(), now)
    joining = Joining(database, options, pages, now)
    app = Web(
        calendars,
        answered,
        routes=[*extra_routes, *calendars.routes(), *pages.routes(), *joining.routes(), *files.routes()],
        middleware=[Middleware(RefuseLongAddresses)],
        exception_handlers={error: for_people(handler, pages.refused, HEADERS) for error, handler in _REFUSALS.items()},
    )
    app.router.redirect_slashes = False  # some calendar apps store where a redirect leads, some refuse it
    app.state.cache, app.state.renderer, app.state.fetches = cache, renderer, fetches
    return app


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return refuse(error.status_code, _SENTENCES.get(error.status_code, error.detail), dict(error.headers or {}))


async def _not_found(request: Request, error: Exception) -> Response:
    return refuse(404, _SENTENCES[404])


async def _replaced(request: Request, error: Exception) -> Response:
    return refuse(410, "This calendar link was replaced. Ask the bot for the new one with /calendar.")


async def _unknown(request: Request, error: Exception) -> Response:
    assert isinstance(error, UnknownChoiceError)
    known = ", ".join(error.known)
    return refuse(400, _UNKNOWN.format(kind=error.kind, value=error.value[:_QUOTED], known=known))


async def _unavailable(request: Request, error: Exception) -> Response:
    """Never an empty calendar: apps would delete everything they know."""
    _log.error("the database does not answer: %s", str(error).partition("\n")[0] or type(error).__name__)
    return refuse(503, "The calendar cannot be read at the moment. Please try again.", {"Retry-After": "60"})


async def _failed(request: Request, error: Exception) -> Response:
    return refuse(500, "Something went wrong on our side.")


_REFUSALS: dict[type[Exception], Handler] = {
    HTTPException: _refused,
    FeedNotFoundError: _not_found,
    WebinarNotFoundError: _not_found,
    NoDoorError: _not_found,
    FeedReplacedError: _replaced,
    UnknownChoiceError: _unknown,
    DatabaseUnavailableError: _unavailable,
    TimeoutError: _unavailable,
    Exception: _failed,
}
