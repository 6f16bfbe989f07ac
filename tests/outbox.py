"""The outbox emptied by hand, or by a postman who carries everything to a letterbox that stands for Telegram."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from domain import outbox
from domain.content import Content
from domain.outbox import Outgoing
from domain.outcomes import Outcome, Sent
from domain.sharing import Stale
from domain.takes_place import Moved
from domain.usual import Usual
from jobs.clockwork import Clockwork
from jobs.delivery import Postman
from jobs.messenger import Messenger
from storage import Database, Delivery, Session
from tests.factories import LEADS, NOW, SETTLE, add_delivery, add_people, add_registration, add_webinar, row

USUAL = Usual(LEADS, "Europe/Brussels")
WORKER = "worker"
ALERT_AFTER = timedelta(days=1)

_message_ids = count(1)


async def begin(database: Database, delivery_id: int, now: datetime, worker: str = WORKER) -> Outgoing | None:
    return await database.write(outbox.begin, delivery_id, worker, USUAL, now=now)


def six_registered(session: Session) -> None:
    """People 1 to 6, all registered for one webinar."""
    person_ids = add_people(session, 6)
    webinar_id = add_webinar(session)
    for person_id in person_ids:
        add_registration(session, webinar_id, person_id)


def add_many(session: Session, number: int) -> None:
    for place in range(number):
        add_delivery(session, place % 6 + 1, 1, dedup_key=str(place))


async def add(database: Database, person_id: int = 1, **changes: Any) -> int:
    return await database.write(add_delivery, person_id, 1, **changes)


async def claim(database: Database, worker: str = WORKER, *, limit: int = 30, now: datetime = NOW) -> list[int]:
    return await database.write(outbox.claim, worker, limit=limit, now=now)


async def settle(
    database: Database, delivery_id: int, outcome: Outcome, worker: str = WORKER, *, now: datetime = NOW
) -> None:
    await database.write(outbox.settle, delivery_id, worker, outcome, now=now)


async def reap(database: Database, now: datetime) -> int:
    return await database.write(outbox.reap, limit=100, now=now)


async def look(database: Database, delivery_id: int) -> Delivery:
    return await database.read(row, Delivery, delivery_id)


async def on_its_way(database: Database, **changes: Any) -> int:
    delivery_id = await add(database, **changes)
    assert await claim(database) == [delivery_id]
    assert await begin(database, delivery_id, NOW) is not None
    return delivery_id


async def send_all(database: Database, now: datetime) -> list[Outgoing]:
    """Claim, begin and settle everything that is due; returns what left."""
    left = []
    for delivery_id in await claim(database, limit=1_000, now=now):
        outgoing = await begin(database, delivery_id, now)
        if outgoing is not None:
            await settle(database, outgoing.delivery_id, Sent(next(_message_ids)), now=now)
            left.append(outgoing)
    return left


async def sendings(database: Database, now: datetime) -> list[tuple[str, int, datetime | None]]:
    """What leaves, to which Telegram id, and the start it was moved from if it was."""
    return sorted(
        (_kind(outgoing.content), outgoing.chat_id, _old_start(outgoing.content))
        for outgoing in await send_all(database, now)
    )


def _kind(content: Content) -> str:
    return type(content).__name__.lower()


def _old_start(content: Content) -> datetime | None:
    return content.old_start if isinstance(content, Moved) else None


class Letterbox:
    """Takes every message and answers as the test says."""

    def __init__(self, answer: Callable[[int], Outcome] = Sent) -> None:
        self.received: list[tuple[int, str]] = []
        """To which Telegram id, and of what kind."""
        self._answer = answer
        self._arrived = asyncio.Condition()

    @property
    def chats(self) -> list[int]:
        return [chat_id for chat_id, _ in self.received]

    async def send(self, chat_id: int, language: str, content: Content) -> Outcome:
        async with self._arrived:
            self.received.append((chat_id, _kind(content)))
            self._arrived.notify_all()
        return self._answer(chat_id)

    async def refresh(self, shared: Stale) -> Outcome:
        return self._answer(0)

    async def holds(self, number: int) -> None:
        """Wait for the n-th message."""
        async with asyncio.timeout(20), self._arrived:
            await self._arrived.wait_for(lambda: len(self.received) >= number)


class Gate(Letterbox):
    """Keeps every message in the air until it is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = asyncio.Event()

    async def send(self, chat_id: int, language: str, content: Content) -> Outcome:
        outcome = await super().send(chat_id, language, content)
        await self.opened.wait()
        return outcome


def postman(
    database: Database, letterbox: Letterbox, *, workers: int = 4, per_second: int = 100_000, now: datetime = NOW
) -> Postman:
    """His clock stands still, so what is reserved can be foretold; the waits add up, hence the many per second."""
    return Postman(database, letterbox, USUAL, messages_per_second=per_second, workers=workers, now=lambda: now)


def clockwork(database: Database, messenger: Messenger, lane: Postman, now: Callable[[], datetime]) -> Clockwork:
    return Clockwork(
        database,
        messenger,
        lane,
        USUAL,
        settle=SETTLE,
        forget_after_months=24,
        alert_after=ALERT_AFTER,
        now=now,
    )
