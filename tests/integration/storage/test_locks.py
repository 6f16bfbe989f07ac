"""What waits for what on PostgreSQL. SQLite has one writer, so nothing can cross there."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from storage import Database, Registration, RegistrationStatus, Session, people, registrations, webinars
from tests.factories import NOW, add_delivery, add_people, add_webinar


def prepare(session: Session) -> None:
    add_people(session, 2)
    add_webinar(session)


@pytest.fixture
async def house(postgres_url: str) -> AsyncIterator[Database]:
    database = Database(postgres_url)
    try:
        await database.write(prepare)
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def held(database: Database, lock: Callable[..., Any], *args: object) -> AsyncIterator[None]:
    """Another transaction holds the lock as long as the block lasts."""
    locked, let_go = threading.Event(), threading.Event()

    def hold(session: Session) -> None:
        lock(session, *args)
        locked.set()
        assert let_go.wait(10)

    holder = asyncio.create_task(database.write(hold))
    assert await asyncio.to_thread(locked.wait, 10)
    try:
        yield
    finally:
        let_go.set()
        await holder


def register(session: Session) -> None:
    row = Registration(
        webinar_id=1, person_id=1, status=RegistrationStatus.REGISTERED, queue_number=1, created_at=NOW, changed_at=NOW
    )
    registrations.save(session, row)


@pytest.mark.parametrize(
    ("lock", "subject"),
    [pytest.param(webinars.lock, "w", id="webinar"), pytest.param(people.lock, 1, id="person")],
)
async def test_rows_that_only_point_to_what_is_held_need_not_wait(
    house: Database, lock: Callable[..., Any], subject: object
) -> None:
    """Else a tick that holds a notice and plans messages, and a change that holds the webinar, would wait for ever."""
    async with held(house, lock, subject), asyncio.timeout(10):
        await house.write(add_delivery, 1, 1)
        await house.write(register)


@pytest.mark.parametrize(
    ("lock", "subject"),
    [pytest.param(webinars.lock, "w", id="webinar"), pytest.param(people.lock, 1, id="person")],
)
async def test_what_is_held_is_held_against_others(house: Database, lock: Callable[..., Any], subject: object) -> None:
    order = []

    async def second() -> None:
        await house.write(lock, subject)
        order.append("second")

    async with held(house, lock, subject):
        waiting = asyncio.create_task(second())
        await house.write(add_delivery, 2, 1)
        order.append("first")
    await waiting

    assert order == ["first", "second"]
