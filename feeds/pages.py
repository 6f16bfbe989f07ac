"""Pages for people: what is coming, one webinar, how to subscribe."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain import programme
from feeds import negotiation, templating, views
from feeds.files import Files
from feeds.options import FeedOptions
from feeds.reading import read
from feeds.representation import represent
from feeds.requests import requested_id
from feeds.responses import serve
from feeds.subscriptions import subscriptions
from storage import Database
from texts.feeds import FeedPhrases

_LISTED = 200
_ROBOTS = represent(b"User-agent: *\nAllow: /\n")
_OWN_FILES_ONLY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": _OWN_FILES_ONLY,
    "Cache-Control": "public, no-cache",
    "Vary": "Accept-Language",
}


class Pages:
    def __init__(self, database: Database, options: FeedOptions, files: Files, now: Callable[[], datetime]) -> None:
        self._database = database
        self._options = options
        self._files = files
        self._now = now

    def routes(self) -> list[Route]:
        return [
            Route("/", self.home),
            Route("/calendar", self.calendar),
            Route("/webinars/{id}", self.webinar),
            Route("/robots.txt", self.robots),
        ]

    async def home(self, request: Request) -> Response:
        words = self._words(request)
        coming = await read(self._database, programme.upcoming, limit=_LISTED, now=self._now())
        return self._page(
            request,
            "home.html",
            words,
            months=views.months(coming.cards, self._options, words),
            more=coming.more,
            subscriptions=subscriptions(self._options, coming.sources, words),
        )

    async def calendar(self, request: Request) -> Response:
        words = self._words(request)
        sources = await read(self._database, programme.sources)
        return self._page(request, "calendar.html", words, subscriptions=subscriptions(self._options, sources, words))

    async def webinar(self, request: Request) -> Response:
        words = self._words(request)
        card = await read(self._database, programme.page, requested_id(request), now=self._now())
        return self._page(request, "webinar.html", words, webinar=views.detail(card, self._options, words))

    async def robots(self, request: Request) -> Response:
        """Calendar services read it first; without it, some refuse the calendars."""
        headers = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "public, max-age=86400"}
        return serve(request, _ROBOTS, headers)

    def _words(self, request: Request) -> FeedPhrases:
        wanted = ",".join(request.headers.getlist("accept-language"))
        return FeedPhrases(negotiation.language(wanted, self._options.language))

    def _page(self, request: Request, template: str, words: FeedPhrases, **context: Any) -> Response:
        html = templating.render(
            template,
            words,
            consortium=self._options.consortium_name,
            zone=self._options.timezone,
            bot_url=self._options.bot_url(),
            local=self._options.local,
            file=self._files.address,
            **context,
        )
        return serve(request, represent(html.encode()), _HEADERS)
