"""A clock that is pushed: what would have come meanwhile comes at once, not at the next tick."""

import asyncio
from datetime import UTC, datetime, timedelta

from storage import Database, Delivery, Session
from tests.factories import NOW, START, add_delivery, add_people, add_registration, add_webinar, rows
from tests.outbox import Letterbox, clockwork, postman


def _prepare(session: Session) -> None:
    """Three people registered, and one message that is due."""
    person_ids = add_people(session, 3)
    webinar_id = add_webinar(session)
    for person_id in person_ids:
        add_registration(session, webinar_id, person_id)
    add_delivery(session, 1, webinar_id)


async def test_a_push_brings_the_reminders(database: Database) -> None:
    await database.write(_prepare)
    an_hour_before = START - timedelta(hours=1)
    time = [NOW]
    letterbox = Letterbox()
    lane = postman(database, letterbox, now=an_hour_before)
    clock = clockwork(database, letterbox, lane, lambda: time[0])
    run = asyncio.create_task(lane.run())
    assert clock.next_ticks() == []
    clock.hurry()  # before it runs there is nothing to hurry
    clock.start()
    names = [tick.name for tick in clock.next_ticks()]
    try:
        await letterbox.holds(1)  # every tick has looked
        soon = {tick.name: tick.due_at - datetime.now(UTC) for tick in clock.next_ticks()}
        time[0] = an_hour_before
        clock.hurry()
        clock.hurry()
        async with asyncio.timeout(10):  # the next tick would plan them after twenty seconds
            await letterbox.holds(4)
    finally:
        clock.stop()
        lane.stop()
        await asyncio.wait_for(run, 20)

    assert sorted(names) == [
        "ask for lessons",
        "dispatch",
        "expand notices",
        "look after library",
        "look back",
        "part with absent",
        "plan",
        "prune",
        "raise alarm",
        "reap",
        "refresh shared",
    ]
    assert soon["expand notices"] <= timedelta(seconds=5)
    assert soon["reap"] <= timedelta(seconds=15)
    assert sorted(letterbox.received) == [(1, "reminder"), (1, "restored"), (2, "reminder"), (3, "reminder")]
    assert len(await database.read(rows, Delivery)) == 4
