"""Answers that every route gives in the same way: representations with validators, and refusals in a sentence."""

import gzip
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from functools import partial

import brotli
from starlette.requests import Request
from starlette.responses import Response

from feeds.conditional import not_modified
from feeds.negotiation import Coding, coding
from feeds.representation import Representation

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'",
}
_TEXT = ("text/", "image/svg")
_COMPRESS: dict[Coding, Callable[[bytes], bytes]] = {
    Coding.GZIP: partial(gzip.compress, mtime=0),
    Coding.BROTLI: partial(brotli.compress, quality=5),
}
_OF_THE_BODY = frozenset({"Content-Type", "Content-Encoding", "Content-Disposition", "Content-Length"})


def serve(
    request: Request, found: Representation, headers: dict[str, str], last_modified: datetime | None = None
) -> Response:
    """The representation, or 304 for who has it already; HEAD is told its length but not sent its bytes.

    Text goes compressed to who takes that.
    """
    if headers["Content-Type"].startswith(_TEXT):
        found, headers = _coded(request, found, headers)
    headers = {**ALWAYS, "ETag": found.etag, **headers, "Content-Length": str(len(found.body))}
    if last_modified:
        headers["Last-Modified"] = format_datetime(last_modified, usegmt=True)
    if not_modified(request.headers, found.etag, last_modified):
        return Response(None, 304, {name: value for name, value in headers.items() if name not in _OF_THE_BODY})
    return Response(None if request.method == "HEAD" else found.body, 200, headers)


def _coded(request: Request, found: Representation, headers: dict[str, str]) -> tuple[Representation, dict[str, str]]:
    headers = {**headers, "Vary": ", ".join(filter(None, (headers.get("Vary"), "Accept-Encoding")))}
    wanted = coding(",".join(request.headers.getlist("accept-encoding")).encode("latin-1"))
    if wanted is Coding.IDENTITY:
        return found, headers
    compressed = Representation(_COMPRESS[wanted](found.body), f'{found.etag[:-1]}-{wanted.value}"')
    return compressed, {**headers, "Content-Encoding": wanted.value}


def refuse(status: int, sentence: str, headers: dict[str, str] | None = None) -> Response:
    """In plain words, and never kept: what fails now may work in a minute."""
    always = {**ALWAYS, "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
    return Response(f"{sentence}\n", status, {**always, **(headers or {})})
