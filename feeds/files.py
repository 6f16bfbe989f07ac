"""The pages' own style, script and mark: read once, served from memory."""

from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from feeds.options import FeedOptions
from feeds.representation import represent
from feeds.responses import serve

_TYPES = {
    "style.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "mark.svg": "image/svg+xml",
    "mark.png": "image/png",
}


class Files:
    def __init__(self, options: FeedOptions) -> None:
        self._options = options
        folder = files("feeds") / "static"
        self._found = {name: represent((folder / name).read_bytes()) for name in _TYPES}

    def routes(self) -> list[Route]:
        return [Route("/static/{name}", self.file)]

    def address(self, name: str) -> str:
        """New with every change of the file, so that browsers may keep it."""
        version = self._found[name].etag.strip('"')[:8]
        return self._options.local(f"/static/{name}?v={version}")

    async def file(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in self._found:
            raise HTTPException(404)
        headers = {"Content-Type": _TYPES[name], "Cache-Control": "public, max-age=86400"}
        return serve(request, self._found[name], headers)
