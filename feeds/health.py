"""Whether this process lives, and whether it can do its work: for whoever watches over it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

Check = Callable[[], Awaitable[str | None]]

_PATIENCE_SECONDS = 5


def health_routes(checks: Mapping[str, Check]) -> list[Route]:
    """`/healthz` answers as long as the process does; `/readyz` asks every check what is not ready."""

    async def healthz(request: Request) -> Response:
        return _plain("alive", 200)

    async def readyz(request: Request) -> Response:
        reasons = await asyncio.gather(*map(_reason, checks.values()))
        missing = [f"{name}: {reason}" for name, reason in zip(checks, reasons, strict=True) if reason]
        return _plain("\n".join(missing) or "ready", 503 if missing else 200)

    return [Route("/healthz", healthz), Route("/readyz", readyz)]


async def _reason(check: Check) -> str | None:
    """A check that fails or hangs says by that what is not ready."""
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            return await check()
    except TimeoutError:
        return "no answer"
    except Exception as error:  # noqa: BLE001 -- whatever went wrong, the answer must say so
        return type(error).__name__


def _plain(text: str, status: int) -> Response:
    return PlainTextResponse(f"{text}\n", status, {"Cache-Control": "no-store"})
