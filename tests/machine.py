"""How slow the machine is and whom it trusts must not count. Nothing is done that only takes time."""

import gc
import logging
import os
from asyncio import AbstractEventLoop
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
import uvloop
from hypothesis import HealthCheck, settings

# A busy machine is no mistake; what must be quick is timed itself.
settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ours")

_GARBAGE = 10_000
"""So many more things than before, and it is looked for. As often as Python does took each test a thirtieth longer."""


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], AbstractEventLoop]]:
    """The loop that Convoke runs in."""
    return {"uvloop": uvloop.new_event_loop}


def pytest_collection() -> None:
    """Nothing of what is loaded now is garbage."""
    gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.set_threshold(_GARBAGE)
    gc.enable()


def pytest_configure() -> None:
    """Trust nobody: the tests speak to this machine alone, and certificates take each client longer than most tests."""
    os.environ.pop("SSL_CERT_FILE", None)
    os.environ["SSL_CERT_DIR"] = str(Path(__file__).parent)


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
