"""Calendar apps ask for the calendar of a thousand webinars: Convoke against a server that does nothing else."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx

from bench import other_servers, scenery
from bench.ground import SQLITE, Ground
from bench.other_servers import Server
from bench.processes import first_line, python, started
from bench.table import Table
from bench.timing import Series
from tests.acceptance.process import Convoke, answered, free_port

_WEBINARS, _ROUNDS, _SECONDS = 1_000, 3, 0.5
_PATH = "/feeds/all.ics"
_KINDS = {"304": "gzip", "gzip": "gzip", "identity": "identity"}


async def run(ground: Ground) -> AsyncIterator[Table]:
    folder = ground.folder / "serving"
    with ground.databases() as databases:
        async with scenery.opened(databases[SQLITE]) as database:
            await database.write(scenery.add_programme, _WEBINARS, datetime.now(UTC))
        convoke = Convoke(folder=folder, api_url="http://127.0.0.1:1", storage_url=databases[SQLITE], roles=("feeds",))
        async with started(convoke):
            etag = await _record(convoke, folder)
            async with _bare(folder) as port:
                rows = [await _measure(kind, convoke.port, port, etag) for kind in _KINDS]
            others = [row async for row in _others(convoke.port, folder, etag)]
    yield Table(
        title=f"Serving {_PATH} with {_WEBINARS:,} webinars, {_SECONDS} s a round",
        head=("", "bytes", "Convoke/s", "bare ASGI/s", "x bare"),
        rows=tuple(rows),
    )
    if others:
        yield Table(
            title="The same calendar from other servers that are installed here",
            head=("", "bytes", "theirs/s", "Convoke/s", "Convoke x theirs"),
            rows=tuple(others),
        )


async def _record(convoke: Convoke, folder: Path) -> str:
    """Keep what Convoke answers, for the other server to say the same. Returns the entity tag of the gzip bytes."""
    etag = ""
    async with httpx.AsyncClient(base_url=convoke.url) as http:
        for kind in ("identity", "gzip", "304"):
            headers = {"accept-encoding": _KINDS[kind], "if-none-match": etag if kind == "304" else '"none"'}
            async with http.stream("GET", _PATH, headers=headers) as answer:
                body = b"".join([part async for part in answer.aiter_raw()])
            etag = answer.headers["etag"]
            kept = [(name, value) for name, value in answer.headers.items() if name != "date"]
            (folder / f"{kind}.json").write_text(json.dumps([answer.status_code, kept]))
            (folder / f"{kind}.body").write_bytes(body)
    return etag


@asynccontextmanager
async def _bare(folder: Path) -> AsyncIterator[int]:
    port = free_port()
    async with python("bench.bare_web", str(port), str(folder)) as process:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http:
            assert await answered(http, "/gzip", unless=lambda: process.returncode is not None)
        yield port


async def _measure(kind: str, convoke: int, bare: int, etag: str) -> tuple[str, ...]:
    ours, theirs, size = [], [], 0.0
    for _ in range(_ROUNDS):
        rate, size = await _load(convoke, _PATH, kind, etag)
        ours.append(rate)
        rate, bare_size = await _load(bare, f"/{kind}", kind, etag)
        theirs.append(rate)
        assert size == bare_size, "not the same answers"
    rates, base = Series(tuple(ours)), Series(tuple(theirs))
    return kind, f"{size:,.0f}", str(rates), str(base), str(rates.over(base))


async def _others(convoke: int, folder: Path, etag: str) -> AsyncIterator[tuple[str, ...]]:
    """Each has its own tags, and may answer as it likes: how much that is, is said beside."""
    plain, compressed = ((folder / f"{kind}.body").read_bytes() for kind in ("identity", "gzip"))
    for number, (name, start) in enumerate(other_servers.installed().items()):
        own = folder / str(number)
        own.mkdir()
        async with start(own, plain, compressed) as server:
            their_etag = await _etag(server)
            for kind in _KINDS:
                theirs, ours, size = [], [], 0.0
                for _ in range(_ROUNDS):
                    rate, size = await _load(server.port, server.path, kind, their_etag)
                    theirs.append(rate)
                    ours.append((await _load(convoke, _PATH, kind, etag))[0])
                rates, base = Series(tuple(ours)), Series(tuple(theirs))
                yield f"{name}: {kind}", f"{size:,.0f}", str(base), str(rates), str(rates.over(base))


async def _etag(server: Server) -> str:
    """The tag of what they send to those who take gzip."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}", timeout=60) as http:
        tag: str = (await http.get(server.path, headers={"accept-encoding": "gzip"})).headers["etag"]
        return tag


async def _load(port: int, path: str, kind: str, etag: str) -> tuple[float, float]:
    """Answers a second, and bytes an answer."""
    tag = etag if kind == "304" else ""
    async with python("bench.load", str(port), path, tag, _KINDS[kind], str(_SECONDS)) as process:
        answers, seconds, received = map(float, (await first_line(process)).split())
    return answers / seconds, received / answers
