"""The addresses that calendar apps ask again and again."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message, Scope

from domain import links
from domain.selections import About, Everything, HostedBy, Meetings, Personal, Secret, Selection, Single
from feeds import custom
from feeds.answers import Answers
from feeds.cache import FeedCache, Slot
from feeds.fetches import Fetches
from feeds.limits import Limits
from feeds.requests import requested_id

_ADDRESSES_KEPT = 5_000
_READING = frozenset({"GET", "HEAD"})


class Calendars:
    """Reads addresses, and gives the answers that the cache has."""

    def __init__(self, cache: FeedCache, fetches: Fetches, secret: bytes, now: Callable[[], datetime]) -> None:
        self._cache = cache
        self._fetches = fetches
        self._secret = secret
        self._now = now
        self._limits = Limits()
        self._asked: dict[tuple[str, bytes], Slot] = {}
        """Where the calendars are whose addresses were asked for before."""

    def routes(self) -> list[Route]:
        return [
            Route("/webinars/{id}.ics", self.single),
            Route("/feeds/all.ics", self.everything),
            Route("/feeds/custom.ics", self.custom),
            Route("/feeds/topics/{id}.ics", self.about),
            Route("/feeds/personal/{token}.ics", self.personal),
            Route("/feeds/organisers/{token}.ics", self.meetings),
            Route("/feeds/{id}.ics", self.hosted_by),
        ]

    async def everything(self, request: Request) -> Response:
        return await self._serve(request, Everything())

    async def hosted_by(self, request: Request) -> Response:
        return await self._serve(request, HostedBy(requested_id(request)))

    async def about(self, request: Request) -> Response:
        return await self._serve(request, About(requested_id(request)))

    async def custom(self, request: Request) -> Response:
        return await self._serve(request, custom.chosen(request.url.query))

    async def single(self, request: Request) -> Response:
        return await self._serve(request, Single(requested_id(request)))

    async def personal(self, request: Request) -> Response:
        signed = links.read_token(self._secret, request.path_params["token"])
        if signed is None:
            raise HTTPException(404)
        return await self._serve(request, Personal(*signed, custom.hides_cancelled(request.url.query)))

    async def meetings(self, request: Request) -> Response:
        signed = links.read_meetings_token(self._secret, request.path_params["token"])
        if signed is None:
            raise HTTPException(404)
        return await self._serve(request, Meetings(*signed))

    def at_once(self, scope: Scope) -> tuple[Message, Message] | None:
        """The answer to an address that was asked for before, if nothing has changed since."""
        slot = self._asked.get((scope["path"], scope["query_string"]))
        if slot is None or scope["method"] not in _READING:
            return None
        answers = self._cache.at_once(slot)
        found = answers.to(scope) if answers else None
        if answers and found and slot.is_secret and isinstance(slot.selection, Secret):
            if self._wait(slot.selection):
                return None
            self._note(slot.selection, answers, scope)
        return found

    async def _serve(self, request: Request, selection: Selection) -> Response:
        if isinstance(selection, Secret) and (wait := self._wait(selection)):
            raise HTTPException(429, headers={"Retry-After": str(ceil(wait.total_seconds()))})
        answers = await self._cache.answers(selection)
        found = answers.to(request.scope)
        if found is None:
            found = await asyncio.to_thread(answers.made, request.scope)
        if isinstance(selection, Secret):
            self._note(selection, answers, request.scope)
        self._remember(request.scope, selection)
        start, body = found
        content, status = body["body"], start["status"]
        response = Response(content, status)
        response.raw_headers = start["headers"]
        return response

    def _remember(self, scope: Scope, selection: Selection) -> None:
        if len(self._asked) >= _ADDRESSES_KEPT:
            self._asked.clear()
        self._asked[scope["path"], scope["query_string"]] = self._cache.slot(selection)

    def _wait(self, secret: Secret) -> timedelta:
        return self._limits.wait((type(secret), secret.person_id, secret.generation), self._now())

    def _note(self, secret: Secret, answers: Answers, scope: Scope) -> None:
        """Whose own calendar is how old. Whoever asks with HEAD has not seen it."""
        if scope["method"] == "GET" and isinstance(secret, Personal):
            user_agent = dict(scope["headers"]).get(b"user-agent", b"").decode("latin-1")
            self._fetches.note(secret.person_id, secret.generation, user_agent, answers.seen_until)
