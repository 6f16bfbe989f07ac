"""The whole storm: 3,100 people are told at the usual pace by processes that are killed twenty times.

`make crash`. It takes about ten minutes.
"""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

from bench.ground import POSTGRES, SQLITE, Ground, ground, machine
from bench.processes import local_telegram
from bench.table import Table
from domain.outbox import LEASE
from tests.acceptance.crashing import Storm, Toll, broadcast

_RECIPIENTS, _KILLS, _MESSAGES_PER_SECOND = 3_100, 20, 25
_PROCESSES = {SQLITE: 1, POSTGRES: 2}


async def _run(on: Ground) -> list[tuple[str, Toll]]:
    found = []
    with on.databases() as databases:
        for kind, url in databases.items():
            async with local_telegram() as telegram:
                storm = _storm(_PROCESSES[kind])
                found.append((kind, await broadcast(storm, _folder(on, kind), url, telegram)))
                print(kind, found[-1][1], file=sys.stderr)
    return found


def _storm(processes: int, lease: timedelta = LEASE) -> Storm:
    return Storm(
        recipients=_RECIPIENTS,
        kills=_KILLS,
        messages_per_second=_MESSAGES_PER_SECOND,
        processes=processes,
        lease=lease,
        seed=1,
    )


def _folder(on: Ground, kind: str) -> Path:
    folder = on.folder / f"crash-{kind}"
    folder.mkdir()
    return folder


def _row(kind: str, toll: Toll) -> tuple[str, ...]:
    numbers = toll.told, toll.lost, toll.duplicates, toll.in_flight, toll.doubtful, len(toll.unexplained)
    return (f"{kind}, {_PROCESSES[kind]} sending", *map(str, numbers))


def main() -> int:
    """The exit code is 1 if anybody was not told, or told more often than what was in flight explains."""
    with ground() as on:
        print(machine(on), end="\n\n")
        tolls = asyncio.run(_run(on))
    print(
        Table(
            title=f"{_RECIPIENTS:,} reminders at {_MESSAGES_PER_SECOND} a second, {_KILLS} times kill -9",
            head=("", "told", "lost", "told twice", "in flight at a kill", "doubtful rows", "unexplained"),
            rows=tuple(_row(kind, toll) for kind, toll in tolls),
        )
    )
    good = all(not toll.lost and not toll.unexplained and toll.duplicates <= toll.in_flight for _, toll in tolls)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
