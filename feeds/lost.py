"""What is refused is said in a plain sentence to apps, and on a page to people."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from feeds.responses import ALWAYS

Handler = Callable[[Request, Exception], Awaitable[Response]]

_FOR_APPS = (".ics", ".png", ".txt")


def for_people(handler: Handler, page: Callable[[Request], bytes], headers: dict[str, str]) -> Handler:
    """As the handler refuses it, but to a browser with this page."""

    async def refused(request: Request, error: Exception) -> Response:
        response = await handler(request, error)
        if response.status_code not in {404, 410} or not _is_read(request):
            return response
        body = None if request.method == "HEAD" else page(request)
        return Response(body, response.status_code, {**ALWAYS, **headers, "Cache-Control": "no-store"})

    return refused


def _is_read(request: Request) -> bool:
    accepts = ",".join(request.headers.getlist("accept"))
    return "text/html" in accepts and not request.scope["path"].endswith(_FOR_APPS)
