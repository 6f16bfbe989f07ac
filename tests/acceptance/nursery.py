"""Convoke's processes, born where everything is loaded already: most of a start is loading, each time the same.

They are processes like any other, with an identity, an environment, a log and an end of their own.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PROGRAM = "tests.acceptance.nurse"


@dataclass(frozen=True, slots=True)
class Child:
    """As much of `asyncio.subprocess.Process` as tests ask for."""

    pid: int
    _end: asyncio.Task[int]

    @property
    def returncode(self) -> int | None:
        return self._end.result() if self._end.done() else None

    async def wait(self) -> int:
        return await asyncio.shield(self._end)


class Nursery:
    """Open while its block runs. What was born there lives on until somebody ends it."""

    def __init__(self, address: str) -> None:
        self._address = address

    async def born(self, arguments: Sequence[str], out: Path, log: Path, **more: object) -> Child:
        """A process that does what the command does with these arguments, with what the environment is now.

        `more` is what else `nurse.py` knows how to do for it.
        """
        reader, writer = await asyncio.open_unix_connection(self._address)
        order = {"arguments": [*arguments], "out": str(out), "log": str(log), "environment": dict(os.environ), **more}
        writer.write(json.dumps(order).encode() + b"\n")
        pid = int(await reader.readline())
        return Child(pid, asyncio.create_task(_ended(reader, writer)))


async def _ended(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
    code = int(await reader.readline())
    writer.close()
    return code


@contextmanager
def opened() -> Iterator[Nursery]:
    """It ends when its standard input is closed, be it that the tests are killed."""
    with tempfile.TemporaryDirectory(prefix="convoke-nursery-") as folder:
        address = f"{folder}/socket"
        command = [sys.executable, "-m", _PROGRAM, address]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            assert process.stdout.readline() == "open\n"
            yield Nursery(address)
