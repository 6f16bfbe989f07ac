"""The least a server can do with the same bytes: an ASGI application that looks at nothing but the path.

A process of its own: `python -m bench.bare_web PORT FOLDER`. Each file in the folder is an answer, named for its path.
"""

import asyncio
import json
import sys
from pathlib import Path

import uvloop
from starlette.types import ASGIApp, Receive, Scope, Send

from convoke.settings import WebSettings
from convoke.web import WebServer, listen


def application(folder: Path) -> ASGIApp:
    answers = {f"/{file.stem}": _answer(file) for file in folder.glob("*.json")}

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        head, body = answers[scope["path"]]
        await send(head)
        await send(body)

    return serve


def _answer(file: Path) -> tuple[dict[str, object], dict[str, object]]:
    status, headers = json.loads(file.read_text())
    raw = [(name.encode(), value.encode()) for name, value in headers]
    return (
        {"type": "http.response.start", "status": status, "headers": raw},
        {"type": "http.response.body", "body": file.with_suffix(".body").read_bytes()},
    )


async def _serve(port: int, folder: Path) -> None:
    listener = listen("127.0.0.1", port)
    server = WebServer(application(folder), WebSettings(port=port))
    await server.serve(sockets=[listener])


def main() -> None:
    port, folder = sys.argv[1:]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(int(port), Path(folder)))


if __name__ == "__main__":
    main()
