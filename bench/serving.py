"""Calendar apps ask for the calendar of a thousand webinars: Convoke against a server that does nothing else."""

import json
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx

from bench import other_servers, scenery
from bench.ground import SQLITE, Ground
from bench.other_servers import Server
from bench.processes import cpu_seconds, first_line, python, started
from bench.table import Table
from bench.timing import Series, figure
from tests.acceptance.process import Convoke, answered, free_port

_WEBINARS = 1_000
_ROUNDS, _SECONDS = 25, 0.1
"""Many short ones, in turn: another program that takes a core for a while takes it from both."""
_PATH = "/feeds/all.ics"
_KINDS = {"304": "gzip", "gzip": "gzip", "identity": "identity"}


@dataclass(frozen=True, slots=True)
class Side:
    """One of two servers that are compared: its process, and where and with which tag it is asked."""

    process_id: int
    port: int
    path: str
    etag: str


async def run(ground: Ground) -> AsyncIterator[Table]:
    folder = ground.folder / "serving"
    with ground.databases() as databases:
        async with scenery.opened(databases[SQLITE]) as database:
            await database.write(scenery.add_programme, _WEBINARS, datetime.now(UTC))
        convoke = Convoke(folder=folder, api_url="http://127.0.0.1:1", storage_url=databases[SQLITE], roles=("feeds",))
        async with started(convoke), python("bench.load") as load:
            etag = await _record(convoke, folder)
            assert convoke.process
            ours = Side(convoke.process.pid, convoke.port, _PATH, etag)
            async with _bare(folder) as bare:
                rows = [await _measure(load, kind, ours, replace(bare, path=f"/{kind}", etag=etag)) for kind in _KINDS]
            others = [row async for row in _others(load, ours, folder)]
    yield Table(
        title=f"Serving {_PATH} with {_WEBINARS:,} webinars, {_ROUNDS} rounds of {_SECONDS} s",
        head=("", "bytes", "Convoke/s", "bare ASGI/s", "x bare", "CPU: bare of Convoke"),
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
async def _bare(folder: Path) -> AsyncIterator[Side]:
    port = free_port()
    async with python("bench.bare_web", str(port), str(folder)) as process:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http:
            assert await answered(http, "/gzip", unless=lambda: process.returncode is not None)
        yield Side(process.pid, port, "", "")


async def _measure(load: Process, kind: str, ours: Side, bare: Side) -> tuple[str, ...]:
    before = [cpu_seconds(side.process_id) for side in (ours, bare)]
    mine, theirs = await _compare(load, kind, ours, bare, _ROUNDS)
    assert mine.size == theirs.size, "not the same answers"
    used = [cpu_seconds(side.process_id) - cpu for side, cpu in zip((ours, bare), before, strict=True)]
    each = [seconds / found.answers for seconds, found in zip(used, (mine, theirs), strict=True)]
    return (
        kind,
        f"{mine.size:,.0f}",
        *map(str, (mine.rates, theirs.rates, mine.rates.over(theirs.rates))),
        figure(each[1] / each[0]),
    )


async def _others(load: Process, ours: Side, folder: Path) -> AsyncIterator[tuple[str, ...]]:
    """Each has its own tags, and may answer as it likes: how much that is, is said beside."""
    plain, compressed = ((folder / f"{kind}.body").read_bytes() for kind in ("identity", "gzip"))
    for number, (name, start) in enumerate(other_servers.installed().items()):
        own = folder / str(number)
        own.mkdir()
        async with start(own, plain, compressed) as server:
            other = Side(0, server.port, server.path, await _etag(server))
            for kind in _KINDS:
                mine, theirs = await _compare(load, kind, ours, other, _ROUNDS // 3)
                found = (theirs.rates, mine.rates, mine.rates.over(theirs.rates))
                yield f"{name}: {kind}", f"{theirs.size:,.0f}", *map(str, found)


@dataclass(frozen=True, slots=True)
class Found:
    """What one side did in all rounds: how fast in each, how many answers, and of how many bytes each."""

    rates: Series
    answers: float
    size: float


async def _compare(load: Process, kind: str, one: Side, other: Side, rounds: int) -> tuple[Found, Found]:
    """In turn, and each as often first as second."""
    sides, found = (one, other), ([], [])
    for number in range(rounds):
        for which in (0, 1) if number % 2 else (1, 0):
            found[which].append(await _load(load, sides[which], kind))
    return _found(found[0]), _found(found[1])


def _found(rounds: Sequence[tuple[float, float, float]]) -> Found:
    answers, _, received = map(sum, zip(*rounds, strict=True))
    return Found(Series(tuple(number / seconds for number, seconds, _ in rounds)), answers, received / answers)


async def _load(load: Process, side: Side, kind: str) -> tuple[float, float, float]:
    """Answers, seconds, and bytes of all of them."""
    assert load.stdin
    tag = side.etag if kind == "304" else ""
    load.stdin.write(f"{json.dumps([side.port, side.path, tag, _KINDS[kind], _SECONDS])}\n".encode())
    answers, seconds, received = map(float, (await first_line(load)).split())
    return answers, seconds, received


async def _etag(server: Server) -> str:
    """The tag of what they send to those who take gzip."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}", timeout=60) as http:
        tag: str = (await http.get(server.path, headers={"accept-encoding": "gzip"})).headers["etag"]
        return tag
