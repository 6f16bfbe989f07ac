"""What is refused is said in a plain sentence to apps, and on a page to people."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from feeds.responses import ALWAYS

Handler = Callable[[Request, Exception], Awaitable[Response]]

_WITH_A_PAGE = frozenset({404, 410, 500, 503})
_FOR_APPS = (".ics", ".png", ".txt")


def for_people(handler: Handler, page: Callable[[Request, int], bytes], headers: dict[str, str]) -> Handler:
    """As the handler refuses it, but to a browser with this page."""

    async def refused(request: Request, error: Exception) -> Response:
        response = await handler(request, error)
        if response.status_code not in _WITH_A_PAGE or not _is_read(request):
            return response
        body = None if request.method == "HEAD" else page(request, response.status_code)
        kept = {name: response.headers[name] for name in ("Retry-After",) if name in response.headers}
        return Response(body, response.status_code, {**ALWAYS, **headers, **kept, "Cache-Control": "no-store"})

    return refused


def _is_read(request: Request) -> bool:
    accepts = ",".join(request.headers.getlist("accept"))
    return "text/html" in accepts and not request.scope["path"].endswith(_FOR_APPS)
