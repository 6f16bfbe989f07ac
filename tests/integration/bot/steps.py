"""Steps that many stories take: a first registration, the clock's work, what the outbox sends."""

import asyncio
from datetime import datetime

from bot.doors import Redirect
from bot.messenger import TelegramMessenger
from domain import changes, handing_out, outbox, planning, reminding
from jobs.clockwork import Clockwork
from jobs.delivery import Postman
from sandbox.client import Shown
from storage import DeliveryState, Person, Session, deliveries
from tests.factories import INTERVAL, LEADS, SETTLE, rows, wall
from tests.integration.bot.stage import BOT, MARTA, ORGANISER, PUBLIC_URL, SECRET, Stage
from tests.outbox import USUAL
from tests.outbox import clockwork as clockwork_of

_IN_FLIGHT = (DeliveryState.CLAIMED, DeliveryState.SENDING)


async def tap(stage: Stage, user: int, button: str, message: Shown) -> Shown:
    """Press a button, or one that is not there, by its data. Returns the message when the bot has edited it."""
    await stage.telegram.mark()
    pressing = stage.telegram.press if button in message.labels else stage.telegram.forge
    assert (await pressing(user, message.message_id, button)).answered
    await stage.telegram.wait_for("editMessageText", chat=user)
    return await stage.message(user, message.message_id)


async def register(stage: Stage, user: int, code: str) -> Shown:
    """Somebody's first registration ever. Returns what they are offered after it."""
    await stage.start(user, f"w_{code}")
    return await stage.press_for_answer(user, f"r:{code}")


async def sent(stage: Stage, user: int) -> list[Shown]:
    """What the bot wrote to this person so far, as it reads now."""
    return [shown for shown in await stage.telegram.chat(user) if shown.sender == BOT]


async def move(stage: Stage, code: str, hour: int, day: int = 20) -> None:
    organiser = await stage.person_id(ORGANISER)
    local = wall(2027, 1, day, hour)
    await stage.database.write(
        changes.move, code, organiser, local, "Europe/Brussels", settle=SETTLE, now=stage.clock()
    )


async def restore(stage: Stage, code: str) -> None:
    await stage.database.write(
        changes.restore, code, await stage.person_id(ORGANISER), settle=SETTLE, now=stage.clock()
    )


def texts(told: dict[int, list[Shown]]) -> dict[int, list[str]]:
    return {user: [shown.text for shown in each] for user, each in told.items()}


async def stored(stage: Stage) -> dict[int | None, bool]:
    """Whom the bot knows, and whether it believes that it can write to them. The organiser was named to it."""
    people = await stage.database.read(rows, Person)
    return {person.telegram_id: person.reachable for person in people if person.telegram_id != MARTA}


async def at(stage: Stage, moment: datetime) -> dict[int, list[Shown]]:
    """Let it be this time. Returns what each chat was sent."""
    stage.clock.moment = moment
    await stage.telegram.mark()
    while await stage.database.write(planning.expand_notice, now=moment):
        continue
    await stage.database.write(reminding.plan_reminders, LEADS, interval=INTERVAL, now=moment)
    await stage.database.write(handing_out.plan, settle=SETTLE, now=moment)
    await _empty_outbox(stage)
    told: dict[int, list[Shown]] = {}
    for call in await stage.telegram.calls("sendMessage"):
        assert call.chat_id
        if call.ok:
            told.setdefault(call.chat_id, []).append(await stage.message(call.chat_id, call.message_id))
    return told


def messenger(stage: Stage) -> TelegramMessenger:
    return TelegramMessenger(stage.application.bot, stage.clock, Redirect(PUBLIC_URL, SECRET))


def postman(stage: Stage) -> Postman:
    return Postman(stage.database, messenger(stage), USUAL, messages_per_second=100_000, workers=4, now=stage.clock)


def clockwork(stage: Stage) -> Clockwork:
    return clockwork_of(stage.database, messenger(stage), postman(stage), stage.clock)


async def _empty_outbox(stage: Stage) -> None:
    lane = postman(stage)
    run = asyncio.create_task(lane.run())
    async with asyncio.timeout(20):
        while await stage.database.read(_at_work, now=stage.clock()):
            lane.wake()
    lane.stop()
    await run


def _at_work(session: Session, *, now: datetime) -> bool:
    """Looks at what waits before it looks at what is under way: rows go from the one to the other meanwhile."""
    if outbox.ready(session, now=now):
        return True
    count = deliveries.count_by_state(session)
    return any(state in count for state in _IN_FLIGHT)
