"""The addresses that calendar apps ask again and again."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain import links
from domain.calendar import About, Everything, HostedBy, Personal, Selection, Single
from feeds.cache import FeedCache
from feeds.negotiation import prefers_gzip
from feeds.requests import requested_id
from feeds.responses import serve


class Calendars:
    def __init__(self, cache: FeedCache, secret: bytes) -> None:
        self._cache = cache
        self._secret = secret

    def routes(self) -> list[Route]:
        return [
            Route("/webinars/{id}.ics", self.single),
            Route("/feeds/all.ics", self.everything),
            Route("/feeds/topics/{id}.ics", self.about),
            Route("/feeds/personal/{token}.ics", self.personal),
            Route("/feeds/{id}.ics", self.hosted_by),
        ]

    async def everything(self, request: Request) -> Response:
        return await self._public(request, Everything(), "all")

    async def hosted_by(self, request: Request) -> Response:
        partnership_id = requested_id(request)
        return await self._public(request, HostedBy(partnership_id), partnership_id)

    async def about(self, request: Request) -> Response:
        topic_id = requested_id(request)
        return await self._public(request, About(topic_id), topic_id)

    async def single(self, request: Request) -> Response:
        code = requested_id(request)
        return await self._public(request, Single(code), code)

    async def personal(self, request: Request) -> Response:
        """Neither kept by shared caches nor found by search engines."""
        signed = links.read_token(self._secret, request.path_params["token"])
        if signed is None:
            raise HTTPException(404)
        headers = {"Cache-Control": "private, max-age=300, must-revalidate", "X-Robots-Tag": "noindex"}
        return await self._serve(request, Personal(*signed), "webinars", headers)

    async def _public(self, request: Request, selection: Selection, name: str) -> Response:
        headers = {"Cache-Control": "public, max-age=300, must-revalidate"}
        return await self._serve(request, selection, name, headers)

    async def _serve(self, request: Request, selection: Selection, name: str, headers: dict[str, str]) -> Response:
        feed = await self._cache.get(selection)
        headers |= {
            "Content-Type": "text/calendar; charset=utf-8",
            "Content-Disposition": f'inline; filename="{name}.ics"',
            "Vary": "Accept-Encoding",
        }
        if not prefers_gzip(request.headers.get("accept-encoding")):
            return serve(request, feed.identity, headers, feed.last_modified)
        return serve(request, feed.gzip, {**headers, "Content-Encoding": "gzip"}, feed.last_modified)
