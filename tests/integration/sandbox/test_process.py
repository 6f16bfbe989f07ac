import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from sandbox.client import Telegram


@asynccontextmanager
async def started(*arguments: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """`python -m sandbox` and the address it says."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox",
        "--port",
        "0",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    async with asyncio.timeout(30):
        said = (await process.stdout.readline() + await process.stdout.readline()).decode()
    match = re.fullmatch(r"Chat page:  (http://127\.0\.0\.1:\d+)/\nFor a bot:  base_url=\1/bot\n", said)
    assert match is not None
    try:
        yield process, match[1]
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_it_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    async with started("--state", str(file)) as (process, url):
        async with Telegram(url) as people, httpx.AsyncClient(base_url=url) as http:
            await people.bot("4200:secret")
            await people.say(7, "Hello")
            [update] = (await http.get("/bot4200:secret/getUpdates?timeout=50")).json()["result"]
            waiting = [
                asyncio.create_task(http.get(path))
                for path in (
                    "/_/transcript?wait=50&method=sendMessage",
                    f"/bot4200:secret/getUpdates?timeout=50&offset={update['update_id'] + 1}",
                )
            ]
            watching = asyncio.create_task(http.get("/_/events"))
            assert await people.ready()
            process.send_signal(signal.SIGTERM)
            assert [(await answer).status_code for answer in waiting] == [503, 503]
            assert (await watching).text == "retry: 1000\n\n"
        assert process.stderr is not None
        async with asyncio.timeout(10):
            assert (await process.stderr.read(), await process.wait()) == (b"", 0)
    assert file.exists()


async def test_a_port_that_is_taken_is_said_in_one_line() -> None:
    async with started() as (_, url):
        port = url.rpartition(":")[2]
        second = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "sandbox",
            "--port",
            port,
            stderr=asyncio.subprocess.PIPE,
        )
        _, said = await second.communicate()
    assert (second.returncode, said.decode()) == (
        1,
        f"The sandbox cannot listen on 127.0.0.1 port {port}: Address already in use\n",
    )
