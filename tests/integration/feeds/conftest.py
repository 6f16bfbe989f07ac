import pytest

from storage import Database
from tests.web import Clock, Web, add_consortium


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def web(database: Database, clock: Clock) -> Web:
    await database.write(add_consortium)
    return Web(database, clock)
