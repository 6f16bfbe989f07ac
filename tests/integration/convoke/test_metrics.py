"""What Prometheus reads."""

import asyncio
import math
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from convoke import metrics
from convoke.metrics import Counted, Metrics
from domain.outcomes import Rejected, Sent
from feeds.counting import CountRequests
from storage import Database, DeliveryState
from tests.factories import NOW, add_delivery
from tests.outbox import Letterbox, postman, send_all, six_registered

MINUTE = timedelta(minutes=1)
TOKEN = "a-token-of-the-tests"


async def samples(database: Database, found: Metrics, token: str | None = None, said: str = "") -> dict[str, float]:
    """Our own figures, as a scraper sees them."""
    answer = await ask(database, found, token, said)
    assert answer.status_code == 200
    lines = [line.rpartition(" ") for line in answer.text.splitlines() if line.startswith("convoke_")]
    return {name: float(value) for name, _, value in lines if "_created" not in name}


async def ask(database: Database, found: Metrics, token: str | None, said: str) -> httpx.Response:
    app = Starlette(routes=[metrics.route(found, database, token, lambda: NOW)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as http:
        return await http.get("/metrics", headers={"Authorization": said.encode("latin-1")} if said else {})


async def test_the_outbox_is_counted_as_it_is_now(database: Database) -> None:
    await database.write(six_registered)
    await database.write(add_delivery, 1, 1, dedup_key="one", due_at=NOW - MINUTE)
    await database.write(add_delivery, 2, 1, dedup_key="two")
    await database.write(add_delivery, 3, 1, dedup_key="three", state=DeliveryState.UNKNOWN, settled_at=NOW)
    found = Metrics()

    assert (await samples(database, found)).items() >= {
        'convoke_deliveries_waiting{kind="restored",state="pending"}': 2,
        'convoke_deliveries_troubled{state="unknown"}': 1,
        "convoke_delivery_lag_seconds": 60,
    }.items()


async def test_what_waits_no_more_is_not_shown_any_more(database: Database) -> None:
    await database.write(six_registered)
    await database.write(add_delivery, 1, 1)
    found = Metrics()
    waiting = 'convoke_deliveries_waiting{kind="restored",state="pending"}'

    before = await samples(database, found)
    await send_all(database, NOW)
    after = await samples(database, found)

    assert (waiting in before, waiting in after) == (True, False)


async def test_a_database_that_is_away_hides_nothing_else(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    database, found = Database(f"sqlite:///{tmp_path / ('x' * 300)}"), Metrics()
    found.sent(Sent(1))

    shown = await samples(database, found)

    assert shown['convoke_sends_total{outcome="sent"}'] == 1
    assert math.isnan(shown["convoke_delivery_lag_seconds"])
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert caplog.records[0].exc_info is None
    await database.close()


async def test_sends_are_counted_by_what_became_of_them(database: Database) -> None:
    found = Metrics()
    for outcome in (Sent(1), Sent(2), Rejected("no")):
        found.sent(outcome)
    found.replied(0.02)

    shown = await samples(database, found)

    assert shown['convoke_sends_total{outcome="sent"}'] == 2
    assert shown['convoke_sends_total{outcome="rejected"}'] == 1
    assert shown['convoke_reply_seconds_bucket{le="0.025"}'] == 1
    assert shown['convoke_reply_seconds_bucket{le="0.01"}'] == 0


@pytest.mark.parametrize("said", ["", "Bearer", f"Bearer {TOKEN}x", TOKEN, f"Basic {TOKEN}", "Bearer é"])
async def test_whoever_does_not_know_the_token_reads_nothing(database: Database, said: str) -> None:
    answer = await ask(database, Metrics(), TOKEN, said)

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert "convoke_" not in answer.text
    assert TOKEN not in answer.text


async def test_whoever_knows_the_token_reads(database: Database) -> None:
    assert "convoke_delivery_lag_seconds" in await samples(database, Metrics(), TOKEN, f"Bearer {TOKEN}")


async def test_requests_are_counted_by_known_paths_only(database: Database) -> None:
    found = Metrics()
    inner = Starlette(routes=[Route("/feeds/{name:path}", lambda _: PlainTextResponse("calendar"))])
    app = CountRequests(inner, found.answered)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as http:
        for path in ("/feeds/all.ics", "/feeds/personal/secret.ics", "/wp-login.php", "/", "/x" * 90):
            await http.get(path)

    shown = await samples(database, found)

    assert {name: value for name, value in shown.items() if "requests" in name} == {
        'convoke_http_requests_total{path="feeds",status="200"}': 2,
        'convoke_http_requests_total{path="page",status="404"}': 3,
    }


async def test_a_counted_messenger_is_the_messenger(database: Database) -> None:
    await database.write(six_registered)
    await database.write(add_delivery, 1, 1)
    letterbox, found = Letterbox(), Metrics()
    lane = postman(database, Counted(letterbox, found))

    run = asyncio.create_task(lane.run())
    lane.wake()
    await letterbox.holds(1)
    lane.stop()
    await run

    assert letterbox.received == [(1, "restored")]
    assert (await samples(database, found))['convoke_sends_total{outcome="sent"}'] == 1
