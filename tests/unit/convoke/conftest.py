import logging
import os
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machine that runs the tests has set must not count."""
    for name in os.environ:
        if name.startswith("CONVOKE_"):
            monkeypatch.delenv(name)


@pytest.fixture
def restored_logging() -> Iterator[None]:
    """Logging belongs to the whole process: what a test configures is taken back."""
    names = (None, "alembic", "apscheduler", "httpcore", "httpx", "telegram")
    levels = {name: logging.getLogger(name).level for name in names}
    root = logging.getLogger()
    handlers, root.handlers = root.handlers, []  # those of pytest must not be closed
    yield
    root.handlers = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
