import asyncio

import httpx
import pytest

from sandbox.client import Telegram
from sandbox.server import Sandbox

ANA, TOKEN = 7, "4200:secret"
FORM = {"content-type": "application/x-www-form-urlencoded"}


async def asked(sandbox: Sandbox, path: str, **request: object) -> tuple[int, object]:
    async with httpx.AsyncClient(base_url=sandbox.url) as http:
        answer = await http.request(str(request.pop("verb", "POST")), path, **request)
    return answer.status_code, answer.json()


async def text_of(sandbox: Sandbox, path: str = f"/bot{TOKEN}/sendMessage", **request: object) -> object:
    status, answer = await asked(sandbox, path, **request)
    return answer["result"]["text"] if status == 200 else answer


@pytest.mark.parametrize(
    "request_",
    [
        {"data": {"chat_id": "7", "text": "42"}},
        {"json": {"chat_id": 7, "text": "42"}},
        {"json": {"chat_id": "7", "text": 42}},
        {"verb": "GET", "params": {"chat_id": "7", "text": "42"}},
        {"params": {"chat_id": "7"}, "data": {"text": "42"}},
        {"files": {"chat_id": (None, "7"), "text": (None, "42")}},
        {"path": f"/bot{TOKEN}/SENDMESSAGE", "json": {"chat_id": 7, "text": "42"}},
    ],
    ids=["form", "json", "json with a number", "address", "address and form", "multipart", "capitals"],
)
async def test_a_call_comes_in_any_dress(sandbox: Sandbox, people: Telegram, request_: dict[str, object]) -> None:
    assert await text_of(sandbox, **request_) == "42"


async def test_a_file_comes_by_reference(sandbox: Sandbox, people: Telegram) -> None:
    status, answer = await asked(
        sandbox,
        f"/bot{TOKEN}/sendDocument",
        data={"chat_id": "7", "document": "attach://part"},
        files={"part": ("a.txt", b"content", "text/plain")},
    )
    assert (status, answer["result"]["document"]["file_name"]) == (200, "a.txt")


@pytest.mark.parametrize(
    ("path", "request_", "code", "description"),
    [
        (f"/bot{TOKEN}/sendPoll", {}, 404, "Not Found: method not found"),
        (f"/bot{TOKEN}/", {}, 404, "Not Found: method not found"),
        (f"/bot{TOKEN}", {}, 404, "Not Found"),
        (f"/bot{TOKEN}/getMe", {"verb": "PUT"}, 404, "Not Found"),
        (f"/file/bot{TOKEN}/documents/none.txt", {"verb": "GET"}, 404, "Not Found"),
        ("/bot1:a/getMe", {}, 401, "Unauthorized: invalid token specified"),
        ("/file/bot1:a/x", {"verb": "GET"}, 401, "Unauthorized: invalid token specified"),
        ("/bot4200:other/getMe", {}, 401, "Unauthorized"),
        (
            f"/bot{TOKEN}/sendMessage",
            {"content": b"{", "headers": {"content-type": "application/json"}},
            400,
            "Bad Request: can't parse the request's JSON body",
        ),
        (f"/bot{TOKEN}/sendMessage", {"json": [1]}, 400, "Bad Request: the request's JSON body must be an Object"),
        (
            f"/bot{TOKEN}/sendMessage",
            {"content": b"chat_id=7&text=%ff", "headers": FORM},
            400,
            "Bad Request: strings must be encoded in UTF-8",
        ),
        (
            f"/bot{TOKEN}/sendMessage",
            {"content": b"<x/>", "headers": {"content-type": "text/xml"}},
            400,
            "Bad Request: unsupported content type 'text/xml'",
        ),
        (
            f"/bot{TOKEN}/sendMessage",
            {"content": b"x", "headers": {"content-type": "multipart/form-data"}},
            400,
            "Bad Request: can't parse the multipart body: Missing boundary in multipart.",
        ),
        (
            f"/bot{TOKEN}/sendDocument",
            {"data": {"chat_id": "7"}},
            400,
            "Bad Request: there is no document in the request",
        ),
    ],
)
async def test_a_refusal_has_telegrams_shape(
    sandbox: Sandbox, people: Telegram, path: str, request_: dict[str, object], code: int, description: str
) -> None:
    assert await asked(sandbox, path, **request_) == (
        code,
        {"ok": False, "error_code": code, "description": description},
    )


async def test_a_body_that_is_too_large_is_refused_before_it_comes(sandbox: Sandbox, people: Telegram) -> None:
    reader, writer = await asyncio.open_connection(sandbox.host, sandbox.port)
    head = (
        f"POST /bot{TOKEN}/sendMessage HTTP/1.1\r\nHost: {sandbox.host}\r\nContent-Length: {60 * 1024 * 1024}\r\n\r\n"
    )
    writer.write(head.encode())
    assert (await reader.readline()).startswith(b"HTTP/1.1 413 ")
    writer.close()


@pytest.mark.parametrize("path", [f"/bot{TOKEN}/sendMessage", f"/bot{TOKEN}/getUpdates", "/_/say"])
async def test_who_hangs_up_in_the_middle_of_a_request_leaves_no_trace(
    sandbox: Sandbox, people: Telegram, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = (await people.state())["last_call"]
    _, writer = await asyncio.open_connection(sandbox.host, sandbox.port)
    head = f"POST {path} HTTP/1.1\r\nHost: {sandbox.host}:{sandbox.port}\r\nContent-Length: 60\r\n\r\nchat_id="
    writer.write(head.encode())
    await writer.drain()
    assert (await people.state())["last_call"] == before
    writer.close()
    await writer.wait_closed()
    assert [(await people.state())["last_call"] for _ in range(5)] == [before] * 5
    assert caplog.messages == []


async def test_a_file_is_never_shown_as_a_page(sandbox: Sandbox, people: Telegram) -> None:
    sent = await people.document(ANA, "é.html", b"<script>", mime_type="text/html")
    assert sent.document is not None
    async with httpx.AsyncClient(base_url=sandbox.url) as http:
        answer = await http.get(f"/_/files/{sent.document['file_id']}")
    assert answer.content == b"<script>"
    assert (answer.headers["content-disposition"], answer.headers["x-content-type-options"]) == (
        "attachment; filename*=utf-8''%C3%A9.html",
        "nosniff",
    )


async def test_a_person_writes_no_longer_text_than_the_apps_allow(sandbox: Sandbox, people: Telegram) -> None:
    status, answer = await asked(sandbox, "/_/say", json={"user": 7, "text": "x" * 4097})
    assert (status, answer) == (400, {"error": "Bad Request: message is too long"})
