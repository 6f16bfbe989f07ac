"""From the launch to the first answers, with a database that is already there."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from bench import scenery
from bench.ground import Ground
from bench.processes import local_telegram, python
from bench.table import Table
from bench.timing import Series, timed
from sandbox.client import Telegram
from tests.acceptance.process import Convoke, cleared

_WEBINARS, _ROUNDS = 1_000, 3
_LOOK_AGAIN_S = 0.005
_PATIENCE_S = 20
_IMPORTS = "python -m convoke --version"


async def run(ground: Ground) -> AsyncIterator[Table]:
    seconds: dict[str, list[float]] = {_IMPORTS: []}
    async with local_telegram() as telegram:
        with ground.databases() as databases:
            convokes = [await _install(ground, telegram, kind, url) for kind, url in databases.items()]
            for _ in range(_ROUNDS):
                seconds[_IMPORTS].append(await timed(_show_version()))
                for convoke in convokes:
                    for what, value in (await _launch(convoke)).items():
                        seconds.setdefault(f"{convoke.folder.name}: {what}", []).append(value)
    series = {name: Series(tuple(values)) for name, values in seconds.items()}
    yield Table(
        title=f"Starting with a database of {_WEBINARS:,} webinars",
        head=("", "seconds", "x --version"),
        rows=tuple((name, str(values), str(values.over(series[_IMPORTS]))) for name, values in series.items()),
    )


async def _install(ground: Ground, telegram: Telegram, kind: str, url: str) -> Convoke:
    folder = ground.folder / "startup" / kind
    folder.mkdir(parents=True)
    async with scenery.opened(url) as database:
        await database.write(scenery.add_programme, _WEBINARS, datetime.now(UTC))
    return Convoke(folder=folder, api_url=telegram.url, storage_url=url)


async def _show_version() -> None:
    """Python, and every module that the service needs: what no start can be faster than."""
    async with python("convoke", "--version") as process:
        await process.wait()


async def _launch(convoke: Convoke) -> dict[str, float]:
    began = time.perf_counter()
    async with cleared(convoke):
        await convoke.launch()
        calendar = asyncio.create_task(_answer(convoke.port, "/feeds/all.ics", began))
        ready = await _answer(convoke.port, "/readyz", began)
        found = {"first calendar": await calendar, "/readyz": ready}
        await convoke.stop()
    return found


async def _answer(port: int, path: str, began: float) -> float:
    """Seconds until this address answers 200. Asked more often than a person could, with as little work as can be."""
    async with asyncio.timeout(_PATIENCE_S):
        while await _status(port, path) != b"200":  # noqa: ASYNC110 -- another process: nothing to wait on
            await asyncio.sleep(_LOOK_AGAIN_S)
    return time.perf_counter() - began


async def _status(port: int, path: str) -> bytes:
    """Nothing while nobody listens."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        status = (await reader.readline())[9:12]
        await reader.read()
        writer.close()
    except ConnectionError:
        return b""
    return status
