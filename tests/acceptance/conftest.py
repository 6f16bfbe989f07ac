from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from sandbox.client import Telegram
from sandbox.server import serving
from tests.acceptance import nursery
from tests.acceptance.browser import browsing
from tests.acceptance.process import Convoke, cleared

ORGANISER = 11

on_both_databases = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


@pytest.fixture(scope="session", autouse=True)
def births() -> Iterator[None]:
    with nursery.opened() as Convoke.nursery:
        yield
    Convoke.nursery = None


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One for all who look on: no window of it remembers anything of another."""
    async with browsing() as found:
        yield found


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """On SQLite unless the test says where: few stories depend on the database, and use cases are tried on both."""
    url: str = request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_url")
    return url


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    """A local Telegram of this test's own. At the end it must have had nothing to refuse."""
    async with serving() as sandbox, Telegram(sandbox.url, app=sandbox.app) as client:
        yield client
        assert await client.mistakes() == ()


@pytest.fixture
async def convoke(telegram: Telegram, tmp_path: Path, database_url: str) -> AsyncIterator[Convoke]:
    """An installation that talks to the local Telegram, not started yet."""
    installation = Convoke(
        folder=tmp_path,
        api_url=telegram.bot_url.removesuffix("/bot"),
        storage_url=database_url,
        admins=[ORGANISER],
    )
    async with cleared(installation):
        yield installation
