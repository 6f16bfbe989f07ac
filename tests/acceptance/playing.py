"""The demo as a process: started, and stopped with Ctrl-C."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.client import Telegram
from tests.acceptance.process import free_port

_START_S, _STOP_S = 30, 15
_PROGRAM = """
import sys
from functools import partial
from pathlib import Path
from convoke.__main__ import main
from convoke import demo
folder, chat_port, web_port = sys.argv[1:]
demo.run = partial(demo.run, demo.Place(Path(folder), int(chat_port), int(web_port)))
sys.argv = ["convoke", "demo"]
main()
"""
"""The command, at a place of its own."""


@dataclass(kw_only=True)
class Demo:
    """What it printed, and the warnings it wrote, are complete after it has ended."""

    folder: Path
    chat_port: int = field(default_factory=free_port)
    web_port: int = field(default_factory=free_port)
    printed: str = ""
    warnings: str = ""

    @property
    def chat(self) -> str:
        return f"http://127.0.0.1:{self.chat_port}"

    @property
    def web(self) -> str:
        return f"http://127.0.0.1:{self.web_port}"

    async def launch(self) -> asyncio.subprocess.Process:
        arguments = [str(self.folder), str(self.chat_port), str(self.web_port)]
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *("-W", "default", "-c", _PROGRAM, *arguments),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )


@asynccontextmanager
async def playing(demo: Demo) -> AsyncIterator[Demo]:
    """The demo while the block runs. It must end well and soon, and its bot may have done nothing that is refused."""
    process = await demo.launch()
    assert process.stdout
    assert process.stderr
    warnings = asyncio.create_task(process.stderr.read())
    demo.printed = ""
    try:
        async with asyncio.timeout(_START_S):
            while "Ctrl-C" not in demo.printed:
                line = await process.stdout.readline()
                assert line, demo.printed
                demo.printed += line.decode()
        yield demo
        async with Telegram(demo.chat) as telegram:
            assert await telegram.mistakes() == ()
        os.kill(process.pid, signal.SIGINT)
        async with asyncio.timeout(_STOP_S):
            demo.printed += (await process.stdout.read()).decode()
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        demo.warnings = (await warnings).decode()
