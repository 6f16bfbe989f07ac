"""Programs of their own, as in life: started for as long as a block runs, ended by their pid."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sandbox.client import Telegram
from tests.acceptance.process import Convoke, cleared

_START_S, _STOP_S = 20, 10
_MIB = 1024 * 1024


@dataclass(kw_only=True)
class Unpaced(Convoke):
    """Convoke with a bulk lane as fast as it may be set."""

    def configure(self) -> Path:
        file = super().configure()
        with file.open("a") as text:
            text.write("\n[delivery]\nmessages_per_second = 1000\nworkers = 8\n")
        return file


@asynccontextmanager
async def python(*arguments: str) -> AsyncIterator[Process]:
    """`python -m ARGUMENTS`. Its output may be read."""
    async with program(sys.executable, "-m", *arguments) as process:
        yield process


@asynccontextmanager
async def program(*command: str) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
    try:
        yield process
    finally:
        await _end(process)


async def _end(process: Process) -> None:
    if process.returncode is None:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), _STOP_S)
        except TimeoutError:
            process.kill()
            await process.wait()


async def first_line(process: Process) -> str:
    assert process.stdout
    line = await asyncio.wait_for(process.stdout.readline(), _START_S)
    if not line:
        raise RuntimeError("a program has ended before it said anything; its error stands above")
    return line.decode().rstrip()


@asynccontextmanager
async def local_telegram() -> AsyncIterator[Telegram]:
    """The sandbox in a process of its own."""
    async with python("sandbox", "--port", "0") as process:
        url = (await first_line(process)).split()[-1]
        async with Telegram(url) as telegram:
            yield telegram


@asynccontextmanager
async def started(convoke: Convoke) -> AsyncIterator[Convoke]:
    convoke.folder.mkdir(parents=True)
    async with cleared(convoke):
        await convoke.start()
        yield convoke
        await convoke.stop()


def cpu_seconds(pid: int) -> float:
    """What a process has used so far; nan where the system does not tell (no Linux)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mib() -> float:
    """What this process holds in memory; nan where the system does not tell (no Linux)."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except FileNotFoundError:
        return float("nan")
    return pages * os.sysconf("SC_PAGE_SIZE") / _MIB
