"""`python -m bench [NAME ...]`: all benchmarks, or those named."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterable

from bench import (
    broadcast,
    calendars,
    changed,
    chat,
    outbox,
    registrations,
    scale,
    searching,
    sending,
    serving,
    startup,
)
from bench.ground import Ground, ground, machine
from bench.noise import Noise
from bench.table import Table

_BENCHMARKS: dict[str, Callable[[Ground], AsyncIterator[Table]]] = {
    "registrations": registrations.run,
    "chat": chat.run,
    "calendars": calendars.run,
    "changed": changed.run,
    "serving": serving.run,
    "searching": searching.run,
    "outbox": outbox.run,
    "sending": sending.run,
    "broadcast": broadcast.run,
    "scale": scale.run,
    "startup": startup.run,
}
_WHEN_ASKED = {"endurance": scale.endurance}


async def _run(names: Iterable[str]) -> None:
    task = asyncio.current_task()
    assert task
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)  # or what was started would stay
    noise = Noise()
    with ground() as on:
        print(machine(on))
        for name in names:
            async for table in (_BENCHMARKS | _WHEN_ASKED)[name](on):
                print(f"\n{table}", flush=True)
    print("\nEach figure: the median of some rounds (least-most); ratios are of the same round.")
    print(f"All in {noise.seconds:.0f} s; {noise}.")


def main() -> int:
    names = sys.argv[1:] or list(_BENCHMARKS)
    if unknown := set(names) - (_BENCHMARKS | _WHEN_ASKED).keys():
        print(f"There is no benchmark {', '.join(unknown)}: {', '.join(_BENCHMARKS | _WHEN_ASKED)}", file=sys.stderr)
        return 2
    asyncio.run(_run(names))
    return 0


if __name__ == "__main__":
    sys.exit(main())
