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
from tests.acceptance.process import Convoke, Process, free_port

_START_S, _STOP_S, _LOOK_AGAIN_S = 30, 15, 0.05
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
    by_command: bool = False
    chat_port: int = field(default_factory=free_port)
    web_port: int = field(default_factory=free_port)

    @property
    def chat(self) -> str:
        return f"http://127.0.0.1:{self.chat_port}"

    @property
    def web(self) -> str:
        return f"http://127.0.0.1:{self.web_port}"

    @property
    def printed(self) -> str:
        """Since it was launched."""
        return self._out.read_text()

    @property
    def warnings(self) -> str:
        return self._log.read_text()

    @property
    def _out(self) -> Path:
        return self.folder / "printed.txt"

    @property
    def _log(self) -> Path:
        return self.folder / "warnings.txt"

    async def launch(self) -> Process:
        place = (str(self.folder), self.chat_port, self.web_port)
        with self._out.open("wb") as out, self._log.open("wb") as log:
            if Convoke.nursery and not self.by_command:
                return await Convoke.nursery.born(["demo"], self._out, self._log, place=place)
            program = ("-W", "default", "-c", _PROGRAM, *map(str, place))
            return await asyncio.create_subprocess_exec(sys.executable, *program, stdout=out, stderr=log)


@asynccontextmanager
async def playing(demo: Demo) -> AsyncIterator[Demo]:
    """The demo while the block runs. It must end well and soon, and its bot may have done nothing that is refused."""
    process = await demo.launch()
    try:
        async with asyncio.timeout(_START_S):
            while "Ctrl-C" not in demo.printed:
                assert process.returncode is None, demo.warnings
                await asyncio.sleep(_LOOK_AGAIN_S)
        yield demo
        async with Telegram(demo.chat) as telegram:
            assert await telegram.mistakes() == ()
        os.kill(process.pid, signal.SIGINT)
        async with asyncio.timeout(_STOP_S):
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            os.kill(process.pid, signal.SIGKILL)
            await process.wait()
