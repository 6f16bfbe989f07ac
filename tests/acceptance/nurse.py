"""Loads Convoke once, and then lets a process be born for everyone who asks at its socket. See `nursery.py`."""

import json
import os
import select
import signal
import socket
import sys
import warnings
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from convoke import demo
from convoke.__main__ import main
from domain import leases, outbox
from jobs import clockwork

_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND


def _serve(address: str) -> None:
    """Until whoever started it has ended, or closes its standard input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a nurse ended
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        sys.stdout.write("open\n")
        sys.stdout.flush()
        while listener in select.select([sys.stdin, listener], [], [])[0]:
            connection, _ = listener.accept()
            with connection:
                if os.fork() == 0:
                    listener.close()
                    _nurse(connection)


def _nurse(connection: socket.socket) -> None:
    """Say who was born, and then how they ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with connection, connection.makefile("rw") as line:
        order = json.loads(line.readline())
        pid = os.fork()
        if pid:
            line.write(f"{pid}\n")
            line.flush()
            _, status = os.waitpid(pid, 0)
            line.write(f"{os.waitstatus_to_exitcode(status)}\n")
            line.flush()
            os._exit(0)
    _live(order)


def _live(order: Mapping[str, Any]) -> None:
    for number, file, mode in ((0, os.devnull, os.O_RDONLY), (1, order["out"], _APPEND), (2, order["log"], _APPEND)):
        descriptor = os.open(file, mode)
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(order["environment"])
    _make_haste(order.get("lease"))
    if place := order.get("place"):
        warnings.simplefilter("default")
        demo.run = partial(demo.run, demo.Place(Path(place[0]), *place[1:]))
    sys.argv = ["convoke", *order["arguments"]]
    main()


def _make_haste(lease: float | None) -> None:
    """Look every second for what comes to be told, and soon for what the dead have left, if that is free soon."""
    clockwork.EXPAND_EVERY = timedelta(seconds=1)
    if lease:
        leases.LEASE = outbox.LEASE = timedelta(seconds=lease)
        clockwork.REAP_EVERY = timedelta(seconds=lease / 2)


if __name__ == "__main__":
    _serve(sys.argv[1])
