"""The state file: written whole, beside the old one, soon after something changed."""

import asyncio
import contextlib
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sandbox import snapshot
from sandbox.errors import StateFileError
from sandbox.jsons import JsonObject, dump
from sandbox.methods.fetching import attach
from sandbox.webhook import Webhook
from sandbox.world import World

DEBOUNCE = 0.5
# A big world is written less often, so that writing never takes more than a tenth of the time.
_REST_FACTOR = 9


class StateFile:
    def __init__(self, path: Path, world: World) -> None:
        self._path = path
        self._world = world
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        # One after the other: whoever stops while a write is under way must not begin a second one beside it.
        self._writer = ThreadPoolExecutor(1, "state")

    def load(self) -> None:
        """Take up where the file left off, and watch for changes from now on."""
        if self._path.exists():
            self._restore(self._read())
        self._world.changes.append(self._changed.set)
        self._task = asyncio.create_task(self._keep())

    def _read(self) -> JsonObject:
        try:
            kept = json.loads(self._path.read_bytes())
        except (OSError, ValueError) as error:
            raise StateFileError(f"{self._path} cannot be read: {error}") from error
        if not isinstance(kept, dict) or kept.get("version") != snapshot.VERSION:
            raise StateFileError(f"{self._path} is no state file of this version of the sandbox")
        return kept

    def _restore(self, kept: JsonObject) -> None:
        try:
            webhooks = snapshot.restore(self._world, kept)
        except (KeyError, TypeError, ValueError) as error:
            raise StateFileError(f"{self._path} is damaged: {error!r}") from error
        for bot_id, settings in webhooks.items():
            bot = self._world.bots[bot_id]
            attach(bot, Webhook(settings, bot.updates, self._world.clock))

    async def _keep(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._changed.wait()
            await asyncio.sleep(DEBOUNCE)
            began = loop.time()
            await self._save()
            await asyncio.sleep((loop.time() - began) * _REST_FACTOR)

    async def _save(self) -> None:
        self._changed.clear()
        taken = dump(snapshot.take(self._world))
        await asyncio.get_running_loop().run_in_executor(self._writer, self._write, taken)

    def _write(self, taken: bytes) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_name(self._path.name + ".new")
        with beside.open("wb") as file:
            file.write(taken)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await self._save()
        self._writer.shutdown()
