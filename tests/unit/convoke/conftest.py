import os

import pytest


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machine that runs the tests has set must not count."""
    for name in os.environ:
        if name.startswith("CONVOKE_"):
            monkeypatch.delenv(name)
