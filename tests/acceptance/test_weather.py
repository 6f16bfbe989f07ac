"""A broadcast in bad weather: whoever can be reached is told, and only what nobody can know is risked twice."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sandbox.client import Called, Telegram
from storage import Database, Delivery, DeliveryState, Person
from tests.acceptance.conftest import on_both_databases
from tests.acceptance.crashing import FIRST, Storm, Worker, all_settled, prepare
from tests.acceptance.process import cleared
from tests.factories import rows

PEOPLE = 100
CALM = Storm(recipients=PEOPLE, kills=0, messages_per_second=200, processes=1, lease=timedelta(minutes=1), seed=0)
WEATHER = (
    {"share": 0.05, "code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 1}},
    {"share": 0.05, "code": 502, "description": "Bad Gateway"},
    {"share": 0.05, "drop": True, "when": "after"},
    {"share": 0.02, "code": 403, "description": "Forbidden: bot was blocked by the user"},
)


@on_both_databases
async def test_all_others_are_told_once(telegram: Telegram, tmp_path: Path, database_url: str) -> None:
    await telegram.bot(Worker.token)
    await telegram.people(FIRST, PEOPLE, started=True)
    database = Database(database_url)
    await database.write(prepare, PEOPLE, datetime.now(UTC))
    for number, fault in enumerate(WEATHER):
        await telegram.fault(method="sendMessage", seed=number, **fault)

    async with cleared(Worker(folder=tmp_path, api_url=telegram.url, storage_url=database_url, storm=CALM)) as worker:
        await worker.start()
        await all_settled(database, PEOPLE)
        await telegram.fair()
        assert await worker.stop() == 0

    calls = await all_calls(telegram)
    people = {person.id: person.telegram_id for person in await database.read(rows, Person)}
    states = {people[row.person_id]: row.state for row in await database.read(rows, Delivery)}
    await database.close()
    assert states.keys() == set(range(FIRST, FIRST + PEOPLE))
    assert {chat: foretold(calls[chat]) for chat in states} == states
    assert {chat: received(calls[chat]) for chat in states} == {chat: owed(calls[chat]) for chat in states}


async def all_calls(telegram: Telegram) -> dict[int, list[Called]]:
    """What was tried for each, in order."""
    found: dict[int, list[Called]] = defaultdict(list)
    since = 0
    while part := await telegram.calls("sendMessage", since=since):
        since = part[-1].seq
        for call in part:
            found[call.chat_id or 0].append(call)
    return found


def foretold(calls: list[Called]) -> DeliveryState:
    """How it must have ended, by how Telegram answered last: after three doubtful answers nobody tries any more."""
    last = calls[-1]
    if last.error_code == 403:
        return DeliveryState.UNREACHABLE
    return DeliveryState.SENT if is_answered_well(last) else DeliveryState.UNKNOWN


def received(calls: list[Called]) -> int:
    return sum(is_taken(call) for call in calls)


def owed(calls: list[Called]) -> int:
    """Those taken whose answer was lost, which nobody here could know, and at the end the one that was answered."""
    lost = sum(is_taken(call) and not is_answered_well(call) for call in calls)
    return lost + is_answered_well(calls[-1])


def is_taken(call: Called) -> bool:
    return call.ok or bool(call.raw.get("accepted"))


def is_answered_well(call: Called) -> bool:
    return call.ok and not call.raw.get("fault")
