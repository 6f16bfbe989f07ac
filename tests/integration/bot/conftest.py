from collections.abc import AsyncIterator

import pytest

from storage import Database
from tests.integration.bot.stage import Stage, staged
from tests.reuse import Reused


@pytest.fixture
def reused(reused_sqlite: Reused) -> Reused:
    """Here it is the chat that is tried: use cases run on both databases, and so does the first story over HTTP."""
    return reused_sqlite


@pytest.fixture
async def stage(database: Database) -> AsyncIterator[Stage]:
    async with staged(database) as stage:
        await stage.open()
        yield stage
