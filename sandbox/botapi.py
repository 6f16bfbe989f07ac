"""The Bot API over HTTP: forms, JSON and multipart in, Telegram's envelope out."""

import asyncio
import json
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sandbox.dispatch import Answer, answer, refused
from sandbox.errors import Refusal, bad_request
from sandbox.files import UPLOAD_LIMIT
from sandbox.jsons import Json, dump
from sandbox.params import Raw, Upload
from sandbox.world import World

_BODY_LIMIT = UPLOAD_LIMIT + 1024 * 1024
_NOT_FOUND = Refusal(404, "Not Found")


class BotApi:
    """Serves `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if scope["path"].startswith("/file/bot"):
            if self._world.away:
                await _drop(send)
                return
            response = self._file(scope["path"].removeprefix("/file/bot"))
        else:
            outcome = await self._call(request, scope["path"].removeprefix("/bot"))
            if outcome.dropped:
                await _drop(send)
                return
            response = _response(outcome)
        await response(scope, receive, send)

    async def _call(self, request: Request, path: str) -> Answer:
        token, slash, name = path.partition("/")
        if not slash or request.method not in {"GET", "POST"}:
            return refused(_NOT_FOUND)
        try:
            raw = await _read(request)
        except Refusal as refusal:
            return refused(refusal)
        answering = answer(self._world, unquote(token), name, raw)
        if name.lower() == "getupdates":
            return await _unless_gone(request, asyncio.create_task(answering))
        return await answering

    def _file(self, path: str) -> Response:
        token, _, file_path = path.partition("/")
        try:
            bot = self._world.bot_of(token)
        except Refusal as refusal:
            return _response(refused(refusal))
        file = self._world.files.get(file_path.rpartition("/")[2].partition(".")[0])
        if file is None or file.path != file_path or not file.id.startswith(f"sandbox{bot.id}_"):
            return _response(refused(_NOT_FOUND))
        return Response(file.content, media_type="application/octet-stream")


def _response(outcome: Answer) -> Response:
    headers = {} if outcome.retry_after is None else {"retry-after": str(outcome.retry_after)}
    return Response(dump(outcome.body), outcome.status, headers, "application/json")


async def _drop(send: Send) -> None:
    """Promise a body and send none: the server then closes the connection."""
    await send(
        {
            "type": "http.response.start",
            "status": HTTPStatus.OK,
            "headers": [(b"content-type", b"application/json"), (b"content-length", b"2")],
        }
    )


async def _unless_gone(request: Request, polling: "asyncio.Task[Answer]") -> Answer:
    """A bot that closed the connection polls no more: its updates wait for the next one."""
    gone = asyncio.create_task(_gone(request))
    gone.add_done_callback(lambda task: None if task.cancelled() else polling.cancel())
    try:
        return await polling
    except asyncio.CancelledError:
        if not gone.done():
            raise
        return refused(_NOT_FOUND)
    finally:
        gone.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        continue


async def _read(request: Request) -> Raw:
    """Parameters of the URL and of the body together, as with Telegram."""
    raw: dict[str, Json | Upload] = dict(request.query_params)
    if request.method == "GET":
        return raw
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if int(request.headers.get("content-length") or 0) > _BODY_LIMIT:
        raise Refusal(413, "Request Entity Too Large")
    if kind == "multipart/form-data":
        return raw | await _multipart(request)
    body = await request.body()
    if kind == "application/json":
        return raw | _json(body)
    if body and kind != "application/x-www-form-urlencoded":
        raise bad_request(f"unsupported content type {kind!r}")
    return raw | _form(body)


def _form(body: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict"))
    except UnicodeDecodeError:
        raise bad_request("Strings must be encoded in UTF-8") from None


def _json(body: bytes) -> dict[str, Json | Upload]:
    try:
        decoded = json.loads(body)
    except ValueError:
        raise bad_request("Can't parse the request's JSON body") from None
    if not isinstance(decoded, dict):
        raise bad_request("The request's JSON body must be an Object")
    return decoded


async def _multipart(request: Request) -> dict[str, Json | Upload]:
    read: dict[str, Json | Upload] = {}
    try:
        async with request.form(max_files=100, max_part_size=_BODY_LIMIT) as form:
            for name, value in form.multi_items():
                read[name] = await _upload(value) if isinstance(value, UploadFile) else value
    except MultiPartException as error:
        raise bad_request(f"Can't parse the multipart body: {error.message}") from None
    return read


async def _upload(part: UploadFile) -> Upload:
    return Upload(part.filename or "file", part.content_type or "", await part.read())
