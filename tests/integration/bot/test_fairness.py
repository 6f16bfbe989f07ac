"""A broadcast, and somebody who writes meanwhile: nobody waits for its end, and Telegram refuses nothing."""

import asyncio

from jobs.delivery import Postman
from storage import Session
from tests.factories import NOW, add_delivery, add_registration, add_webinar, person
from tests.integration.bot.stage import ANA, Stage
from tests.integration.bot.test_messenger import messenger
from tests.outbox import USUAL

CROWD = range(1_001, 1_061)
ALLOWED_PER_SECOND, OUR_PACE = 30, 25


def _prepare(session: Session) -> None:
    webinar_id = add_webinar(session, code="pack1234")
    people = [person(telegram_id) for telegram_id in CROWD]
    session.add_all(people)
    session.flush()
    for each in people:
        add_registration(session, webinar_id, each.id)
        add_delivery(session, each.id, webinar_id)


async def test_who_writes_during_a_broadcast_is_answered_within_it_and_nothing_is_refused(stage: Stage) -> None:
    """At four replies a second, by a Telegram that takes thirty messages a second."""
    await stage.telegram.people(CROWD[0], len(CROWD), started=True)
    await stage.database.write(_prepare)
    await stage.telegram.rate(per_second=ALLOWED_PER_SECOND)
    lane = Postman(stage.database, messenger(stage), USUAL, messages_per_second=OUR_PACE, workers=8, now=lambda: NOW)
    since = await stage.telegram.mark()
    run = asyncio.create_task(lane.run())
    lane.wake()
    for number in range(1, 7):
        await stage.telegram.wait_for("sendMessage", since=since, count=number * len(CROWD) // 8)
        await stage.start(ANA)
    await stage.telegram.wait_for("sendMessage", since=since, count=len(CROWD) + 6)
    lane.stop()
    await asyncio.wait_for(run, 20)

    sent = [call.chat_id for call in await stage.telegram.calls("sendMessage", since=since)]
    replies = [place for place, chat_id in enumerate(sent) if chat_id == ANA]
    assert len(replies) == 6
    assert replies[-1] < len(sent) - 1, "before the broadcast was through"
    assert sorted(set(sent) - {ANA}) == [*CROWD]
    assert await stage.refusals() == ()
