"""What the demo shows beside the chat, from a real database."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from convoke.panel import Outlook
from domain import outbox, planning
from domain.outcomes import Sent
from sandbox.panel import Table
from storage import Database, DeliveryKind, DeliveryState, Notice, NoticeKind, Session, moments, notices
from tests.factories import LEADS, NOW, START, add_delivery, add_people, add_registration, add_webinar
from tests.outbox import USUAL, WORKER, Letterbox, clockwork, postman

HOUR = timedelta(hours=1)
COMING = "Not in the outbox yet: reminders"
NEWS = "Not in the outbox yet: news and changes"
WAITING = "Outbox: next messages"
EVER = "Outbox: all there ever was"


def prepare(session: Session) -> None:
    """Two people registered, one of them waiting for a message, and a webinar that nobody chose but is news."""
    add_people(session, 2)
    webinar_id = add_webinar(session)
    for person_id in (1, 2):
        add_registration(session, webinar_id, person_id)
    add_delivery(session, 1, webinar_id)
    add_delivery(session, 2, webinar_id, due_at=NOW + HOUR, dedup_key="later", kind=DeliveryKind.SEAT_WON)
    news = add_webinar(session, code="news", title="Cold chain", starts_at=START + HOUR)
    notices.save(session, notice(news))


def notice(webinar_id: int) -> Notice:
    return Notice(
        webinar_id=webinar_id,
        kind=NoticeKind.ANNOUNCED,
        first_sequence=0,
        last_sequence=0,
        notify_at=NOW + timedelta(minutes=2),
        created_at=NOW,
    )


async def look(database: Database, now: datetime = NOW) -> dict[str, tuple[tuple[object, ...], ...]]:
    tables: Sequence[Table] = await Outlook(database, LEADS).tables(now)
    assert all(table.empty for table in tables)
    assert [len(row) == len(table.columns) for table in tables for row in table.rows].count(False) == 0
    return {table.title: table.rows for table in tables}


async def test_an_empty_database(database: Database) -> None:
    shown = await look(database)

    assert shown == {WAITING: (), COMING: (), NEWS: (), EVER: (), "Next ticks": ()}


async def test_what_waits_what_comes_and_what_was(database: Database) -> None:
    await database.write(prepare)

    shown = await look(database)

    assert shown[WAITING] == (
        (NOW, "restored", "Person 1", "Smart packaging"),
        (NOW + HOUR, "seat won", "Person 2", "Smart packaging"),
    )
    assert shown[COMING] == tuple((START - lead, 2, "Smart packaging") for lead in LEADS)
    assert shown[NEWS] == ((NOW + timedelta(minutes=2), "announced", "Cold chain"),)
    assert shown[EVER] == (("restored", "pending", 1), ("seat won", "pending", 1))


async def test_it_follows_what_happens(database: Database) -> None:
    await database.write(prepare)
    [claimed] = await database.write(outbox.claim, WORKER, limit=1, now=NOW)
    assert (await look(database))[WAITING][0][1] == "restored, claimed"

    await database.write(outbox.begin, claimed, WORKER, USUAL, now=NOW)
    await database.write(outbox.settle, claimed, WORKER, Sent(1), now=NOW)
    await database.write(planning.expand_notice, now=NOW + HOUR)
    shown = await look(database, START - HOUR)

    assert shown[WAITING] == ((NOW + HOUR, "seat won", "Person 2", "Smart packaging"),)
    assert shown[NEWS] == ()
    assert shown[COMING] == ((START - timedelta(minutes=10), 2, "Smart packaging"),)
    assert shown[EVER] == (("restored", "sent", 1), ("seat won", "pending", 1))


async def test_ticks_are_shown_by_the_clock_of_the_demo(database: Database) -> None:
    letterbox = Letterbox()
    clock = clockwork(database, letterbox, postman(database, letterbox), lambda: NOW)
    outlook = Outlook(database, LEADS)
    outlook.hurry()
    outlook.watch(clock)
    clock.start()
    try:
        outlook.hurry()
        *_, ticks = await outlook.tables(NOW)
    finally:
        clock.stop()
    shown = {name: due_at for due_at, name in ticks.rows}
    assert isinstance(shown["part with absent"], datetime)
    assert timedelta(0) <= shown["part with absent"] - NOW <= timedelta(hours=6)


async def test_the_newest_moment_that_was_written_down(database: Database) -> None:
    assert await database.read(moments.newest) is None
    await database.write(prepare)
    assert await database.read(moments.newest) == NOW

    await database.write(
        lambda session: add_delivery(session, 1, 1, dedup_key="sent", state=DeliveryState.SENT, settled_at=START + HOUR)
    )

    assert await database.read(moments.newest) == START + HOUR
