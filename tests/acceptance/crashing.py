"""A broadcast by processes that are killed again and again, and what became of every message."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from sandbox.client import Called, Telegram
from storage import (
    Database,
    Delivery,
    DeliveryState,
    Person,
    Registration,
    RegistrationStatus,
    Session,
    deliveries,
    webinars,
)
from tests.acceptance.process import Convoke, cleared
from tests.factories import rows, webinar

FIRST = 1_000
_OPEN = {DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.SENDING}
LEAD = timedelta(hours=1)
_LOOK_AGAIN_S = 0.2
_PATIENCE_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Storm:
    """How many are told, how fast, by how many processes, and how often one of them is killed."""

    recipients: int
    kills: int
    messages_per_second: int
    processes: int
    lease: timedelta
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """What the local Telegram took, against what the outbox says.

    `in_flight` is how many rows a killed process had begun and not settled, over all kills; `doubtful` how many were
    begun more than once for that; `unexplained` are the people who got more messages than attempts were written down,
    or none.
    """

    told: int
    duplicates: int
    lost: int
    in_flight: int
    doubtful: int
    unexplained: tuple[int, ...]
    states: dict[DeliveryState, int]


@dataclass(kw_only=True)
class Worker(Convoke):
    """A process that only sends."""

    storm: Storm
    roles: Sequence[str] = ("jobs",)
    leads: Sequence[timedelta] = (LEAD,)

    def configure(self) -> Path:
        file = super().configure()
        with file.open("a") as text:
            text.write(f"\n[delivery]\nmessages_per_second = {self.storm.messages_per_second}\n")
        return file

    def __post_init__(self) -> None:
        self.lease = self.storm.lease


@dataclass(kw_only=True)
class _Account:
    """`taken` are the messages that the local Telegram has taken so far, read a part at a time."""

    telegram: Telegram
    in_flight: int = 0
    known: set[tuple[int, int]] = field(default_factory=set)
    taken: list[Called] = field(default_factory=list)

    async def wait_for(self, count: int) -> None:
        async with asyncio.timeout(_PATIENCE_S):
            while len(self.taken) < count:
                await self.read(wait=_PATIENCE_S)

    async def read(self, *, wait: float = 0) -> bool:
        since = self.taken[-1].seq if self.taken else 0
        found = await self.telegram.calls("sendMessage", since=since, wait=wait)
        self.taken += found
        return bool(found)


async def broadcast(storm: Storm, folder: Path, storage_url: str, telegram: Telegram) -> Toll:
    """Let everybody be reminded while workers are killed in turn, then start them once more and count."""
    await telegram.bot(Worker.token)
    await telegram.people(FIRST, storm.recipients, started=True)
    database = Database(storage_url)
    account = _Account(telegram=telegram)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        await database.write(prepare, storm.recipients, datetime.now(UTC))
        workers = []
        for number in range(storm.processes):
            home = folder / f"worker-{number}"
            home.mkdir()
            worker = Worker(folder=home, api_url=telegram.url, storage_url=storage_url, storm=storm)
            workers.append(await stack.enter_async_context(cleared(worker)))
            await worker.start()
        await _kill_again_and_again(storm, workers, database, account)
        await all_settled(database, storm.recipients)
        for worker in workers:
            assert await worker.stop() == 0
        return await _toll(database, account)


def prepare(session: Session, count: int, now: datetime) -> None:
    """A webinar whose reminder is due now, for which everybody registered the day before."""
    yesterday = now - timedelta(days=1)
    people = [
        Person(telegram_id=FIRST + number, name=f"Company {number}", created_at=yesterday, seen_at=now)
        for number in range(count)
    ]
    row = webinar(code="crash", starts_at=now.replace(microsecond=0) + LEAD, created_at=yesterday)
    webinars.add(session, row, (), ())
    session.add_all(people)
    session.flush()
    session.add_all(
        Registration(
            webinar_id=row.id,
            person_id=person.id,
            status=RegistrationStatus.REGISTERED,
            queue_number=person.id,
            created_at=yesterday,
            changed_at=yesterday,
        )
        for person in people
    )
    session.flush()


async def _kill_again_and_again(storm: Storm, workers: Sequence[Worker], database: Database, account: _Account) -> None:
    """Each kill comes somewhere within its share of the messages, at a moment that nobody chose."""
    random, share = Random(storm.seed), storm.recipients // (storm.kills + 1)  # noqa: S311 -- to be repeatable
    for number in range(storm.kills):
        await account.wait_for(number * share + random.randint(1, share))
        await asyncio.sleep(random.random() / storm.messages_per_second)
        worker = workers[number % len(workers)]
        await worker.kill()
        before = await database.read(_sending)
        account.in_flight += len(before - account.known)
        account.known |= before
        await worker.start()


def _sending(session: Session) -> set[tuple[int, int]]:
    """Rows that have begun to leave, each with the number of the attempt."""
    found = rows(session, Delivery)
    return {(row.id, row.attempts) for row in found if row.state is DeliveryState.SENDING}


async def all_settled(database: Database, messages: int) -> None:
    """Wait until so many messages have been planned and none of them is open."""
    async with asyncio.timeout(10 * _PATIENCE_S):
        while await database.read(_settled) < messages:  # noqa: ASYNC110 -- another process's work
            await asyncio.sleep(_LOOK_AGAIN_S)


def _settled(session: Session) -> int:
    found = deliveries.count_by_state(session)
    return sum(number for state, number in found.items() if state not in _OPEN)


async def _toll(database: Database, account: _Account) -> Toll:
    outbox = await database.read(rows, Delivery)
    chats = {person.id: person.telegram_id for person in await database.read(rows, Person)}
    while await account.read():
        continue
    taken = Counter(call.chat_id for call in account.taken if call.ok)
    attempts = {chats[row.person_id]: row.attempts for row in outbox}
    return Toll(
        told=sum(taken[chat] > 0 for chat in attempts),
        duplicates=sum(number - 1 for number in taken.values()),
        lost=sum(taken[chat] == 0 for chat in attempts),
        in_flight=account.in_flight,
        doubtful=sum(number > 1 for number in attempts.values()),
        unexplained=tuple(chat or 0 for chat, number in attempts.items() if not 0 < taken[chat] <= number),
        states=Counter(row.state for row in outbox),
    )
