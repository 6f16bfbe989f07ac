from collections.abc import AsyncIterator

import pytest

from storage import Database
from tests.integration.bot.stage import Stage, staged


@pytest.fixture
async def stage(database: Database) -> AsyncIterator[Stage]:
    async with staged(database) as stage:
        await stage.open()
        yield stage
