"""Killed in the middle of the work: nothing is lost, and nothing is told twice that was not in flight."""

from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.client import Telegram
from storage import DeliveryState
from tests.acceptance.crashing import Storm, broadcast

# As in `make crash`, but faster and smaller.
STORM = {"recipients": 120, "kills": 3, "messages_per_second": 100, "lease": timedelta(seconds=5)}


@pytest.mark.parametrize(("kind", "processes"), [("sqlite", 1), ("postgres", 2)])
async def test_a_broadcast_survives_kills_at_any_moment(
    kind: str, processes: int, telegram: Telegram, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    storage_url = request.getfixturevalue(f"{kind}_url")

    toll = await broadcast(Storm(processes=processes, seed=7, **STORM), tmp_path, storage_url, telegram)

    assert (toll.told, toll.lost, toll.unexplained) == (STORM["recipients"], 0, ())
    assert toll.states == {DeliveryState.SENT: STORM["recipients"]}
    assert toll.duplicates <= toll.doubtful
