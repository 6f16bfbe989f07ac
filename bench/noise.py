"""How much of the machine other programs used meanwhile: the first thing to ask of a figure."""

import os
import time
from math import isnan
from pathlib import Path

_BUSY = (0, 1, 2, 5, 6)  # user, nice, system, irq, softirq in /proc/stat


class Noise:
    """From when it is made on. Counts this program and what it has started and ended as its own."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._busy = _machine() - _own()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def __str__(self) -> str:
        others = (_machine() - _own() - self._busy) / self.seconds
        if isnan(others):
            return "what other programs did meanwhile is not known here"
        return f"other programs used {max(0.0, others):.2f} of the {os.cpu_count()} cores meanwhile"


def _machine() -> float:
    """CPU seconds since the machine was started; nan where the system does not tell (no Linux)."""
    try:
        counters = Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    except FileNotFoundError:
        return float("nan")
    return sum(int(counters[place]) for place in _BUSY) / os.sysconf("SC_CLK_TCK")


def _own() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
