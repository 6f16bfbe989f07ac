"""What operators do and what happens to them: stops in the middle of work, wrong settings, roles apart."""

import asyncio
import re
import socket
from collections import Counter
from datetime import UTC, datetime

import httpx
import pytest

from sandbox.client import Telegram
from storage import Database, DeliveryState, deliveries
from tests.acceptance.conftest import on_both_databases
from tests.acceptance.crashing import FIRST, LEAD, all_settled, prepare
from tests.acceptance.process import Convoke, answered
from tests.acceptance.talking import Talk

COMPANIES = 60
VISITOR = 500


@on_both_databases
async def test_a_stop_in_the_middle_of_a_broadcast_loses_nothing_and_repeats_nothing(
    convoke: Convoke, telegram: Telegram
) -> None:
    await telegram.bot(convoke.token)
    await telegram.people(FIRST, COMPANIES, started=True)
    database = Database(convoke.storage_url)
    await database.write(prepare, COMPANIES, datetime.now(UTC))
    convoke.leads = [LEAD]
    since = await telegram.mark()
    await telegram.fault(method="sendMessage", delay=0.2)

    await convoke.start()
    await telegram.wait_for("sendMessage", since=since, count=COMPANIES // 3, wait=30)
    assert await convoke.stop() == 0
    await convoke.start()
    await telegram.wait_for("sendMessage", since=since, count=COMPANIES, wait=30)
    await all_settled(database, COMPANIES)
    assert set(await database.read(deliveries.count_by_state)) == {DeliveryState.SENT}
    await database.close()
    await convoke.stop()

    sent = await telegram.calls("sendMessage", since=since)
    assert Counter(call.chat_id for call in sent) == Counter(range(FIRST, FIRST + COMPANIES))


async def test_a_token_that_telegram_does_not_know_is_said_in_one_line(convoke: Convoke, telegram: Telegram) -> None:
    await telegram.fault(method="getMe", code=401, description="Unauthorized")
    convoke.by_command = True

    process = await convoke.launch()

    assert await asyncio.wait_for(process.wait(), 30) == 2
    assert "token" in convoke.log
    assert "Traceback" not in convoke.log
    assert convoke.token not in convoke.log


async def test_a_port_in_use_is_said_in_one_line(convoke: Convoke) -> None:
    with socket.create_server(("127.0.0.1", convoke.port)):
        process = await convoke.launch()
        assert await asyncio.wait_for(process.wait(), 30) == 1

    assert str(convoke.port) in convoke.log
    assert "Traceback" not in convoke.log


async def test_it_serves_calendars_while_telegram_is_away_and_talks_when_it_is_back(
    convoke: Convoke, telegram: Telegram
) -> None:
    await telegram.fault(method="getMe", code=502, description="Bad Gateway", n=2)
    await convoke.launch()
    async with httpx.AsyncClient(base_url=convoke.url) as http:
        feed = await answered(http, "/feeds/all.ics")
    assert feed
    assert feed.text.startswith("BEGIN:VCALENDAR")

    await telegram.ready(wait=30)
    await telegram.mark()
    await telegram.start(VISITOR)

    await telegram.wait_for("sendMessage", chat=VISITOR)
    assert await convoke.stop() == 0


async def test_every_role_serves_health_and_metrics(convoke: Convoke, telegram: Telegram) -> None:
    await convoke.start()
    await telegram.people(VISITOR)
    await telegram.start(VISITOR)
    await telegram.wait_for("sendMessage", chat=VISITOR)

    async with httpx.AsyncClient(base_url=convoke.url) as http:
        assert (await http.get("/healthz")).text == "alive\n"
        shown = (await http.get("/metrics")).text

    assert "convoke_delivery_lag_seconds 0.0" in shown
    assert "convoke_reply_seconds_count 1.0" in shown
    assert 'convoke_http_requests_total{path="healthz",status="200"} 1.0' in shown
    assert convoke.token not in shown


@on_both_databases
async def test_the_log_tells_no_secret_and_nobody_s_data_however_much_it_tells(
    convoke: Convoke, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONVOKE_LOG__LEVEL", "debug")
    await telegram.people(VISITOR, first_name="Zephyrina", username="zephyrina_of_ghent")
    await convoke.start()
    talk = Talk(telegram, VISITOR)
    await talk.open()
    link = await talk.say("/calendar")
    await talk.say("my phone is 0470 123456")
    (path,) = set(re.findall(r"/feeds/personal/[^\s?]+\.ics", link.text))
    async with httpx.AsyncClient(base_url=convoke.url) as http:
        assert (await http.get(path)).status_code == 200
    await convoke.stop()

    secrets = [convoke.token, convoke.token.partition(":")[2], "a-secret-of-the-tests", path.split("/")[-1]]
    about_her = ["Zephyrina", "zephyrina_of_ghent", "0470 123456"]
    assert [each for each in [*secrets, *about_her] if each in convoke.log] == []
