"""Servers that others wrote, where they are installed: each serves the same calendar on the loopback for a while."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import httpx

from bench.processes import program, python
from tests.acceptance.process import answered, free_port

_CONFIGURATION = """\
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    types {{ text/calendar ics; }}
    gzip_static on;
    sendfile on;
    keepalive_requests 1000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder};
    }}
}}
"""


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    path: str


Start = Callable[[Path, bytes, bytes], AbstractAsyncContextManager[Server]]
"""With an empty folder of its own, and the calendar, plain and compressed."""


def installed() -> dict[str, Start]:
    found: dict[str, Start] = {}
    if shutil.which("nginx"):
        found["nginx, from files"] = _nginx
    if find_spec("radicale"):
        found["Radicale"] = _radicale
    return found


@asynccontextmanager
async def _nginx(folder: Path, plain: bytes, compressed: bytes) -> AsyncIterator[Server]:
    """One process, as ours is one."""
    server = Server(free_port(), "/calendar.ics")
    (folder / "calendar.ics").write_bytes(plain)
    (folder / "calendar.ics.gz").write_bytes(compressed)
    file = folder / "nginx.conf"
    file.write_text(_CONFIGURATION.format(folder=folder, port=server.port))
    async with program("nginx", "-p", str(folder), "-e", f"{folder}/error.log", "-c", str(file)) as process:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}") as http:
            assert await answered(http, server.path, unless=lambda: process.returncode is not None)
        yield server


@asynccontextmanager
async def _radicale(folder: Path, plain: bytes, _: bytes) -> AsyncIterator[Server]:
    server = Server(free_port(), "/anybody/calendar/")
    options = {
        "server-hosts": f"127.0.0.1:{server.port}",
        "storage-filesystem-folder": str(folder),
        "auth-type": "none",
        "logging-level": "error",
    }
    arguments = [f"--{name}={value}" for name, value in options.items()]
    async with python("radicale", "--config", "", *arguments) as process:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}", timeout=60) as http:
            assert await answered(http, "/.web/", unless=lambda: process.returncode is not None)
            kept = await http.put(
                server.path, content=plain, headers={"content-type": "text/calendar"}, auth=("anybody", "any")
            )
            kept.raise_for_status()
        yield server
