"""The real process, started and stopped as an operator would, or killed as a crash would."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import httpx

from tests.acceptance.nursery import Child, Nursery

Process = asyncio.subprocess.Process | Child

_START_S, _STOP_S, _LOOK_AGAIN_S = 30, 15, 0.05
_WITH_LEASE = """
import sys
from datetime import timedelta
from convoke.__main__ import main
from domain import leases, outbox
leases.LEASE = outbox.LEASE = timedelta(seconds=float(sys.argv.pop(1)))
main()
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@dataclass(kw_only=True)
class Convoke:
    """One installation: its folder, its configuration, and its process while it runs."""

    nursery: ClassVar[Nursery | None] = None
    """Where its processes are born, if not by the command."""

    folder: Path
    api_url: str
    storage_url: str
    mode: str = "polling"
    token: str = "7000001:acceptance-tests-of-the-local-telegram"
    admins: Iterable[int] = ()
    leads: Iterable[timedelta] = ()
    roles: Iterable[str] = ("all",)
    port: int = field(default_factory=free_port)
    webhook_url: str = ""
    """Its own address if none is given."""
    by_command: bool = False
    """Whether to start it as an operator does, whatever else could be done."""
    lease: timedelta | None = None
    """What a dead process held is taken up after this time, if not the usual one."""
    process: Process | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "convoke.log").read_text()

    def configure(self) -> Path:
        leads = ", ".join(f'"{int(lead.total_seconds())}s"' for lead in self.leads)
        file = self.folder / "config.toml"
        file.write_text(
            f"""
            [telegram]
            token = "{self.token}"
            api_url = "{self.api_url}"
            mode = "{self.mode}"
            webhook_url = "{self.webhook_url or self.url}/telegram"
            webhook_secret = "a-secret-of-the-tests"
            admins = {list(self.admins)}
            [storage]
            url = "{self.storage_url}"
            [web]
            port = {self.port}
            public_url = "{self.url}"
            [reminders]
            leads = [{leads}]
            [consortium]
            file = "{Path("consortium.toml").absolute()}"
            """
        )
        return file

    async def launch(self) -> Process:
        log, roles = self.folder / "convoke.log", [argument for role in self.roles for argument in ("--role", role)]
        arguments = ["run", "--config", str(self.configure()), *roles]
        if self.nursery and not self.by_command:
            self.process = await self.nursery.born(arguments, log, log, lease=self.lease and self.lease.total_seconds())
        else:
            self.process = await _launched(arguments, log, self.lease)
        return self.process

    async def start(self) -> None:
        """Start and wait until everything is ready."""
        process = await self.launch()
        async with httpx.AsyncClient(base_url=self.url) as http:
            await answered(http, "/readyz", unless=lambda: process.returncode is not None)
        assert process.returncode is None, self.log

    async def stop(self) -> int:
        """End it as systemd would; returns the exit code."""
        return await self._signal(signal.SIGTERM)

    async def kill(self) -> int:
        return await self._signal(signal.SIGKILL)

    async def _signal(self, number: signal.Signals) -> int:
        assert self.process
        with contextlib.suppress(ProcessLookupError):  # it has ended by itself, and how is told below
            os.kill(self.process.pid, number)
        async with asyncio.timeout(_STOP_S):
            return await self.process.wait()


async def _launched(arguments: Sequence[str], log: Path, lease: timedelta | None) -> asyncio.subprocess.Process:
    program = ["-c", _WITH_LEASE, str(lease.total_seconds())] if lease else ["-m", "convoke"]
    with log.open("ab") as file:
        return await asyncio.create_subprocess_exec(sys.executable, *program, *arguments, stdout=file, stderr=file)


async def answered(
    http: httpx.AsyncClient, path: str, *, unless: Callable[[], bool] = lambda: False
) -> httpx.Response | None:
    """The first good answer of a server that is just starting; nothing if it ends instead."""
    async with asyncio.timeout(_START_S):
        while not unless():
            with contextlib.suppress(httpx.TransportError):
                answer = await http.get(path)
                if answer.is_success:
                    return answer
            await asyncio.sleep(_LOOK_AGAIN_S)
    return None


@asynccontextmanager
async def cleared(convoke: Convoke) -> AsyncIterator[Convoke]:
    """Whatever happens in the block, the process is gone after it."""
    try:
        yield convoke
    finally:
        if convoke.process and convoke.process.returncode is None:
            await convoke.kill()
