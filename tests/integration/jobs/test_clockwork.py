"""The real clock on a real database: ticks find what is due, and nothing that matters lives in them."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta

import pytest

from domain import changes, outbox, people
from domain.library import files, upkeep, writing
from domain.library.parts import Part
from domain.outcomes import Outcome, Postponed
from domain.reading.vcards import BusinessCard
from domain.sharing import Stale
from jobs.clockwork import Clockwork
from jobs.delivery import Postman
from storage import Database, Delivery, DeliveryState, EntryKind, Notice, Session, SharedCard, StoredFile
from storage.tables import SeenUpdate
from tests import library
from tests.factories import (
    LEADS,
    NOW,
    SETTLE,
    START,
    add_consortium,
    add_delivery,
    add_people,
    add_registration,
    add_role,
    add_webinar,
    rows,
)
from tests.outbox import Letterbox, clockwork, postman

HOUR = timedelta(hours=1)
ADMIN = 1


def prepare(session: Session) -> None:
    """Three people registered for one webinar; the first may change it."""
    add_consortium(session)
    add_people(session, 3)
    add_role(session, ADMIN)
    webinar_id = add_webinar(session, hosts=["alpha"])
    for person_id in (1, 2, 3):
        add_registration(session, webinar_id, person_id)


@asynccontextmanager
async def running(database: Database, letterbox: Letterbox, now: datetime) -> AsyncIterator[None]:
    """One process's clock and lane, for as long as the block lasts."""
    lane = postman(database, letterbox, now=now)
    clock = clock_at(database, letterbox, lane, now)
    run = asyncio.create_task(lane.run())
    clock.start()
    try:
        yield
    finally:
        clock.stop()
        lane.stop()
        await asyncio.wait_for(run, 20)


def clock_at(database: Database, letterbox: Letterbox, lane: Postman, now: datetime) -> Clockwork:
    return clockwork(database, letterbox, lane, lambda: now)


async def test_a_reminder_is_planned_and_sent(database: Database) -> None:
    await database.write(prepare)
    letterbox = Letterbox()

    async with running(database, letterbox, START - HOUR):
        await letterbox.holds(3)

    assert sorted(letterbox.received) == [(1, "reminder"), (2, "reminder"), (3, "reminder")]
    assert {row.state for row in await database.read(rows, Delivery)} == {DeliveryState.SENT}


async def test_all_notices_that_are_due_are_expanded_and_sent(database: Database) -> None:
    def cancel(session: Session) -> None:
        for code in ("x", "y"):
            add_registration(session, add_webinar(session, code=code, hosts=["alpha"]), 2)
            changes.cancel(session, code, ADMIN, settle=SETTLE, now=NOW)

    await database.write(prepare)
    await database.write(cancel)
    letterbox = Letterbox()

    async with running(database, letterbox, NOW + SETTLE):
        await letterbox.holds(2)

    assert letterbox.received == [(2, "cancelled")] * 2
    assert {row.expanded_at for row in await database.read(rows, Notice)} == {NOW + SETTLE}


async def test_what_a_dead_worker_held_is_taken_up(database: Database) -> None:
    await database.write(prepare)
    for person_id in (1, 2, 3):
        await database.write(add_delivery, person_id, 1)
    await database.write(outbox.claim, "dead", limit=2, now=NOW)
    letterbox = Letterbox()

    async with running(database, letterbox, NOW + HOUR):
        await letterbox.holds(3)

    assert sorted(chat_id for chat_id, _ in letterbox.received) == [1, 2, 3]


async def test_updates_of_long_ago_are_forgotten(database: Database) -> None:
    visitor = people.Visitor(7, "Ana")
    await database.write(people.arrive, visitor, language="en", bot_id=1, update_id=1, now=NOW)

    async with running(database, Letterbox(), NOW + 72 * HOUR), asyncio.timeout(20):
        while await database.read(rows, SeenUpdate, "update_id"):
            pass  # each look is a transaction in another thread, so the clock gets its turn


