"""Pages for people: what is coming, one webinar, how to subscribe."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from math import ceil
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain import calendar, links, programme
from domain.calendar import FeedNotFoundError
from domain.coming import Coming
from domain.draft_fields import LANGUAGES as SPOKEN
from domain.selections import Meetings, Personal, Secret
from feeds import lettering, narrowing, sharing, subscriptions, templating, views
from feeds.files import Files
from feeds.limits import Limits
from feeds.options import FeedOptions
from feeds.picture import HEIGHT, WIDTH, Picture, draw
from feeds.reading import read
from feeds.representation import represent
from feeds.requests import requested_id
from feeds.responses import serve
from feeds.subscriptions import Subscription
from feeds.visit import Visit, visit
from storage import Database, Partnership
from texts import LANGUAGES
from texts.pages import PagePhrases

_LISTED = 60
_ROBOTS = represent(b"User-agent: *\nAllow: /\n")
_OWN_FILES_ONLY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": _OWN_FILES_ONLY,
    "Cache-Control": "public, no-cache",
    "Vary": "Accept-Language",
}
_REFUSALS = {404: "missing.html", 410: "replaced.html"}
SECRET_HEADERS = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}


class Pages:
    def __init__(
        self, database: Database, options: FeedOptions, files: Files, coming: Coming, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._options = options
        self._files = files
        self._now = now
        self._coming = coming
        self._limits = Limits()

    def routes(self) -> list[Route]:
        return [
            Route("/", self.home),
            Route("/calendar", self.calendar),
            Route("/feeds/personal/{token}", self.own_calendar),
            Route("/feeds/organisers/{token}", self.meetings),
            Route("/webinars/{id}.png", self.webinar_picture),
            Route(sharing.PROGRAMME_PICTURE, self.programme_picture),
            Route(sharing.CALENDAR_PICTURE, self.calendar_picture),
            Route("/webinars/{id}", self.webinar),
            Route("/robots.txt", self.robots),
        ]

    async def home(self, request: Request) -> Response:
        guest, wanted = visit(request, self._options), narrowing.asked(request)
        if wanted.words:
            await self._learn()
        found = await read(
            self._database,
            programme.upcoming,
            self._coming,
            wanted,
            names_of,
            zone=self._options.timezone,
            limit=_LISTED,
            now=self._now(),
        )
        colors = views.colors_of(found.sources.partnerships)
        html = self.html(
            "home.html",
            guest,
            found.sources.partnerships,
            found=found,
            asked=wanted,
            narrowing=narrowing.narrowing(wanted, found, guest),
            shared=sharing.programme(wanted, found.sources, guest),
            months=views.months(found, guest),
            offered=subscriptions.offered(None, found.sources, guest),
            recent=[views.listed(card, colors, guest) for card in found.recent],
        )
        return serve(request, represent(html), HEADERS)

    async def _learn(self) -> None:
        """Of thousands some at a time: others are served between."""
        more = True
        while more:
            more = await read(self._database, self._coming.learn, now=self._now())

    async def calendar(self, request: Request) -> Response:
        guest = visit(request, self._options)
        sources = await read(self._database, programme.sources)
        selection = subscriptions.chosen(list(guest.query), sources, SPOKEN)
        html = self.html(
            "calendar.html",
            guest,
            sources.partnerships,
            subscription=subscriptions.of(selection, sources, guest),
            shared=sharing.calendar(selection, sources, guest),
            offered=subscriptions.offered(selection, sources, guest),
            ticks=subscriptions.ticks(selection, sources, SPOKEN, guest),
        )
        return serve(request, represent(html), HEADERS)

    async def own_calendar(self, request: Request) -> Response:
        token = request.path_params["token"]
        if signed := links.read_token(self._options.secret, token):
            return await self._secret(request, Personal(*signed), subscriptions.personal)
        raise FeedNotFoundError

    async def meetings(self, request: Request) -> Response:
        token = request.path_params["token"]
        if signed := links.read_meetings_token(self._options.secret, token):
            return await self._secret(request, Meetings(*signed), subscriptions.meetings)
        raise FeedNotFoundError

    async def _secret(
        self, request: Request, selection: Secret, subscription: Callable[[str, Visit], Subscription]
    ) -> Response:
        """Whoever has the link has the calendar, so this page is kept by nobody and names nobody."""
        if wait := self._limits.wait(selection, self._now()):
            raise HTTPException(429, headers={"Retry-After": str(ceil(wait.total_seconds()))})
        guest = visit(request, self._options)
        await read(self._database, calendar.check_link, selection)
        sources = await read(self._database, programme.sources)
        html = self.html(
            "own_calendar.html",
            guest,
            sources.partnerships,
            subscription=subscription(request.path_params["token"], guest),
            meetings=isinstance(selection, Meetings),
            whole_path=guest.to(guest.path),
            uncancelled_path=guest.to(guest.path, [subscriptions.HIDE_CANCELLED]),
        )
        return serve(request, represent(html), {**HEADERS, **SECRET_HEADERS})

    async def webinar(self, request: Request) -> Response:
        guest = visit(request, self._options)
        page = await read(self._database, programme.page, requested_id(request), now=self._now())
        shared = sharing.webinar(page, guest)
        html = self.html(
            "webinar.html",
            guest,
            page.sources.partnerships,
            webinar=views.detail(page, guest),
            shared=shared,
            event=sharing.event(page, guest, shared.picture),
        )
        return serve(request, represent(html), HEADERS)

    async def webinar_picture(self, request: Request) -> Response:
        page = await read(self._database, programme.page, requested_id(request), now=self._now())
        return await _drawn(request, sharing.webinar_picture(page, visit(request, self._options)))

    async def programme_picture(self, request: Request) -> Response:
        sources = await read(self._database, programme.sources)
        guest, wanted = visit(request, self._options), narrowing.asked(request)
        return await _drawn(request, sharing.programme_picture(wanted, sources, guest))

    async def calendar_picture(self, request: Request) -> Response:
        guest = visit(request, self._options)
        sources = await read(self._database, programme.sources)
        selection = subscriptions.chosen(list(guest.query), sources, SPOKEN)
        return await _drawn(request, sharing.calendar_picture(selection, sources, guest))

    async def robots(self, request: Request) -> Response:
        """Calendar services read it first; without it, some refuse the calendars."""
        headers = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "public, max-age=86400"}
        return serve(request, _ROBOTS, headers)

    def refused(self, request: Request, status: int) -> bytes:
        """What a browser shows where there is nothing, or while we are in trouble. The database is not asked."""
        template = _REFUSALS.get(status, "trouble.html")
        return self.html(template, visit(request, self._options), (), status=status)

    def html(self, template: str, guest: Visit, partnerships: Iterable[Partnership], **context: Any) -> bytes:
        return templating.render(
            template,
            guest.words,
            visit=guest,
            consortium=self._options.consortium_name,
            short_name=subscriptions.short_name(self._options),
            zone=self._options.timezone,
            bot_url=self._options.bot_url(),
            colors=tuple(partnership.color for partnership in partnerships),
            file=self._files.address,
            picture_size=(WIDTH, HEIGHT),
            **context,
        ).encode()


async def _drawn(request: Request, picture: Picture) -> Response:
    png = await asyncio.to_thread(draw, picture, lettering.of_this_machine())
    headers = {"Content-Type": "image/png", "Cache-Control": "public, max-age=3600", "Vary": "Accept-Language"}
    return serve(request, represent(png), headers)


@cache
def names_of(topic: str) -> tuple[str, ...]:
    """What a topic is called in each language."""
    return tuple(PagePhrases(language).name(topic) for language in LANGUAGES)
