"""The ground under the tests: a server that never outlives them, and a database for each."""

import select
import subprocess
import sys

import psycopg
import pytest
from sqlalchemy import URL, make_url

from tests import postgres

OWNER = """
import sys
from tests import postgres
with postgres.server() as url:
    print(url.set(drivername="postgresql"), flush=True)
    sys.stdin.read()
"""


def test_server_stops_when_the_tests_are_killed(pytestconfig: pytest.Config, postgres_server: URL) -> None:
    command = [sys.executable, "-c", OWNER]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=pytestconfig.rootpath, stdin=pipe, stdout=pipe, text=True) as owner:
        assert owner.stdout
        with psycopg.connect(owner.stdout.readline().strip(), autocommit=True) as connection:
            connection.execute("SELECT 1")

            owner.kill()

            assert select.select([connection], [], [], 60)[0] == [connection]
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")


def test_database_is_dropped_while_somebody_is_connected(postgres_server: URL) -> None:
    with postgres.database(postgres_server) as url:
        name = make_url(url).database
        connection = psycopg.connect(_address(make_url(url)))
    connection.close()

    with psycopg.connect(_address(postgres_server)) as admin:
        assert admin.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [name]).fetchone() == (0,)


def _address(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
