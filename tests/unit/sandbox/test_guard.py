import httpx
import pytest
from starlette.responses import PlainTextResponse

from sandbox.guard import Guard

APP = Guard(PlainTextResponse("in"), "127.0.0.1")


async def status(path: str, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(APP), base_url="http://127.0.0.1:8081") as http:
        return (await http.post(path, headers=named)).status_code


@pytest.mark.parametrize(
    ("path", "headers", "expected"),
    [
        ("/_/say", {}, 200),
        ("/_/say", {"host": "localhost:8081"}, 200),
        ("/_/say", {"host": "[::1]:8081"}, 200),
        ("/_/say", {"host": "127.0.0.9"}, 200),
        ("/_/say", {"host": "example.org"}, 403),
        ("/", {"host": "example.org"}, 403),
        ("/_/say", {"host": "10.0.0.1"}, 403),
        ("/bot1:abc/getMe", {"host": "sandbox.internal"}, 200),
        ("/file/bot1:abc/x", {"host": "sandbox.internal"}, 200),
        ("/_/say", {"origin": "http://127.0.0.1:8081"}, 200),
        ("/_/say", {"origin": "http://127.0.0.1:8082"}, 403),
        ("/_/say", {"origin": "https://127.0.0.1:8081"}, 403),
        ("/_/say", {"origin": "https://example.org"}, 403),
        ("/_/say", {"origin": "null"}, 403),
        ("/bot1:abc/getMe", {"origin": "https://example.org"}, 403),
        ("/_/say", {"sec_fetch_site": "same-origin"}, 200),
        ("/_/say", {"sec_fetch_site": "cross-site"}, 403),
        ("/", {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}, 200),
        ("/_/state", {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}, 403),
        ("/", {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors"}, 403),
        ("/t.me/some_bot?start=x", {"sec_fetch_site": "same-site", "sec_fetch_mode": "navigate"}, 200),
        ("/t.me/some_bot", {"sec_fetch_site": "cross-site", "sec_fetch_mode": "cors"}, 403),
        ("/t.me/../_/state", {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}, 403),
        ("/t.me/some_bot", {"host": "example.org"}, 403),
    ],
)
async def test_guard(path: str, headers: dict[str, str], expected: int) -> None:
    assert await status(path, **headers) == expected
