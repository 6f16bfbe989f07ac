"""Loads Convoke once, and then lets a process be born for everyone who asks at its socket. See `nursery.py`."""

import json
import os
import select
import signal
import socket
import sys
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from convoke.__main__ import main
from domain import leases, outbox
from jobs import clockwork


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


def _make_haste(lease: float | None) -> None:
    """Look every second for what comes to be told, and soon for what the dead have left, if that is free soon."""
    clockwork.EXPAND_EVERY = timedelta(seconds=1)
    if lease:
        leases.LEASE = outbox.LEASE = timedelta(seconds=lease)
        clockwork.REAP_EVERY = timedelta(seconds=lease / 2)


def _live(order: Mapping[str, Any]) -> None:
    with open(os.devnull, "rb") as nothing, open(order["log"], "ab") as log:  # noqa: PTH123 -- as descriptors
        os.dup2(nothing.fileno(), 0)
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    os.environ.clear()
    os.environ.update(order["environment"])
    _make_haste(order["lease"])
    sys.argv = ["convoke", *order["arguments"]]
    main()


if __name__ == "__main__":
    _serve(sys.argv[1])
