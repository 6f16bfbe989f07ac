"""`python -m sandbox`: a local stand-in for the Telegram Bot API."""

import argparse
import asyncio
import logging
import signal
import sys
from pathlib import Path

from sandbox.errors import SandboxError
from sandbox.server import serving


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8081, help="port, 0 for a free one (default: %(default)s)")
    parser.add_argument("--state", type=Path, metavar="FILE", help="keep people, chats and messages in this file")
    return parser.parse_args()


async def _run(host: str, port: int, state: Path | None) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with serving(host, port, state=state) as sandbox:
        sys.stdout.write(f"Chat page:  {sandbox.url}/\nFor a bot:  base_url={sandbox.bot_url}\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> int:
    arguments = _arguments()
    # A dropped connection is done on purpose; uvicorn takes it for a mistake.
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    try:
        asyncio.run(_run(arguments.host, arguments.port, arguments.state))
    except SandboxError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
