"""What waits for what on PostgreSQL. SQLite has one writer, so nothing can cross there."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from domain import changes
from domain.details import Detail
from storage import (
    Database,
    Notice,
    NoticeKind,
    Registration,
    RegistrationStatus,
    Session,
    notices,
    people,
    registrations,
    webinars,
)
from tests.factories import NOW, SETTLE, add_consortium, add_delivery, add_people, add_role, add_webinar


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


def announce(session: Session) -> None:
    add_consortium(session)
    add_role(session, 1)
    for kind in (NoticeKind.MOVED, NoticeKind.CHANGED):
        notice = Notice(webinar_id=1, kind=kind, first_sequence=0, last_sequence=0, notify_at=NOW, created_at=NOW)
        notices.save(session, notice)


async def test_a_change_and_the_tick_that_tells_of_others_do_not_wait_for_each_other(house: Database) -> None:
    """The change comes when the tick has taken the first notice and not yet the second."""
    await house.write(announce)
    begun, go_on = threading.Event(), threading.Event()

    def tick(session: Session) -> list[int]:
        session.get(Notice, 1, with_for_update=True)
        begun.set()
        assert go_on.wait(10)
        return [notice.id for notice in notices.lock_due(session, NOW)]

    ticking = asyncio.create_task(house.write(tick))
    assert await asyncio.to_thread(begun.wait, 10)
    title, earlier = {Detail.TITLE: "Smarter packaging"}, NOW - timedelta(seconds=1)
    change = house.write(changes.edit, "w", 1, title, tell=True, settle=SETTLE, now=earlier)
    changing = asyncio.create_task(change)
    await asyncio.sleep(0.3)
    go_on.set()

    assert await ticking == [1, 2]
    assert (await changing).title == "Smarter packaging"
