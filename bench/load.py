"""Asks one address again and again over a few connections. A process of its own: `python -m bench.load`.

Each line that it reads is a JSON list: port, path, If-None-Match, Accept-Encoding, seconds. It answers each with a line
of its own, when that many seconds are over: answers, seconds, bytes.
"""

import asyncio
import json
import re
import sys
import time
from typing import cast

import uvloop

_CONNECTIONS = 8
_GRACE_S = 10
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
_END_OF_HEAD = b"\r\n\r\n"


class Asking(asyncio.Protocol):
    """One connection: the next request leaves when the answer to the last is complete."""

    def __init__(self, request: bytes, end: float) -> None:
        self._request = request
        self._end = end
        self._head = b""
        self._missing = 0
        self.answers = 0
        self.received = 0
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own kind, which does not say so
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        if self._missing:
            self._missing -= len(data)
        else:
            self._begin(data)
        if not self._missing and not self._head:
            self._next()

    def _begin(self, data: bytes) -> None:
        self._head += data
        head, end, body = self._head.partition(_END_OF_HEAD)
        if end:
            length = _LENGTH.search(head)
            self._missing = (int(length[1]) if length else 0) - len(body)
            self._head = b""

    def _next(self) -> None:
        self.answers += 1
        if time.perf_counter() < self._end:
            self._transport.write(self._request)
        else:
            self._transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        if error:
            self.done.set_exception(error)
        else:
            self.done.set_result(None)


async def _ask(port: int, request: bytes, seconds: float) -> str:
    began = time.perf_counter()
    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(lambda: Asking(request, began + seconds), "127.0.0.1", port)
        for _ in range(_CONNECTIONS)
    ]
    async with asyncio.timeout(seconds + _GRACE_S):
        await asyncio.gather(*(asking.done for _, asking in opened))
    took = time.perf_counter() - began
    return f"{sum(asking.answers for _, asking in opened)} {took} {sum(asking.received for _, asking in opened)}"


def _request(port: int, path: str, etag: str, encoding: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Accept-Encoding: {encoding}"]
    lines += [f"If-None-Match: {etag}"] if etag else []
    return "\r\n".join([*lines, "", ""]).encode()


def main() -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        for line in sys.stdin:
            port, path, etag, encoding, seconds = json.loads(line)
            print(runner.run(_ask(port, _request(port, path, etag, encoding), seconds)), flush=True)


if __name__ == "__main__":
    main()
