import httpx
import pytest
from starlette.applications import Starlette

from feeds.health import Check, health_routes


async def fine() -> str | None:
    return None


async def behind() -> str | None:
    return "3 minutes behind"


async def broken() -> str | None:
    raise ConnectionError("10.0.0.7 refused")


async def slow() -> str | None:
    raise TimeoutError


async def ask(path: str, **checks: Check) -> httpx.Response:
    transport = httpx.ASGITransport(Starlette(routes=health_routes(checks)))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.get(path)


@pytest.mark.parametrize(
    ("checks", "status", "text"),
    [
        ({}, 200, "ready\n"),
        ({"database": fine}, 200, "ready\n"),
        ({"database": fine, "delivery": behind}, 503, "delivery: 3 minutes behind\n"),
        ({"database": broken, "delivery": behind}, 503, "database: ConnectionError\ndelivery: 3 minutes behind\n"),
        ({"telegram": slow}, 503, "telegram: no answer\n"),
    ],
)
async def test_readyz_says_what_is_not_ready(checks: dict[str, Check], status: int, text: str) -> None:
    response = await ask("/readyz", **checks)

    assert (response.status_code, response.text) == (status, text)
    assert response.headers["cache-control"] == "no-store"


async def test_healthz_answers_whatever_is_not_ready() -> None:
    response = await ask("/healthz", database=broken)

    assert (response.status_code, response.text) == (200, "alive\n")
