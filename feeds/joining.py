"""The way into the room: a link of one person's own that knows how the webinar stands."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from math import ceil

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from domain import links
from domain.attendance import doors
from domain.attendance.doors import Door, NoDoorError
from feeds import readers, views
from feeds.limits import Limits
from feeds.options import FeedOptions
from feeds.pages import HEADERS, SECRET_HEADERS, Pages
from feeds.reading import read
from feeds.representation import represent
from feeds.responses import ALWAYS, refuse, serve
from feeds.visit import visit
from storage import Database, DatabaseUnavailableError, reason_of

_PATIENCE_SECONDS = 3.0

_log = logging.getLogger(__name__)


class Joining:
    """`GET /join/{token}`: only who has a seat in an open room is sent on, and only to its stored https link.

    Nobody waits longer at the door than `patience_seconds` for their coming to be written down.
    """

    def __init__(
        self,
        database: Database,
        options: FeedOptions,
        pages: Pages,
        now: Callable[[], datetime],
        *,
        patience_seconds: float = _PATIENCE_SECONDS,
    ) -> None:
        self._database = database
        self._options = options
        self._pages = pages
        self._now = now
        self._patience_seconds = patience_seconds
        self._limits = Limits()

    def routes(self) -> list[Route]:
        return [Route("/join/{token}", self.join)]

    async def join(self, request: Request) -> Response:
        signed = links.read_join_token(self._options.secret, request.path_params["token"])
        if signed is None:
            raise NoDoorError
        if wait := self._limits.wait(signed, self._now()):
            return refuse(429, "This link was used too often.", {"Retry-After": str(ceil(wait.total_seconds()))})
        if readers.is_ahead(request):
            return refuse(503, "Not before somebody presses.")
        if readers.is_program(request):
            return self._page(request, None)
        door = await read(self._database, doors.look, *signed, now=self._now())
        if door.join_url is None or not door.join_url.startswith("https://"):
            return self._page(request, door)
        await self._note(*signed)
        return RedirectResponse(door.join_url, 302, {**ALWAYS, **SECRET_HEADERS})

    async def _note(self, person_id: int, webinar_id: int) -> None:
        """Write down that somebody came. Nobody stays outside because that can't be done."""
        try:
            async with asyncio.timeout(self._patience_seconds):
                await self._database.write(doors.enter, person_id, webinar_id, now=self._now())
        except (DatabaseUnavailableError, TimeoutError, NoDoorError) as error:
            _log.warning("that somebody came is not written down: %s", _reason(error))

    def _page(self, request: Request, door: Door | None) -> Response:
        """Without a door it says no more than what the link is."""
        guest = visit(request, self._options)
        shown = views.doorstep(door, guest) if door else None
        html = self._pages.html("join.html", guest, (), door=door, shown=shown)
        return serve(request, represent(html), {**HEADERS, **SECRET_HEADERS})


def _reason(error: Exception) -> str:
    return reason_of(error) if isinstance(error, DatabaseUnavailableError) else type(error).__name__
