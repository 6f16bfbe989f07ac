"""How slow the machine is and whom it trusts must not count."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no mistake; what must be quick is timed itself.
settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ours")


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