async def test_contacts_are_asked_about_and_files_of_retired_entries_deleted(database: Database) -> None:
    """A year and a day after they were shared."""

    def share(session: Session) -> None:
        library.prepare(session)
        card = BusinessCard(name="Li Wei", email="li@example.org")
        code = library.begin(session, "Li Wei", kind=EntryKind.CONTACT, text="", card=card)
        writing.ask(session, code, library.OWN, Part.AGREED, now=NOW)
        writing.fill(session, library.OWN, "today", now=NOW)
        writing.share(session, code, library.OWN, now=NOW)
        form = files.examine("form.pdf", b"%PDF", bot_id="7", file_id=None)
        upkeep.retire(session, library.put_out(session, file=form), library.OWN, now=NOW)

    await database.write(share)
    letterbox = Letterbox()

    async with running(database, letterbox, NOW + 366 * 24 * HOUR), asyncio.timeout(20):
        await letterbox.holds(1)
        while await database.read(rows, StoredFile, "stored_at"):
            pass  # as above

    assert letterbox.received == [(library.OWN, "contactasked")]


class AskedToWait(Letterbox):
    def __init__(self) -> None:
        super().__init__()
        self.refreshed: list[str] = []

    async def refresh(self, shared: Stale) -> Outcome:
        self.refreshed.append(shared.inline_message_id)
        return Postponed(HOUR)


def share_cards(session: Session) -> None:
    prepare(session)
    for name in ("one", "two"):
        values = {"webinar_id": 1, "language": "en", "shown": "old", "created_at": NOW, "checked_at": NOW}
        session.add(SharedCard(inline_message_id=name, **values))


async def test_a_pause_that_a_shared_card_is_asked_for_holds_for_everything(database: Database) -> None:
    """It is not in the outbox, but it goes to the same Telegram."""
    await database.write(share_cards)
    letterbox = AskedToWait()

    async with running(database, letterbox, NOW), asyncio.timeout(20):
        while not await database.read(outbox.must_wait, now=NOW):
            pass  # as above

    assert len(letterbox.refreshed) == 1


async def test_shared_cards_wait_with_everything_else(database: Database) -> None:
    await database.write(share_cards)
    await database.write(outbox.wait, HOUR, now=NOW)
    visitor = people.Visitor(7, "Ana")
    await database.write(people.arrive, visitor, language="en", bot_id=1, update_id=1, now=NOW - 72 * HOUR)
    letterbox = AskedToWait()

    async with running(database, letterbox, NOW), asyncio.timeout(20):
        while await database.read(rows, SeenUpdate, "update_id"):
            pass  # as above

    assert letterbox.refreshed == []


async def test_two_processes_remind_each_person_once(database: Database, database_url: str) -> None:
    await database.write(prepare)
    other, letterbox = Database(database_url), Letterbox()
    try:
        async with AsyncExitStack() as stack:
            for process in (database, other):
                await stack.enter_async_context(running(process, letterbox, START - HOUR))
            await letterbox.holds(3)
    finally:
        await other.close()

    assert sorted(letterbox.received) == [(1, "reminder"), (2, "reminder"), (3, "reminder")]


async def test_everything_goes_on_after_a_restart(database: Database) -> None:
    await database.write(prepare)
    letterbox = Letterbox()

    for number, lead in enumerate(LEADS, start=1):
        async with running(database, letterbox, START - lead):
            await letterbox.holds(3 * number)

    assert sorted(letterbox.received) == sorted([(person_id, "reminder") for person_id in (1, 2, 3)] * 3)


async def test_it_may_be_stopped_twice_and_before_it_has_started(database: Database) -> None:
    letterbox = Letterbox()
    clock = clock_at(database, letterbox, postman(database, letterbox), NOW)

    clock.stop()
    clock.start()
    clock.stop()
    clock.stop()

    assert await database.read(rows, Delivery) == []


async def test_ticks_that_are_stopped_in_the_middle_are_no_error(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    asked, released, letterbox = asyncio.Event(), threading.Event(), Letterbox()

    def now() -> datetime:
        asked.set()
        return NOW

    clock = clockwork(database, letterbox, postman(database, letterbox), now)
    busy = asyncio.create_task(database.write(lambda _: released.wait(20)))
    clock.start()
    await asyncio.wait_for(asked.wait(), 10)
    clock.stop()
    released.set()

    assert await busy
    assert caplog.messages == []
