from datetime import timedelta

import pytest

from domain.outbox import pause


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(1, 2), (2, 4), (3, 8), (8, 256), (9, 300), (10, 300), (1_000_000, 300)],
)
def test_pauses_double_up_to_five_minutes(attempts: int, seconds: int) -> None:
    assert pause(attempts) == timedelta(seconds=seconds)
